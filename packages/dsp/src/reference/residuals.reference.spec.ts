import { describe, expect, it } from 'vitest';
import { callReference } from '../spec/call-reference.js';
import { kernelOf } from '../spec/kernels.js';

function run(name: string, waveform: readonly number[], ...inputs: readonly (readonly number[])[]) {
  const [first, second] = [new Float64Array(1), new Float64Array(1)];
  const args = [waveform, ...inputs].map((values) => Float64Array.from(values));
  const sizes = { n: waveform.length, m: inputs[0]?.length ?? 0, p: 0, q: 0 };
  return callReference(kernelOf(name)!, [...args, first, second], sizes, {}) ?? [first[0], second[0]];
}

describe('residuals', () => {
  it('of a line have a true average', () => {
    expect(run('linear_slope_residuals', [1, 4, 4, 9], [2], [1])).toEqual([0.5, Math.sqrt(6 / 3)]);
  });

  it('of a polynomial have a true average', () => {
    expect(run('poly_residuals', [1, 3, 7, 15], [1, 1, 1])).toEqual([0.5, Math.sqrt(4 / 3)]);
  });
});

describe('saturation_full_scale', () => {
  it('counts the lowest and the highest code', () => {
    expect(run('saturation_full_scale', [0, 0, 15, 12, 16, 15, 15], [4])).toEqual([2, 3]);
  });

  it('wants a number of bits', () => {
    expect(run('saturation_full_scale', [1], [0])).toMatch(/bit_depth_in must be between 1 and 53/);
  });
});
