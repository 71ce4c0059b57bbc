/** Memory of a compiled module; its buffer is another one after it has grown. */
export interface CompiledMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of WebAssembly's own interface that is used here: Node's type library does not have it. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (descriptor: { readonly initial: number }) => CompiledMemory;
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** WebAssembly as this process has it. */
export const engine = (globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace }).WebAssembly;
