/** Complex numbers, real and imaginary parts apart. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function smallestFactor(n: number): number {
  for (let factor = 2; factor * factor <= n; factor += 1) if (n % factor === 0) return factor;
  return n;
}

/** Parts `start`, `start + step`, … of the input, transformed. `roots` are those of the whole length. */
function transform(input: Complex, roots: Complex, start: number, step: number): Complex {
  const total = input.re.length;
  const n = total / step;
  const result = { re: new Float64Array(n), im: new Float64Array(n) };
  if (n === 1) {
    result.re[0] = input.re[start]!;
    result.im[0] = input.im[start]!;
    return result;
  }
  const parts = smallestFactor(n);
  const size = n / parts;
  for (let part = 0; part < parts; part += 1) {
    const { re, im } = transform(input, roots, start + part * step, step * parts);
    for (let k = 0; k < n; k += 1) {
      const a = re[k % size]!;
      const b = im[k % size]!;
      const phase = ((k * part) % n) * step;
      result.re[k] = result.re[k]! + a * roots.re[phase]! - b * roots.im[phase]!;
      result.im[k] = result.im[k]! + a * roots.im[phase]! + b * roots.re[phase]!;
    }
  }
  return result;
}

/**
 * Discrete Fourier transform of any length, unnormalised: split by the smallest prime factor, transform the parts,
 * combine (Cooley and Tukey). A prime length is the plain definition.
 */
export function fourier(input: Complex): Complex {
  const n = input.re.length;
  const roots = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let i = 0; i < n; i += 1) {
    roots.re[i] = Math.cos((2 * Math.PI * i) / n);
    roots.im[i] = -Math.sin((2 * Math.PI * i) / n);
  }
  return transform(input, roots, 0, 1);
}
