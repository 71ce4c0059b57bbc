import type { BinaryOperator } from './ast.js';
import { cast, isFloat, type Kind, newArray, strongest, type Vector } from './vector.js';

/** Operators whose result is a truth value. */
export const comparisons: ReadonlySet<BinaryOperator> = new Set(['<', '<=', '>', '>=', '==', '!=']);

/**
 * Kind of `left operator right`: comparisons give bool; `/` of integers gives float64; bits and shifts stay integers;
 * everything else the stronger kind, where bool counts as int32 in arithmetic (numexpr's rules).
 * Undefined when the operator does not take these kinds.
 */
export function binaryKind(operator: BinaryOperator, left: Kind, right: Kind): Kind | undefined {
  const common = strongest(left, right);
  if (comparisons.has(operator)) return 'bool';
  switch (operator) {
    case '&':
    case '|':
    case '^':
      return isFloat(common) ? undefined : common;
    case '<<':
    case '>>':
      return isFloat(common) ? undefined : strongest(common, 'int32');
    case '/':
      return isFloat(common) ? common : 'float64';
    default:
      return strongest(common, 'int32');
  }
}

/** Works out an operator over the rows; operands are cast to their common kind first. */
export function applyBinary(
  operator: BinaryOperator,
  left: Vector,
  right: Vector,
  kind: Kind,
  rows: number,
): Vector {
  const work = comparisons.has(operator) ? strongest(left.kind, right.kind) : kind;
  const a = cast(left, work);
  const b = cast(right, work);
  const step = a.step === 0 && b.step === 0 ? 0 : 1;
  const length = step === 0 ? 1 : rows;
  const out = newArray(kind, length);
  if (work === 'int64') {
    const f = bigOperators[operator];
    const [x, y] = [a.data as BigInt64Array, b.data as BigInt64Array];
    for (let i = 0; i < length; i++) out[i] = f(x[i * a.step]!, y[i * b.step]!);
  } else {
    const [x, y] = [a.data as Float64Array, b.data as Float64Array];
    const fast = isFloat(work) ? floatLoops[operator] : undefined;
    if (fast !== undefined) fast(x, a.step, y, b.step, out as Float64Array);
    else {
      const f = isFloat(work) ? floatOperators[operator] : intOperators[operator];
      for (let i = 0; i < length; i++) out[i] = f(x[i * a.step]!, y[i * b.step]!);
    }
  }
  return { kind, data: out, step };
}

type Loop = (x: Float64Array, sx: number, y: Float64Array, sy: number, out: Float64Array) => void;

/** The commonest operators with loops of their own: the compiler keeps them free of calls. */
const floatLoops: Partial<Record<BinaryOperator, Loop>> = {
  '+': (x, sx, y, sy, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i * sx]! + y[i * sy]!;
  },
  '-': (x, sx, y, sy, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i * sx]! - y[i * sy]!;
  },
  '*': (x, sx, y, sy, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i * sx]! * y[i * sy]!;
  },
  '/': (x, sx, y, sy, out) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i * sx]! / y[i * sy]!;
  },
};

type NumberOperators = Record<BinaryOperator, (a: number, b: number) => number>;

const comparing: Pick<NumberOperators, '<' | '<=' | '>' | '>=' | '==' | '!='> = {
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
};

const floatOperators: NumberOperators = {
  ...comparing,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  // The sign follows the dividend, as numexpr has it.
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '&': () => Number.NaN,
  '|': () => Number.NaN,
  '^': () => Number.NaN,
  '<<': () => Number.NaN,
  '>>': () => Number.NaN,
};

const intOperators: NumberOperators = {
  ...comparing,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => Math.imul(a, b),
  '/': (a, b) => a / b,
  '//': (a, b) => (b === 0 ? 0 : Math.floor(a / b)),
  '%': (a, b) => (b === 0 ? 0 : a % b),
  '**': intPower,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
};

/** Power of 32-bit integers with wrap-around; a negative exponent gives 0 but for bases 1 and −1. */
function intPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  let factor = base;
  for (let n = exponent; n > 0; n >>>= 1) {
    if ((n & 1) === 1) result = Math.imul(result, factor);
    factor = Math.imul(factor, factor);
  }
  return result;
}

type BigOperators = Record<BinaryOperator, (a: bigint, b: bigint) => bigint | number>;

const flag = (value: boolean): number => (value ? 1 : 0);

const bigOperators: BigOperators = {
  '<': (a, b) => flag(a < b),
  '<=': (a, b) => flag(a <= b),
  '>': (a, b) => flag(a > b),
  '>=': (a, b) => flag(a >= b),
  '==': (a, b) => flag(a === b),
  '!=': (a, b) => flag(a !== b),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => Number(a) / Number(b),
  '//': (a, b) => (b === 0n ? 0n : a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)),
  '%': (a, b) => (b === 0n ? 0n : a % b),
  '**': (a, b) =>
    b >= 0n ? BigInt.asIntN(64, a ** (b > 64n && a !== 0n && a !== 1n && a !== -1n ? 64n : b)) : 0n,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => (b >= 0n && b < 64n ? a << b : 0n),
  '>>': (a, b) => (b >= 0n && b < 64n ? a >> b : a < 0n ? -1n : 0n),
};
