/** Base dimensions, in the order in which a unit's exponents are kept. */
export const dimensions = [
  'length',
  'mass',
  'time',
  'current',
  'temperature',
  'angle',
  'pixel',
  'count',
] as const;

/**
 * A physical unit: `coefficient` x 10^`exponent` in SI base units. The power of ten is kept apart so that
 * conversions between decimal multiples stay exact (0.3 us is 30 samples of 10 ns, not 29.999999999999996).
 */
export interface Unit {
  /** As written, for attributes of columns. */
  readonly text: string;
  readonly coefficient: number;
  readonly exponent: number;
  /** Exponents of `dimensions`. */
  readonly powers: readonly number[];
}

/** A number with a unit. */
export interface Quantity {
  readonly kind: 'quantity';
  readonly value: number;
  readonly unit: Unit;
}

/** True when both measure the same thing. */
export function isCompatible(a: Unit, b: Unit): boolean {
  return a.powers.every((power, index) => power === b.powers[index]);
}

/** True when the unit is a plain number (a ratio of two lengths, for example). */
export function isDimensionless(unit: Unit): boolean {
  return unit.powers.every((power) => power === 0);
}

function shift(value: number, exponent: number): number {
  return exponent >= 0 ? value * 10 ** exponent : value / 10 ** -exponent;
}

/** `value` in `from`, expressed in `to`; the units must be compatible. */
export function convert(value: number, from: Unit, to: Unit): number {
  if (from === to) return value;
  const coefficient =
    from.coefficient === to.coefficient ? value : (value * from.coefficient) / to.coefficient;
  return shift(coefficient, from.exponent - to.exponent);
}

/** The plain number that a dimensionless quantity stands for. */
export function plainNumber(quantity: Quantity): number {
  return shift(quantity.value * quantity.unit.coefficient, quantity.unit.exponent);
}

/** `a` divided by `b`, two quantities of the same kind, as a plain number. */
export function ratio(a: Quantity, b: Quantity): number {
  const same = a.unit.coefficient === b.unit.coefficient;
  const numerator = same ? a.value : a.value * a.unit.coefficient;
  const denominator = same ? b.value : b.value * b.unit.coefficient;
  const exponent = a.unit.exponent - b.unit.exponent;
  return exponent >= 0
    ? (numerator * 10 ** exponent) / denominator
    : numerator / (denominator * 10 ** -exponent);
}

function combine(a: Unit, b: Unit, sign: 1 | -1): Unit {
  return {
    text: sign === 1 ? `${a.text}*${b.text}` : `${a.text === '' ? '1' : a.text}/${b.text}`,
    coefficient: sign === 1 ? a.coefficient * b.coefficient : a.coefficient / b.coefficient,
    exponent: a.exponent + sign * b.exponent,
    powers: a.powers.map((power, index) => power + sign * (b.powers[index] ?? 0)),
  };
}

/** Product of two units. */
export function multiplyUnits(a: Unit, b: Unit): Unit {
  return combine(a, b, 1);
}

/** Quotient of two units. */
export function divideUnits(a: Unit, b: Unit): Unit {
  return combine(a, b, -1);
}

/** The unit of a plain number. */
export const one: Unit = { text: '', coefficient: 1, exponent: 0, powers: dimensions.map(() => 0) };

/** A quantity of a unit. */
export function quantity(value: number, unit: Unit): Quantity {
  return { kind: 'quantity', value, unit };
}
