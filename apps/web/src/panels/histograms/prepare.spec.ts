import type { HistogramsFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { decodeHistograms, steps } from './prepare';

const one: HistogramsFrame['histograms'][number] = {
  consumer: 'filter',
  name: 'tau',
  title: 'tau',
  unit: 'µs',
  min: 0,
  max: 4,
  bins: 2,
  logarithmic: true,
  entries: 5,
  underflow: 0,
  overflow: 1,
  mean: 1.2345,
  sigma: null,
  offset: 1,
  length: 2,
};

describe('histograms', () => {
  it('name their unit once, and a single entry', () => {
    const header = { run: 1, histograms: [{ ...one, title: 'tau (µs)', entries: 1 }] };
    const [found] = decodeHistograms(header, Float32Array.of(9, 3, 1).buffer);
    expect(found).toMatchObject({
      title: 'filter: tau',
      text: expect.stringMatching(/^1 entry, /) as string,
    });
  });

  it('come out of the payload with their moments', () => {
    const payload = Float32Array.of(9, 3, 1).buffer;
    const [found, ...none] = decodeHistograms({ run: 1, histograms: [one, { ...one, offset: 2 }] }, payload);
    expect(none).toEqual([]);
    expect(found).toMatchObject({ key: 'filter/tau', text: '5 entries, mean 1.23 µs, sigma –, 1 outside' });
    expect(steps(found!, 0.5)).toEqual([
      [0, 3],
      [2, 1],
      [4, 1],
    ]);
  });
});
