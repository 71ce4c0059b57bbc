import { type Kind, newArray, type Vector } from './vector.js';

/** Numbers of one list: elements `from` to `to` (excluded) of `data`, without those where `valid` is 0. */
interface List {
  readonly data: Vector['data'];
  readonly valid: Uint8Array | undefined;
  readonly from: number;
  readonly to: number;
}

/** How a list becomes one value; undefined: there is none (the list is empty). */
export interface ListReduction {
  readonly kind: (of: Kind) => Kind;
  readonly reduce: (list: List) => number | bigint | undefined;
}

type Item = number | bigint;

function fold<T>(list: List, start: T, step: (result: T, x: Item, at: number) => T): T {
  let result = start;
  for (let i = list.from; i < list.to; i++) {
    if (list.valid?.[i] !== 0) result = step(result, list.data[i]!, i);
  }
  return result;
}

const summed = (kind: Kind): Kind => (kind === 'bool' || kind === 'int32' ? 'int64' : kind);
const isNotNumber = (x: Item): boolean => typeof x === 'number' && Number.isNaN(x);

function total(list: List, start: 0 | 1): Item {
  const product = start === 1;
  if (list.data instanceof BigInt64Array) {
    return fold<bigint>(list, BigInt(start), (sum, x) => (product ? sum * BigInt(x) : sum + BigInt(x)));
  }
  return fold<number>(list, start, (sum, x) => (product ? sum * Number(x) : sum + Number(x)));
}

/** Position of the least or greatest element from the list's beginning, the first of equals; NaN counts as neither. */
function extreme(list: List, sign: 1 | -1): number | undefined {
  let best: Item | undefined;
  return fold<number | undefined>(list, undefined, (found, x, at) => {
    if (isNotNumber(x) || (best !== undefined && (sign > 0 ? x <= best : x >= best))) return found;
    best = x;
    return at - list.from;
  });
}

function extremeValue(list: List, sign: 1 | -1): Item | undefined {
  const at = extreme(list, sign);
  if (at !== undefined) return list.data[list.from + at]!;
  return fold<Item | undefined>(list, undefined, (_, x) => x);
}

/**
 * Reductions of the innermost lists, by name. `sum`, `prod`, `any`, `all`, `count`, `num` have a value for empty
 * lists; `min`, `max`, `argmin`, `argmax` have none there; the mean of nothing is NaN. NaN spoils sums and means and is
 * passed over by minima and maxima (but when there is nothing else).
 */
export const listReductions: Readonly<Record<string, ListReduction>> = {
  sum: { kind: summed, reduce: (list) => total(list, 0) },
  prod: { kind: summed, reduce: (list) => total(list, 1) },
  any: { kind: () => 'bool', reduce: (list) => Number(fold(list, false, (any, x) => any || Boolean(x))) },
  all: { kind: () => 'bool', reduce: (list) => Number(fold(list, true, (all, x) => all && Boolean(x))) },
  count: { kind: () => 'int64', reduce: (list) => BigInt(fold(list, 0, (n) => n + 1)) },
  num: { kind: () => 'int64', reduce: ({ from, to }) => BigInt(to - from) },
  min: { kind: (of) => of, reduce: (list) => extremeValue(list, -1) },
  max: { kind: (of) => of, reduce: (list) => extremeValue(list, 1) },
  argmin: { kind: () => 'int64', reduce: (list) => position(extreme(list, -1)) },
  argmax: { kind: () => 'int64', reduce: (list) => position(extreme(list, 1)) },
  mean: {
    kind: (of) => (of === 'float32' ? 'float32' : 'float64'),
    reduce: (list) => fold<number>(list, 0, (sum, x) => sum + Number(x)) / fold(list, 0, (n) => n + 1),
  },
};

function position(at: number | undefined): bigint | undefined {
  return at === undefined ? undefined : BigInt(at);
}

/** Applies a reduction to the innermost lists of a vector; lists without a value are missing in the result. */
export function reduceLists(vector: Vector, { kind, reduce }: ListReduction): Vector {
  const levels = vector.offsets!;
  const inner = levels[levels.length - 1]!;
  const lists = Math.max(0, inner.length - 1);
  const result = kind(vector.kind);
  const data = newArray(result, lists);
  const valid = new Uint8Array(lists).fill(1);
  for (let i = 0; i < lists; i++) {
    const value = reduce({ data: vector.data, valid: vector.valid, from: inner[i]!, to: inner[i + 1]! });
    if (value === undefined) valid[i] = 0;
    else data[i] = typeof data[i] === 'bigint' ? BigInt(value) : Number(value);
  }
  const offsets = levels.slice(0, -1);
  return {
    kind: result,
    data,
    step: 1,
    ...(offsets.length === 0 ? {} : { offsets }),
    ...(valid.includes(0) ? { valid } : {}),
  };
}
