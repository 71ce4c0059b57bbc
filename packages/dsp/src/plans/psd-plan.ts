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

function preparePlain(n: number): Prepared {
  const places = new Array<number>(n);
  fourierOrder(n).forEach((frequency, place) => {
    places[frequency] = place;
  });
  const factors = fourierWeights(n);
  return {
    kernel: 'psd_fourier',
    extra: [factors.length],
    table: [...factors, ...places],
    isTableDouble: true,
    scratch: () => 32 * n,
  };
}

function prepareChirp(n: number): Prepared {
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
    kernel: 'psd_chirp',
    extra: [length, factors.length],
    table: [...factors, ...weightsOf(spectrumOf({ re, im }), length), ...chirpWeights(chirp)],
    isTableDouble: true,
    scratch: () => 32 * length,
  };
}

function chirpWeights({ re, im }: { readonly re: Float64Array; readonly im: Float64Array }): number[] {
  return Array.from(re, (value, j) => [value, -im[j]!, im[j]!]).flat();
}

/** Tables of a power spectrum of n samples: by transforms of that length, or with a chirp where there are none. */
export function preparePsd({ n }: Sizes): Prepared | undefined {
  if (n < 1) return undefined;
  return isFourierLength(n) ? preparePlain(n) : prepareChirp(n);
}
