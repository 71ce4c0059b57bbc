import { analogPrototype, type FilterType, type Ripple, type ZeroPoleGain } from './analog-prototypes.js';
import {
  add,
  type Complex,
  complex,
  divide,
  multiply,
  product,
  scale,
  squareRoot,
  subtract,
} from './complex.js';

/** What a filter lets through. */
export const bandTypes = ['lowpass', 'highpass', 'bandpass', 'bandstop'] as const;
/** One of them. */
export type BandType = (typeof bandTypes)[number];

/** Coefficients of a recursive filter: y_i = (sum a_j x_{i-j} - sum_{j>=1} b_j y_{i-j}) / b_0. */
export interface Coefficients {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** What a filter is designed from. */
export interface IirRequest {
  readonly type: FilterType;
  readonly band: BandType;
  readonly order: number;
  /** Edges as fractions of the Nyquist frequency: one, or two for bandpass and bandstop. */
  readonly edges: readonly number[];
  readonly ripple: Ripple;
}

/** Sampling frequency that the bilinear transformation reckons with. */
const sampling = 2;

/** The analog frequency that the bilinear transformation brings to an edge. */
function warped(edge: number): number {
  return 2 * sampling * Math.tan((Math.PI * edge) / sampling);
}

function ofNegated(values: readonly Complex[]): Complex {
  return product(values.map((value) => scale(value, -1)));
}

function repeated(value: Complex, count: number): Complex[] {
  return Array.from({ length: count }, () => value);
}

/** Both s with s + centre^2 / s = 2 p: where a root of the prototype goes when the pass band becomes a band. */
function split(p: Complex, centre: number): Complex[] {
  const root = squareRoot(subtract(multiply(p, p), complex(centre * centre)));
  return [add(p, root), subtract(p, root)];
}

function moveBand(
  { zeros, poles, gain }: ZeroPoleGain,
  band: BandType,
  edges: readonly number[],
): ZeroPoleGain {
  const excess = poles.length - zeros.length;
  const [low = 1, high = 1] = edges.map(warped);
  const width = high - low;
  const centre = Math.sqrt(low * high);
  switch (band) {
    case 'lowpass': {
      const move = (root: Complex) => scale(root, low);
      return { zeros: zeros.map(move), poles: poles.map(move), gain: gain * low ** excess };
    }
    case 'highpass': {
      const move = (root: Complex) => divide(complex(low), root);
      return {
        zeros: [...zeros.map(move), ...repeated(complex(0), excess)],
        poles: poles.map(move),
        gain: gain * divide(ofNegated(zeros), ofNegated(poles)).re,
      };
    }
    case 'bandpass': {
      const move = (root: Complex) => split(scale(root, width / 2), centre);
      return {
        zeros: [...zeros.flatMap(move), ...repeated(complex(0), excess)],
        poles: poles.flatMap(move),
        gain: gain * width ** excess,
      };
    }
    case 'bandstop': {
      const move = (root: Complex) => split(divide(complex(width / 2), root), centre);
      return {
        zeros: [
          ...zeros.flatMap(move),
          ...repeated(complex(0, centre), excess),
          ...repeated(complex(0, -centre), excess),
        ],
        poles: poles.flatMap(move),
        gain: gain * divide(ofNegated(zeros), ofNegated(poles)).re,
      };
    }
  }
}

/** From s to z: z = (2 f + s) / (2 f - s). Zeros at infinity come to z = -1. */
function bilinear({ zeros, poles, gain }: ZeroPoleGain): ZeroPoleGain {
  const twice = complex(2 * sampling);
  const move = (root: Complex) => divide(add(twice, root), subtract(twice, root));
  const rest = (roots: readonly Complex[]) => product(roots.map((root) => subtract(twice, root)));
  return {
    zeros: [...zeros.map(move), ...repeated(complex(-1), poles.length - zeros.length)],
    poles: poles.map(move),
    gain: gain * divide(rest(zeros), rest(poles)).re,
  };
}

/** Real coefficients of the polynomial with these roots, highest power first. */
function polynomial(roots: readonly Complex[]): number[] {
  let coefficients = [complex(1)];
  for (const root of roots) {
    const next = [...coefficients, complex(0)];
    coefficients.forEach((coefficient, i) => {
      next[i + 1] = subtract(next[i + 1] ?? complex(0), multiply(root, coefficient));
    });
    coefficients = next;
  }
  return coefficients.map(({ re }) => re);
}

/** Zeros, poles and gain of a digital filter by prototype, band and bilinear transformation with prewarped edges. */
export function designRoots({ type, band, order, edges, ripple }: IirRequest): ZeroPoleGain {
  return bilinear(moveBand(analogPrototype(type, order, ripple), band, edges));
}

/** The coefficients of a digital filter. */
export function coefficientsOf({ zeros, poles, gain }: ZeroPoleGain): Coefficients {
  return { a: polynomial(zeros).map((coefficient) => gain * coefficient), b: polynomial(poles) };
}

/** A digital filter as coefficients of one recursion. */
export function designIir(request: IirRequest): Coefficients {
  return coefficientsOf(designRoots(request));
}

/**
 * Second-order filter that takes out (`notch`) or lets through (`peak`) one frequency; both as fractions of the
 * Nyquist frequency, the width at half the power. (Orfanidis, Introduction to Signal Processing, section 11.3.)
 */
export function designResonator(kind: 'notch' | 'peak', frequency: number, width: number): Coefficients {
  const cosine = Math.cos(Math.PI * frequency);
  const gain = 1 / (1 + Math.tan((Math.PI * width) / 2));
  const b = [1, -2 * gain * cosine, 2 * gain - 1];
  return kind === 'notch' ? { a: [gain, -2 * gain * cosine, gain], b } : { a: [1 - gain, 0, gain - 1], b };
}
