import type { ZeroPoleGain } from './analog-prototypes.js';
import type { Complex } from './complex.js';

/** One section of second order: c_1 and c_2 of its zeros, b_1 and b_2 of its poles (those of z^0 are 1). */
export type Section = readonly [c1: number, c2: number, b1: number, b2: number];

/** Two roots, or one and 0, as the coefficients of z^-1 and z^-2. */
interface Pair {
  readonly first: number;
  readonly second: number;
  /** Where on the upper half plane it is. */
  readonly root: Complex;
}

/** Roots this close to a place are taken to be there. */
const rounding = 1e-12;

function snapped(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < rounding ? whole + 0 : value;
}

function ofPair(root: Complex): Pair {
  return { first: snapped(-2 * root.re), second: snapped(root.re * root.re + root.im * root.im), root };
}

function ofReal(one: number, other: number): Pair {
  return { first: snapped(-(one + other)), second: snapped(one * other), root: { re: one, im: 0 } };
}

/** Real roots two and two from both ends, so that zeros at 1 and -1 come together; a last one alone. */
function realPairs(roots: readonly number[]): Pair[] {
  const sorted = [...roots].sort((one, other) => one - other);
  const pairs: Pair[] = [];
  while (sorted.length > 1) pairs.push(ofReal(sorted.shift()!, sorted.pop()!));
  return [...pairs, ...sorted.map((root) => ofReal(root, 0))];
}

/** Roots that come as conjugate pairs and real ones, two and two. Undefined when they do not. */
function pairsOf(roots: readonly Complex[]): Pair[] | undefined {
  const isReal = ({ im }: Complex) => Math.abs(im) < rounding;
  const upper = roots.filter((root) => !isReal(root) && root.im > 0);
  const real = roots.filter(isReal);
  if (2 * upper.length + real.length !== roots.length) return undefined;
  return [...upper.map(ofPair), ...realPairs(real.map(({ re }) => re))];
}

function distance(one: Complex, other: Complex): number {
  return Math.hypot(one.re - other.re, one.im - other.im);
}

/**
 * A filter as sections of second order, the poles nearest to the unit circle last and with the zeros nearest to them, so that no
 * section rises far above the others. Undefined when roots do not come in pairs.
 */
export function sectionsOf({ zeros, poles }: Omit<ZeroPoleGain, 'gain'>): Section[] | undefined {
  const found = pairsOf(poles);
  const left = pairsOf(zeros);
  if (found === undefined || left?.length !== found.length) return undefined;
  const sections = found
    .sort((one, other) => Math.abs(other.second) - Math.abs(one.second))
    .map((pole): Section => {
      const distances = left.map((zero) => distance(zero.root, pole.root));
      const [zero] = left.splice(distances.indexOf(Math.min(...distances)), 1);
      return [zero!.first, zero!.second, pole.first, pole.second];
    });
  return sections.reverse();
}

/** Size of a polynomial in z^-1 at an angle on the unit circle. */
function sizeAt(b: readonly number[], angle: number): number {
  const part = (wave: (x: number) => number) => b.reduce((sum, value, j) => sum + value * wave(j * angle), 0);
  return Math.hypot(part(Math.cos), part(Math.sin));
}

/**
 * How far results of one recursion may be from those of sections one behind the other, as a fraction of the largest: what the
 * rounding of its coefficients makes of its poles. Much for very narrow filters of high order.
 */
export function doubtOf(b: readonly number[], poles: readonly Complex[]): number {
  const total = b.reduce((sum, value) => sum + Math.abs(value), 0);
  const smallest = Math.min(...poles.map(({ re, im }) => sizeAt(b, Math.atan2(im, re))));
  return (Number.EPSILON * total) / smallest;
}
