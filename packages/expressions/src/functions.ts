import type { Reduction } from './reduce-rows.js';

/** What a table has under a name of its own: not what every object has, such as `constructor`. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Functions of one float that are worked out element by element; integers are taken as float64 first. */
export const elementwise: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  exp: Math.exp,
  expm1: Math.expm1,
  sqrt: Math.sqrt,
  abs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Functions of two floats. */
export const elementwisePairs: Readonly<Record<string, (x: number, y: number) => number>> = {
  arctan2: Math.atan2,
  fmod: (x, y) => x % y,
};

/** Tests on a float; NaN and infinity are told apart from numbers. */
export const tests: Readonly<Record<string, (x: number) => boolean>> = {
  isnan: Number.isNaN,
  isinf: (x) => x === Infinity || x === -Infinity,
  isfinite: Number.isFinite,
};

/** Reductions of all rows to one value: start and step. Allowed as the outermost operation only. */
export const reductions: Readonly<Record<string, Reduction>> = {
  sum: { start: 0, step: (sum, x) => sum + x, wideStart: 0n, wideStep: (sum, x) => sum + x },
  prod: { start: 1, step: (product, x) => product * x, wideStart: 1n, wideStep: (product, x) => product * x },
  min: {
    start: Infinity,
    step: (least, x) => (Number.isNaN(least) || x >= least ? least : x),
    wideStart: 2n ** 63n - 1n,
    wideStep: (least, x) => (x < least ? x : least),
  },
  max: {
    start: -Infinity,
    step: (most, x) => (Number.isNaN(most) || x <= most ? most : x),
    wideStart: -(2n ** 63n),
    wideStep: (most, x) => (x > most ? x : most),
  },
};

/** Functions of the language whose values no column can hold, with the reason and the way out. */
export const reasonsMissing: Readonly<Record<string, string>> = {
  contains: 'texts cannot be used in expressions, only forwarded as columns; compare numbers instead',
};
/** Names of {@link reasonsMissing}. */
export const missingFunctions: ReadonlySet<string> = new Set(Object.keys(reasonsMissing));

/** The bare name of a function: `np.sqrt` and `numpy.sqrt` are `sqrt`. */
export function bareName(name: string): string {
  return name.replace(/^(np|numpy)\./, '');
}
