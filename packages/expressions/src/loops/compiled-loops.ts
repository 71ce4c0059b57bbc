import type { BinaryOperator } from '../ast.js';
import type { Kind, KindArray, Vector } from '../vector.js';
import { comparisons, operatorCodes } from './operator-codes.js';
import { engine, packageFile } from './web-assembly.js';

type Loop = (...args: number[]) => void;
type Views = KindArray;

const tile = 4096;
const slotBytes = 8 * tile;
const sizes: Readonly<Record<Kind, 1 | 4 | 8>> = {
  bool: 1,
  int32: 4,
  int64: 8,
  float32: 4,
  float64: 8,
  complex128: 8,
};

/** Place of the memory for a tile of values of any kind. */
class Slot {
  readonly views: Views;

  constructor(
    buffer: ArrayBuffer,
    readonly address: number,
  ) {
    this.views = {
      bool: new Uint8Array(buffer, address, tile),
      int32: new Int32Array(buffer, address, tile),
      int64: new BigInt64Array(buffer, address, tile),
      float32: new Float32Array(buffer, address, tile),
      float64: new Float64Array(buffer, address, tile),
      // Complex numbers do not come here: their parts are worked out one by one.
      complex128: new Float64Array(buffer, address, tile),
    };
  }

  /** Copies the values of a tile in; returns the bytes from one to the next, 0 for a constant. */
  fill({ kind, data, step }: Vector, start: number, count: number): number {
    const view = this.views[kind] as Float64Array;
    const values = data as Float64Array;
    if (step === 1) view.set(values.subarray(start, start + count));
    else if (start === 0) view[0] = values[0]!;
    return step * sizes[kind];
  }

  /** Copies the values of a tile out. */
  empty<K extends Kind>(kind: K, out: KindArray[K], start: number, count: number): void {
    (out as Float64Array).set((this.views[kind] as Float64Array).subarray(0, count), start);
  }
}

/**
 * The loops of src/assembly over vectors of any length: tiles of 4096 values are copied into their memory, worked out and
 * copied back, so that 64-bit integers never become BigInts.
 */
export class CompiledLoops {
  readonly #loops: Readonly<Record<string, unknown>>;
  readonly #slots: readonly [Slot, Slot, Slot, Slot];

  /** @param bytes the compiled module */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    const memory = new engine.Memory({ initial: 4 });
    this.#loops = new engine.Instance(new engine.Module(bytes), { env: { memory } }).exports;
    const free = (this.#loops['firstFreeByte'] as { readonly value: number }).value;
    const slot = (index: number): Slot =>
      new Slot(memory.buffer, 8 * Math.ceil(free / 8) + index * slotBytes);
    this.#slots = [slot(0), slot(1), slot(2), slot(3)];
  }

  /**
   * out[i] = a[i] operator b[i]; both operands have the kind `work`, `out` the kind of the result.
   * Returns false when there is no loop for it (remainder and power of floats) and nothing was done.
   */
  binary(operator: BinaryOperator, work: Kind, a: Vector, b: Vector, out: KindArray[Kind]): boolean {
    const comparing = comparisons.has(operator);
    if ((work === 'float32' || work === 'float64') && (operator === '%' || operator === '**')) return false;
    const loop = this.#loop(
      comparing ? `compare_${work}` : work === 'bool' ? 'bits_bool' : `arithmetic_${work}`,
    );
    const code = operatorCodes[operator];
    const [left, right, result] = this.#slots;
    this.#tiles(out.length, (start, count) => {
      const stepA = left.fill(a, start, count);
      const stepB = right.fill(b, start, count);
      loop(code, count, left.address, stepA, right.address, stepB, result.address);
      result.empty<Kind>(comparing ? 'bool' : work, out, start, count);
    });
    return true;
  }

  /** out[i] = test[i] ? a[i] : b[i]; both have the kind of `out`. */
  choose(test: Vector, a: Vector, b: Vector, out: KindArray[Kind]): void {
    const loop = this.#loop(`choose_${sizes[a.kind]}`);
    const [left, right, result, mask] = this.#slots;
    this.#tiles(out.length, (start, count) => {
      const steps = [mask.fill(test, start, count), left.fill(a, start, count), right.fill(b, start, count)];
      loop(count, mask.address, steps[0]!, left.address, steps[1]!, right.address, steps[2]!, result.address);
      result.empty<Kind>(a.kind, out, start, count);
    });
  }

  /** The values of `from` in another kind. */
  convert<K extends Kind>(from: Vector, kind: K, out: KindArray[K]): void {
    const loop = this.#loop(`${from.kind}_to_${kind}`);
    const [source, , result] = this.#slots;
    this.#tiles(out.length, (start, count) => {
      source.fill({ ...from, step: 1 }, start, count);
      loop(count, source.address, result.address);
      result.empty(kind, out, start, count);
    });
  }

  #loop(name: string): Loop {
    const loop = this.#loops[name];
    if (typeof loop !== 'function') throw new Error(`there is no compiled loop ${name}`);
    return loop as Loop;
  }

  #tiles(length: number, work: (start: number, count: number) => void): void {
    for (let start = 0; start < length; start += tile) work(start, Math.min(tile, length - start));
  }
}

let loaded: CompiledLoops | null | undefined;

/** The compiled loops of this thread; undefined where they are not built or cannot be read: the plain loops do the work. */
export function compiledLoops(): CompiledLoops | undefined {
  if (loaded === undefined) {
    const bytes = packageFile('../../dist/compiled/expressions.wasm');
    loaded = bytes === undefined ? null : new CompiledLoops(bytes);
  }
  return loaded ?? undefined;
}
