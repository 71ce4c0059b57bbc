import { newArray, pickData, type Vector } from './vector.js';

/** Thrown when lists that are combined element by element have different lengths; `row` counts from the block's start. */
export class ListLengthError extends Error {
  /** @param row the first row where they differ */
  constructor(readonly row: number) {
    super(`the lists have different lengths in row ${row} of the block`);
    this.name = 'ListLengthError';
  }
}

/**
 * Brings operands to a common shape: numbers per row are repeated along the lists of the deepest operand, constants
 * stay as they are. Gives the operands with one element per element of the result.
 * Throws a ListLengthError when two operands have different lists.
 */
export function align(
  operands: readonly Vector[],
  rows: number,
): { operands: readonly Vector[]; length: number; offsets: readonly Int32Array[] | undefined } {
  let offsets: readonly Int32Array[] | undefined;
  for (const { offsets: own } of operands) {
    if (own !== undefined && own.length > (offsets?.length ?? 0)) offsets = own;
  }
  if (offsets === undefined) return { operands, length: rows, offsets };
  const deepest = offsets;
  const aligned = operands.map((operand) => (operand.step === 0 ? operand : expand(operand, deepest)));
  return { operands: aligned, length: deepest[deepest.length - 1]!.at(-1) ?? 0, offsets };
}

function expand(operand: Vector, offsets: readonly Int32Array[]): Vector {
  const depth = operand.offsets?.length ?? 0;
  for (let level = 0; level < depth; level++)
    checkSame(operand.offsets![level]!, offsets[level]!, level, offsets);
  const { valid, ...rest } = operand;
  let flat: Vector = { kind: rest.kind, data: rest.data, step: 1, ...(valid === undefined ? {} : { valid }) };
  for (let level = depth; level < offsets.length; level++) flat = repeat(flat, offsets[level]!);
  return flat;
}

function checkSame(a: Int32Array, b: Int32Array, level: number, all: readonly Int32Array[]): void {
  if (a === b) return;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) throw new ListLengthError(rowOf(all, level, Math.max(0, i - 1)));
  }
}

/** The row that list `index` of a level belongs to. */
function rowOf(offsets: readonly Int32Array[], level: number, index: number): number {
  let at = index;
  for (let l = level - 1; l >= 0; l--) {
    const list = offsets[l]!;
    let i = 0;
    while (i + 1 < list.length && list[i + 1]! <= at) i++;
    at = i;
  }
  return at;
}

/** Element i as often as list i is long. */
function repeat(vector: Vector, offsets: Int32Array): Vector {
  const lists = offsets.length - 1;
  const at = new Int32Array(offsets[lists] ?? 0);
  for (let i = 0; i < lists; i++) at.fill(i, offsets[i], offsets[i + 1]);
  return pickElements(vector, at);
}

/** Elements of a vector without lists, missing ones staying missing. */
export function pickElements(vector: Vector, at: Int32Array): Vector {
  const { valid } = vector;
  const data = pickData(vector.kind, vector.data, at);
  const picked: Vector = { kind: vector.kind, data, step: 1 };
  return valid === undefined ? picked : { ...picked, valid: pickData('bool', valid, at) };
}

/** The elements that are missing in any operand, as `valid` of the result; undefined when none is. */
export function commonValid(operands: readonly Vector[], length: number): Uint8Array | undefined {
  const masks = operands.filter(({ valid }) => valid !== undefined);
  if (masks.length === 0) return undefined;
  const out = new Uint8Array(length).fill(1);
  for (const { valid, step } of masks) {
    for (let i = 0; i < length; i++) if (valid![i * step] === 0) out[i] = 0;
  }
  return out;
}

/** Keeps the elements of the innermost lists where `keep` is 1. */
export function keepElements(vector: Vector, keep: Uint8Array): Vector {
  const levels = vector.offsets!;
  const inner = levels[levels.length - 1]!;
  const offsets = new Int32Array(inner.length);
  let kept = 0;
  for (let i = 0; i + 1 < inner.length; i++) {
    for (let j = inner[i]!; j < inner[i + 1]!; j++) kept += keep[j] === 0 ? 0 : 1;
    offsets[i + 1] = kept;
  }
  const data = newArray(vector.kind, kept);
  const valid = vector.valid === undefined ? undefined : new Uint8Array(kept);
  for (let j = 0, out = 0; j < keep.length; j++) {
    if (keep[j] === 0) continue;
    data[out] = vector.data[j]!;
    if (valid !== undefined) valid[out] = vector.valid![j]!;
    out++;
  }
  const result: Vector = { kind: vector.kind, data, step: 1, offsets: [...levels.slice(0, -1), offsets] };
  return valid === undefined ? result : { ...result, valid };
}
