import { readFileSync } from 'node:fs';
import { type CompiledMemory, engine } from './web-assembly.js';

/** The compiled functions of src/assembly. */
interface Exports {
  readonly firstFreeByte: { readonly value: number };
  shuffle(n: number, size: number, from: number, to: number): void;
  unshuffle(n: number, size: number, from: number, to: number): void;
  fletcher32(n: number, bytes: number): number;
  inflate(length: number, from: number, most: number, to: number): number;
}

type RowEncoder = (n: number, from: number, ...rest: number[]) => number;
type RowDecoder = (bytes: number, from: number, ...rest: number[]) => number;

const pageBytes = 65_536;
const mostBytes = 64 << 20;

function isFunction(value: unknown): value is (...args: number[]) => number {
  return typeof value === 'function';
}

/** The compiled functions with their memory. Whatever is put there is gone with the next call. */
export class Kernels {
  /** The functions by name. */
  readonly calls: Exports;
  readonly #memory: CompiledMemory;
  readonly #named: Readonly<Record<string, unknown>>;
  #bytes: Uint8Array<ArrayBuffer>;

  constructor(module: object) {
    this.#memory = new engine.Memory({ initial: 16 });
    const { exports } = new engine.Instance(module, { env: { memory: this.#memory } });
    this.#named = exports;
    this.calls = exports as unknown as Exports;
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /** Address of the first byte that may be used. */
  get start(): number {
    return this.calls.firstFreeByte.value;
  }

  /** The memory, with at least `bytes` bytes to use; undefined when that is too much. */
  room(bytes: number): Uint8Array<ArrayBuffer> | undefined {
    const missing = this.start + bytes - this.#bytes.byteLength;
    if (bytes > mostBytes) return undefined;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / pageBytes));
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
    return this.#bytes;
  }

  /** The function `name` that encodes or decodes one row, if there is one. */
  row(name: string): RowEncoder | RowDecoder | undefined {
    const found = this.#named[name];
    return isFunction(found) ? found : undefined;
  }
}

let loaded: Kernels | null | undefined;

function load(): Kernels | null {
  try {
    const bytes = new Uint8Array(readFileSync(new URL('../../dist/compiled/lh5.wasm', import.meta.url)));
    return engine.validate(bytes) ? new Kernels(new engine.Module(bytes)) : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/**
 * The compiled functions of this thread, loaded with the first call; undefined where they have not been built or the machine
 * has no SIMD: then their plain definitions do the work.
 */
export function kernels(): Kernels | undefined {
  loaded ??= load();
  return loaded ?? undefined;
}
