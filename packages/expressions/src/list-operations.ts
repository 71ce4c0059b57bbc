import { keepElements, pickElements } from './lists.js';
import { cast, type Kind, newArray, spread, type Vector } from './vector.js';

/** The first element of every innermost list; missing where a list is empty. */
export function firstElements(vector: Vector): Vector {
  const levels = vector.offsets!;
  const inner = levels[levels.length - 1]!;
  const lists = Math.max(0, inner.length - 1);
  const data = newArray(vector.kind, lists);
  const valid = new Uint8Array(lists);
  for (let i = 0; i < lists; i++) {
    const at = inner[i]!;
    if (at === inner[i + 1]!) continue;
    data[i] = vector.data[at]!;
    valid[i] = vector.valid?.[at] ?? 1;
  }
  const offsets = levels.slice(0, -1);
  return { kind: vector.kind, data, step: 1, valid, ...(offsets.length === 0 ? {} : { offsets }) };
}

/** Missing elements replaced by a number. */
export function fillMissing(vector: Vector, value: number, kind: Kind): Vector {
  const { valid, ...filled } = cast(vector, kind);
  if (valid === undefined) return filled;
  const data = newArray(kind, filled.data.length);
  for (let i = 0; i < data.length; i++) {
    if (valid[i] === 1) data[i] = filled.data[i]!;
    else data[i] = kind === 'int64' ? BigInt(Math.trunc(value)) : value;
  }
  return { ...filled, data };
}

/** NaN elements become missing ones. */
export function nanToMissing(vector: Vector): Vector {
  const valid = new Uint8Array(vector.data.length);
  for (let i = 0; i < valid.length; i++) {
    valid[i] = Number.isNaN(vector.data[i]) || vector.valid?.[i] === 0 ? 0 : 1;
  }
  return { ...vector, valid };
}

/** The lists without their missing elements. */
export function dropMissing(vector: Vector): Vector {
  if (vector.valid === undefined) return vector;
  const { kind, data, step, offsets } = keepElements(vector, vector.valid);
  return { kind, data, step, ...(offsets === undefined ? {} : { offsets }) };
}

/** True where an element is missing. */
export function isMissing(vector: Vector, rows: number): Vector {
  const { valid, offsets, data } = spread(vector, rows);
  const out = new Uint8Array(data.length);
  if (valid !== undefined) for (let i = 0; i < out.length; i++) out[i] = 1 - valid[i]!;
  return { kind: 'bool', data: out, step: 1, ...(offsets === undefined ? {} : { offsets }) };
}

/** Every innermost list in ascending or descending order, equal elements in their old order, NaN and missing ones last. */
export function sortLists(vector: Vector, ascending: boolean): Vector {
  const inner = vector.offsets![vector.offsets!.length - 1]!;
  const at = Int32Array.from({ length: vector.data.length }, (_, i) => i);
  const last = (i: number): boolean => Number.isNaN(vector.data[i]) || vector.valid?.[i] === 0;
  const sign = ascending ? 1 : -1;
  for (let list = 0; list + 1 < inner.length; list++) {
    at.subarray(inner[list], inner[list + 1]).sort((i, j) => {
      if (last(i) || last(j)) return Number(last(i)) - Number(last(j)) || i - j;
      const [x, y] = [vector.data[i]!, vector.data[j]!];
      return x < y ? -sign : x > y ? sign : i - j;
    });
  }
  return { ...pickElements(vector, at), offsets: vector.offsets! };
}

/** Row by row the elements of the first list, then of the second, and so on; numbers per row count as lists of one. */
export function concatenateLists(vectors: readonly Vector[], rows: number, kind: Kind): Vector {
  const parts = vectors.map((vector) => {
    const { data, offsets, valid } = cast(spread(vector, rows), kind);
    const ends = offsets?.[0] ?? Int32Array.from({ length: rows + 1 }, (_, i) => i);
    return { data, ends, valid };
  });
  const total = parts.reduce((sum, { ends }) => sum + (ends[rows] ?? 0), 0);
  const data = newArray(kind, total);
  const valid = new Uint8Array(total).fill(1);
  const offsets = new Int32Array(rows + 1);
  let out = 0;
  for (let row = 0; row < rows; row++) {
    for (const part of parts) {
      for (let i = part.ends[row]!; i < part.ends[row + 1]!; i++, out++) {
        data[out] = part.data[i]!;
        if (part.valid?.[i] === 0) valid[out] = 0;
      }
    }
    offsets[row + 1] = out;
  }
  return { kind, data, step: 1, offsets: [offsets], ...(valid.includes(0) ? { valid } : {}) };
}

/** Lists of lists with the inner lists joined: one level less. */
export function flattenLists(vector: Vector): Vector {
  const [outer, inner, ...rest] = vector.offsets! as [Int32Array, Int32Array, ...Int32Array[]];
  const joined = outer.map((list) => inner[list]!);
  return { ...vector, offsets: [joined, ...rest] };
}
