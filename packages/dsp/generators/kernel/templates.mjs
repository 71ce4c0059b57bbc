/** The plain definition, one waveform at a time. */
export function referenceSource({ camel }) {
  return `import type { Numbers } from '../spec/kernel-spec.js';

/** Every sample times a factor. */
export function ${camel}(wIn: Numbers, factor: Numbers, wOut: Numbers): number {
  for (let i = 0; i < wIn.length; i += 1) wOut[i] = wIn[i]! * factor[0]!;
  return 0;
}
`;
}

/** A test of the definition with all rules around it. */
export function testSource({ name, file, camel }) {
  return `import { describe, expect, it } from 'vitest';
import { callReference } from '../spec/call-reference.js';
import { ${camel}Kernel } from '../spec/${file}.js';

function run(waveform: readonly number[], factor: number): Float64Array | string {
  const out = new Float64Array(waveform.length);
  const sizes = { n: waveform.length, m: 0, p: 0, q: 0 };
  const args = [Float64Array.from(waveform), Float64Array.of(factor), out];
  return callReference(${camel}Kernel, args, sizes, {}) ?? out;
}

describe('${name}', () => {
  it('multiplies every sample', () => {
    expect(run([1, -2, 3], 2)).toEqual(Float64Array.of(2, -4, 6));
  });

  it('is NaN for a waveform with a NaN', () => {
    expect(run([1, Number.NaN], 2)).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });
});
`;
}

/** The entry of the specification. */
export function specSource({ name, file, camel, compiled }) {
  return `import { ${camel} } from '../reference/${file}.reference.js';
import { kernel } from './kernel-spec.js';

/** Every sample times a factor. */
export const ${camel}Kernel = kernel({
  name: '${name}',
  signature: '(n),()->(n)',
  types: ['ff->f', 'dd->d'],
  args: [
    { name: 'w_in', doc: 'waveform', unit: 'amplitude' },
    { name: 'factor', doc: 'what every sample is multiplied by' },
    { name: 'w_out', doc: 'result', unit: 'amplitude', output: true },
  ],
  doc: 'y_i = factor x_i.',
  nan: 'propagate',
  tolerance: 'A',
  compiled: ${String(compiled)},
  reference: ${camel},
});
`;
}

/** The compiled form: four waveforms side by side, with and without vector instructions. */
export function assemblySource({ name }) {
  return `import { halves, LANES, laneBits, status, stride } from './lanes';

/** Lane by lane; for builds without vector instructions. */
function lanes<T>(n: i32, wIn: usize, factor: usize, wOut: usize): i32 {
  let nan = 0;
  for (let lane = 0; lane < LANES; lane++) {
    const at = <usize>lane * sizeof<T>();
    const f = load<T>(factor + at);
    let bad = false;
    for (let i: usize = 0; i < <usize>n; i++) {
      const y = <T>(load<T>(wIn + at + i * stride<T>()) * f);
      store<T>(wOut + at + i * stride<T>(), y);
      bad = bad || y != y;
    }
    if (bad) nan |= 1 << lane;
  }
  return status(0, nan, 0);
}

function vectors<T>(n: i32, wIn: usize, factor: usize, wOut: usize): i32 {
  let nan = 0;
  for (let h = 0; h < halves<T>(); h++) {
    const at = <usize>h * 16;
    const f = v128.load(factor + at);
    let bad = i32x4.splat(0);
    for (let i: usize = 0; i < <usize>n; i++) {
      const y = v128.mul<T>(v128.load(wIn + at + i * stride<T>()), f);
      v128.store(wOut + at + i * stride<T>(), y);
      bad = v128.or(bad, v128.ne<T>(y, y));
    }
    nan |= laneBits<T>(bad, h);
  }
  return status(0, nan, 0);
}

export function ${name}<F>(n: i32, wIn: usize, factor: usize, wOut: usize): i32 {
  if (ASC_FEATURE_SIMD) return vectors<F>(n, wIn, factor, wOut);
  return lanes<F>(n, wIn, factor, wOut);
}
`;
}
