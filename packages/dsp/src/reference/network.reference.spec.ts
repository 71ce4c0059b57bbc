import { describe, expect, it } from 'vitest';
import { callKernel, numbers, result } from '../testing/call-kernel.js';

const nan = Number.NaN;
const kernel = [
  [1, 10],
  [2, -20],
];

describe('dense_layer_no_bias', () => {
  it('multiplies by the matrix, row by row, and applies the activation', () => {
    expect(numbers('dense_layer_no_bias', { x_in: [3, 1], kernel, activation_func: 'r' })).toEqual([5, 10]);
    expect(numbers('dense_layer_no_bias', { x_in: [1, 1], kernel, activation_func: 'l' })).toEqual([3, -0.1]);
  });

  it('is NaN for NaN and for an unknown activation', () => {
    expect(numbers('dense_layer_no_bias', { x_in: [3, nan], kernel, activation_func: 'r' })).toEqual([
      nan,
      nan,
    ]);
    expect(numbers('dense_layer_no_bias', { x_in: [3, 1], kernel, activation_func: 'x' })).toEqual([
      nan,
      nan,
    ]);
  });
});

describe('dense_layer_with_bias', () => {
  it('adds the bias before the activation', () => {
    const inputs = { x_in: [1, 1], kernel, bias: [0.5, 11], activation_func: 'r' };
    expect(numbers('dense_layer_with_bias', inputs)).toEqual([3.5, 1]);
    expect(numbers('dense_layer_with_bias', { ...inputs, bias: [nan, 0] })).toEqual([nan, nan]);
  });
});

describe('classification_layer_no_bias', () => {
  it('gives one number', () => {
    const inputs = { x_in: [1, 2], kernel: [0.5, -0.25] };
    expect(result('classification_layer_no_bias', { ...inputs, activation_func: 's' })).toBe(0.5);
    expect(result('classification_layer_no_bias', { ...inputs, activation_func: 'm' })).toBe(Math.log(2));
  });
});

describe('classification_layer_with_bias', () => {
  it('adds the bias before the activation', () => {
    const inputs = { x_in: [1, 2], kernel: [0.5, -0.25], bias: 1, activation_func: 't' };
    expect(result('classification_layer_with_bias', inputs)).toBe(Math.tanh(1));
    expect(result('classification_layer_with_bias', { ...inputs, bias: nan })).toBeNaN();
  });
});

describe('normalisation_layer', () => {
  it('takes the mean away and divides by the deviation, number by number', () => {
    const inputs = { x_in: [5, nan, 3], means: [1, 1, 3], variances: [4, 4, 0] };
    expect(numbers('normalisation_layer', inputs)).toEqual([2, nan, nan]);
    expect(numbers('normalisation_layer', { x_in: [], means: [], variances: [] })).toEqual([]);
  });
});

describe('activation functions', () => {
  const x_in = [-2, 0, 3, nan];
  it.each([
    ['relu', [0, 0, 3, nan]],
    ['leaky_relu', [-0.02, 0, 3, nan]],
    ['sigmoid', [1 / (1 + Math.exp(2)), 0.5, 1 / (1 + Math.exp(-3)), nan]],
    ['softmax', [Math.log1p(Math.exp(-2)), Math.log(2), Math.log1p(Math.exp(3)), nan]],
  ])('%s works number by number', (name, expected) => {
    expect(callKernel(name, { x_in })['x_out']).toEqual(expected);
  });
});
