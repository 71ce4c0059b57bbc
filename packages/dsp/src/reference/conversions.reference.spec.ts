import { describe, expect, it } from 'vitest';
import { callReference } from '../spec/call-reference.js';
import type { Numbers } from '../spec/kernel-spec.js';
import { kernelOf } from '../spec/kernels.js';
import type { AnyNumbers } from './any-numbers.js';

const noSizes = { n: 0, m: 0, p: 0, q: 0 };

/** Runs a kernel of numbers on arrays of any type; the last one is the output. */
function onArrays(name: string, ...args: readonly AnyNumbers[]): unknown {
  const fault = callReference(kernelOf(name)!, args as readonly Numbers[], noSizes, {});
  return fault ?? args.at(-1)![0];
}

function ofIntegers(name: string, value: bigint, step: bigint): unknown {
  return onArrays(name, BigInt64Array.of(value), BigInt64Array.of(step), new BigInt64Array(1));
}

describe('rounding to a step', () => {
  it.each([
    ['round_to_nearest', [2.5, 2, -2.5, -2, 0.5]],
    ['floor_to_nearest', [2.5, 1.5, -3, -2, 0.5]],
    ['ceil_to_nearest', [2.5, 2, -2.5, -1.5, 1]],
    ['trunc_to_nearest', [2.5, 1.5, -2.5, -1.5, 0.5]],
  ])('%s', (name, expected) => {
    [2.5, 1.75, -2.6, -1.75, 0.6].forEach((value, i) => {
      const args = [Float64Array.of(value), Float64Array.of(0.5), new Float64Array(1)];
      expect(onArrays(name, ...args)).toBe(expected[i]);
    });
  });

  it('rounds halves to even', () => {
    for (const [value, rounded] of [
      [0.5, 0],
      [1.5, 2],
      [-0.5, -0],
      [2.5, 2],
    ] as const)
      expect(
        onArrays('round_to_nearest', Float64Array.of(value), Float64Array.of(1), new Float64Array(1)),
      ).toBe(rounded);
  });

  it('is exact for 64-bit integers', () => {
    const big = 2n ** 62n + 6n;
    expect(ofIntegers('round_to_nearest', big, 4n)).toBe(2n ** 62n + 8n);
    expect(ofIntegers('round_to_nearest', -big, 4n)).toBe(-(2n ** 62n) - 8n);
    expect(ofIntegers('round_to_nearest', 2n ** 62n + 2n, 4n)).toBe(2n ** 62n);
    expect(ofIntegers('floor_to_nearest', -5n, 4n)).toBe(-8n);
    expect(ofIntegers('ceil_to_nearest', -5n, 4n)).toBe(-4n);
    expect(ofIntegers('trunc_to_nearest', -5n, 4n)).toBe(-4n);
    expect(ofIntegers('trunc_to_nearest', 5n, 0n)).toBe(0n);
  });
});

describe('positions on another grid', () => {
  const ratio = [Float64Array.of(3), Float64Array.of(1.5), Float64Array.of(0.125)] as const;

  it.each([
    ['convert', 0.125],
    ['convert_round', 0],
    ['convert_floor', 0],
    ['convert_ceil', 1],
    ['convert_trunc', 0],
  ])('%s', (name, expected) => {
    expect(onArrays(name, Float64Array.of(10), ...ratio, new Float64Array(1))).toBe(expected);
    expect(onArrays(name, Float64Array.of(Number.NaN), ...ratio, new Float64Array(1))).toBeNaN();
  });

  it('convert_int wants a whole number', () => {
    const tenth = [Float64Array.of(0), Float64Array.of(0), Float64Array.of(0.1)] as const;
    expect(onArrays('convert_int', Int32Array.of(30), ...tenth, new Int32Array(1))).toBe(3);
    expect(onArrays('convert_int', Int32Array.of(31), ...tenth, new Int32Array(1))).toMatch(
      /buf_in is not a whole/,
    );
  });
});

describe('elements', () => {
  const a_in = [5, 6, Number.NaN, 8];
  const element = (i: number) => {
    const out = new Float64Array(1);
    const args = [Float64Array.from(a_in), Float64Array.of(i), out];
    return callReference(kernelOf('get')!, args, { ...noSizes, n: 4 }, {}) ?? out[0];
  };

  it('get counts from both ends and refuses what is not there', () => {
    expect([0, 3, -1, -4].map(element)).toEqual([5, 8, 8, 5]);
    expect(element(2)).toBeNaN();
    expect(element(4)).toMatch(/outside of the array/);
    expect(element(-5)).toMatch(/outside of the array/);
  });

  it('get_default answers for what is not there and for NaN', () => {
    const found = (i: number) => {
      const args = [Float64Array.from(a_in), Float64Array.of(i), Float64Array.of(-1), new Float64Array(1)];
      return onArrays('get_default', ...args);
    };
    expect([0, -1, 2, 4, -5, Number.NaN].map(found)).toEqual([5, 8, -1, -1, -1, -1]);
  });

  it('are whole complex numbers', () => {
    const out = new Float32Array(2);
    const fault = callReference(
      kernelOf('get')!,
      [Float32Array.of(1, 2, 3, 4), Float64Array.of(-1), out],
      { ...noSizes, n: 2 },
      {},
    );
    expect([fault, ...out]).toEqual([undefined, 3, 4]);
  });

  it('where does not look at what it does not choose', () => {
    const choose = (condition: number) =>
      onArrays(
        'where',
        Uint8Array.of(condition),
        Float64Array.of(3),
        Float64Array.of(Number.NaN),
        new Float64Array(1),
      );
    expect(choose(1)).toBe(3);
    expect(choose(0)).toBeNaN();
  });
});
