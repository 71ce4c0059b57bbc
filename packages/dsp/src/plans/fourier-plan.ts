/** Real and imaginary parts of complex numbers. */
export interface ComplexNumbers {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Lengths of the passes over n samples with their number of parts: 3 first if it divides n, then 4, a 2 at last. */
function passesOf(n: number): { readonly size: number; readonly parts: 2 | 3 | 4 }[] {
  const passes: { readonly size: number; readonly parts: 2 | 3 | 4 }[] = [];
  let size = n;
  if (size % 3 === 0) {
    passes.push({ size, parts: 3 });
    size /= 3;
  }
  for (; size >= 4; size /= 4) passes.push({ size, parts: 4 });
  if (size === 2) passes.push({ size, parts: 2 });
  return passes;
}

/** True for the lengths that the compiled transforms take: 2^k and 3 * 2^k, at least 2. */
export function isFourierLength(n: number): boolean {
  if (!Number.isInteger(n) || n < 2) return false;
  const rest = n % 3 === 0 ? n / 3 : n;
  return rest >= 2 && Number.isInteger(Math.log2(rest));
}

/**
 * Weights of the compiled transforms of length n (src/assembly/fourier.ts), pass behind pass: w^k, w^2k and (for
 * passes of 4 parts) w^3k, with w = exp(-2 pi i / size of the pass), for every k below size / parts. The last pass
 * needs none. A weight is three numbers: cosine, minus the sine, sine.
 */
export function fourierWeights(n: number): number[] {
  const weights: number[] = [];
  for (const { size, parts } of passesOf(n)) {
    if (size === parts && parts !== 3) continue;
    for (let k = 0; k < size / parts; k += 1) {
      for (let part = 1; part < parts; part += 1) {
        const angle = (-2 * Math.PI * ((part * k) % size)) / size;
        weights.push(Math.cos(angle), -Math.sin(angle), Math.sin(angle));
      }
    }
  }
  return weights;
}

/** For every place of a transform in the order of the compiled passes, the frequency that is found there. */
export function fourierOrder(n: number): Uint32Array {
  const places = new Uint32Array(n);
  const [first] = passesOf(n);
  if (first === undefined) return places;
  const rest = fourierOrder(n / first.parts);
  for (let part = 0; part < first.parts; part += 1) {
    rest.forEach((frequency, place) => {
      places[part * rest.length + place] = frequency * first.parts + part;
    });
  }
  return places;
}

/** The discrete Fourier transform of a sequence whose length the compiled transforms take, in double. */
export function spectrumOf(values: ComplexNumbers): ComplexNumbers {
  const n = values.re.length;
  const re = values.re.slice();
  const im = values.im.slice();
  transform({ re, im }, n);
  const sorted = { re: new Float64Array(n), im: new Float64Array(n) };
  fourierOrder(n).forEach((frequency, place) => {
    sorted.re[frequency] = re[place]!;
    sorted.im[frequency] = im[place]!;
  });
  return sorted;
}

/** A spectrum as weights in the order of the compiled transforms, divided by the length as their way back needs it. */
export function weightsOf({ re, im }: ComplexNumbers, length: number): number[] {
  return Array.from(fourierOrder(length), (frequency) => {
    const sine = im[frequency]! / length;
    return [re[frequency]! / length, -sine, sine];
  }).flat();
}

/** One pass after the other over all blocks, in place, as the compiled transforms do it. */
function transform({ re, im }: ComplexNumbers, n: number): void {
  for (const { size, parts } of passesOf(n)) {
    const reach = size / parts;
    const partRe = new Float64Array(parts);
    const partIm = new Float64Array(parts);
    const rootRe = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    const rootIm = Float64Array.from({ length: size }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
    for (let at = 0; at < n; at += 1) {
      if (at % size >= reach) continue;
      for (let part = 0; part < parts; part += 1) {
        partRe[part] = 0;
        partIm[part] = 0;
        for (let other = 0; other < parts; other += 1) {
          const place = at + other * reach;
          const root = (part * (other * reach + (at % size))) % size;
          partRe[part] = partRe[part]! + re[place]! * rootRe[root]! - im[place]! * rootIm[root]!;
          partIm[part] = partIm[part]! + re[place]! * rootIm[root]! + im[place]! * rootRe[root]!;
        }
      }
      for (let part = 0; part < parts; part += 1) {
        re[at + part * reach] = partRe[part]!;
        im[at + part * reach] = partIm[part]!;
      }
    }
  }
}
