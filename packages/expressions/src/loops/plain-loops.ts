import type { BinaryOperator } from '../ast.js';
import type { Kind, KindArray, Vector } from '../vector.js';

/**
 * out[i] = a[i] operator b[i], the definition that the compiled loops are tested against; both operands have the kind
 * `work`, `out` the kind of the result. Integers wrap around; a divisor of 0 gives 0.
 */
export function plainBinary(
  operator: BinaryOperator,
  work: Kind,
  a: Vector,
  b: Vector,
  out: KindArray[Kind],
): void {
  const float = work === 'float32' || work === 'float64';
  const f = (work === 'int64' ? bigOperators : float ? floatOperators : intOperators)[operator] as (
    x: number,
    y: number,
  ) => number;
  const [x, y] = [a.data as Float64Array, b.data as Float64Array];
  for (let i = 0; i < out.length; i++) out[i] = f(x[i * a.step]!, y[i * b.step]!);
}

/** out[i] = test[i] ? a[i] : b[i]; both have the kind of `out`. */
export function plainChoose(test: Vector, a: Vector, b: Vector, out: KindArray[Kind]): void {
  const [x, y] = [a.data as Float64Array, b.data as Float64Array];
  for (let i = 0; i < out.length; i++) {
    out[i] = test.data[i * test.step] ? x[i * a.step]! : y[i * b.step]!;
  }
}

/** The values of `from` in another kind; see {@link cast}. */
export function plainConvert(from: Vector, kind: Kind, out: KindArray[Kind]): void {
  const { data } = from;
  for (let i = 0; i < out.length; i++) {
    const value = data[i]!;
    if (kind === 'int64') (out as BigInt64Array)[i] = toBigInt(value);
    else if (kind === 'bool') (out as Uint8Array)[i] = Number(value) === 0 ? 0 : 1;
    else if (kind === 'int32') (out as Int32Array)[i] = toInt32(value);
    else if (kind === 'float32' && typeof value === 'bigint') (out as Float32Array)[i] = toFloat32(value);
    else (out as Float64Array)[i] = Number(value);
  }
}

function toInt32(value: number | bigint): number {
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  return value > -2147483649 && value < 2147483648 ? Math.trunc(value) : -2147483648;
}

function toBigInt(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value;
  return value >= -(2 ** 63) && value < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n);
}

/** Rounds once: what lies beyond 24 bits only tells ties apart. */
function toFloat32(value: bigint): number {
  const size = value < 0n ? -value : value;
  if (size < 1n << 53n) return Math.fround(Number(value));
  const sticky = (size & 0x3fffn) === 0n ? 0n : 1n;
  const rounded = Math.fround(Number((size >> 14n) | sticky) * 16384);
  return value < 0n ? -rounded : rounded;
}

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
  '**': (a, b) => Number(BigInt.asIntN(32, integerPower(BigInt(a), BigInt(b)))),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => (b >= 0 && b < 32 ? a << b : 0),
  '>>': (a, b) => a >> (b >= 0 && b < 32 ? b : 31),
};

/** The power modulo 2^64; a negative exponent gives 0 but for bases 1 and −1. */
function integerPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) return base === 1n ? 1n : base === -1n ? (exponent % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  let factor = base;
  for (let n = exponent; n > 0n; n >>= 1n) {
    if ((n & 1n) === 1n) result = BigInt.asIntN(64, result * factor);
    factor = BigInt.asIntN(64, factor * factor);
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
  '**': integerPower,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => (b >= 0n && b < 64n ? a << b : 0n),
  '>>': (a, b) => a >> (b >= 0n && b < 64n ? b : 63n),
};
