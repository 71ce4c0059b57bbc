/**
 * The small part of WebAssembly's own interface that is used here, so that this package needs neither the browser's
 * nor Node's type library.
 */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (descriptor: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

const engine = (globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace }).WebAssembly;
const pageBytes = 65_536;

/** A compiled kernel: sizes and pointers in, status word out (see src/assembly/lanes.ts). */
export type CompiledKernel = (...args: number[]) => number;

/** One instance of the kernels with a memory of its own, which never grows. */
export interface KernelInstance {
  readonly buffer: ArrayBuffer;
  /** First byte that the caller may use. */
  readonly firstFreeByte: number;
  /** The compiled function, for example `pole_zero_f32`, or undefined. */
  kernel(name: string): CompiledKernel | undefined;
}

/** Compiled kernels, from which every chain makes its own instance. Cheap to keep, may be shared by chains. */
export interface KernelModule {
  readonly build: 'simd' | 'scalar';
  /** An instance whose memory holds at least `bytes` beyond what the kernels keep for themselves. */
  instantiate(bytes: number): KernelInstance;
}

/** Compiles the bytes of one of dist/kernels/*.wasm. Runs anywhere WebAssembly does, in any thread. */
export function compileKernels(build: 'simd' | 'scalar', bytes: Uint8Array<ArrayBuffer>): KernelModule {
  const module = new engine.Module(bytes);
  return {
    build,
    instantiate(wanted) {
      const memory = new engine.Memory({ initial: Math.ceil(wanted / pageBytes) + 1 });
      const { exports } = new engine.Instance(module, { env: { memory } });
      const { firstFreeByte } = exports as { readonly firstFreeByte: { readonly value: number } };
      return {
        buffer: memory.buffer,
        firstFreeByte: firstFreeByte.value,
        kernel(name) {
          const found = exports[name];
          return typeof found === 'function' ? (found as CompiledKernel) : undefined;
        },
      };
    },
  };
}

/** True when this machine can run the SIMD build. */
export function canRun(bytes: Uint8Array<ArrayBuffer>): boolean {
  return engine.validate(bytes);
}
