import type { Prepared, Sizes } from '../spec/kernel-spec.js';
import { fourierOrder, fourierWeights, isFourierLength, spectrumOf, weightsOf } from './fourier-plan.js';

/** w_j = exp(-i pi j^2 / n) for j below n; j^2 is taken modulo 2 n, which keeps all digits. */
function chirpOf(n: number): { readonly re: Float64Array; readonly im: Float64Array } {
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  for (let j = 0; j < n; j += 1) {
    const angle = (Math.PI * ((j * j) % (2 * n))) / n;
    re[j] = Math.cos(angle);
    im[j] = -Math.sin(angle);
  }
  return { re, im };
}

/** Smallest length of the compiled transforms that holds so many samples. */
function lengthAtLeast(samples: number): number {
  let length = 2;
  while (length < samples) length *= 2;
  return 0.75 * length >= samples && isFourierLength(0.75 * length) ? 0.75 * length : length;
}

/** Tables of a transform of n real samples by one of half as many complex numbers: weights, turns w_k, places. */
function prepareSplit(name: string, n: number): Prepared {
  const half = n / 2;
  const places = new Array<number>(half);
  fourierOrder(half).forEach((frequency, place) => {
    places[frequency] = place;
  });
  const factors = fourierWeights(half);
  const turns = Array.from({ length: Math.floor(half / 2) + 1 }, (_, k) => {
    const angle = (-2 * Math.PI * k) / n;
    return [Math.cos(angle), Math.sin(angle)];
  });
  return {
    kernel: `${name}_split`,
    extra: [factors.length],
    table: [...factors, ...turns.flat(), ...places],
    scratch: (bytes) => 4 * bytes * n,
  };
}

function prepareChirp(name: string, n: number): Prepared {
  const length = lengthAtLeast(2 * n - 1);
  const chirp = chirpOf(n);
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  for (let j = 0; j < n; j += 1) {
    for (const place of j === 0 ? [0] : [j, length - j]) {
      re[place] = chirp.re[j]!;
      im[place] = -chirp.im[j]!;
    }
  }
  const factors = fourierWeights(length);
  return {
    kernel: `${name}_chirp`,
    extra: [length, factors.length],
    table: [...factors, ...weightsOf(spectrumOf({ re, im }), length), ...chirpWeights(chirp)],
    isTableDouble: true,
    scratch: () => 32 * length,
  };
}

function chirpWeights({ re, im }: { readonly re: Float64Array; readonly im: Float64Array }): number[] {
  return Array.from(re, (value, j) => [value, -im[j]!, im[j]!]).flat();
}

function prepare(name: string, n: number): Prepared | undefined {
  if (n < 1) return undefined;
  return n % 2 === 0 && isFourierLength(n / 2) ? prepareSplit(name, n) : prepareChirp(name, n);
}

/**
 * Tables of a transform by its name: psd or fft of n samples, or ifft into m. Even lengths whose half the compiled transforms
 * take are done by these, in the type of the waveform; all others with a chirp, in double.
 */
export function prepareSpectrum(
  name: 'psd' | 'fft' | 'ifft',
): (constants: unknown, sizes: Sizes) => Prepared | undefined {
  return (_, { n, m }) => prepare(name, name === 'ifft' ? m : n);
}
