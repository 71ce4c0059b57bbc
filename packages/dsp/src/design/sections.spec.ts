import { describe, expect, it } from 'vitest';
import { settledFilter, settledSections } from '../reference/recursive-filter.reference.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { filterTypes } from './analog-prototypes.js';
import { bandTypes, coefficientsOf, designRoots, type IirRequest } from './iir-design.js';
import { doubtOf, sectionsOf } from './sections.js';

const ripple = { pass: 0.5, stop: 45 };

function edgesOf(band: IirRequest['band']): readonly number[] {
  return band.startsWith('band') ? [0.15, 0.4] : [0.2];
}

const requests = filterTypes.flatMap((type) =>
  bandTypes.flatMap((band) =>
    [1, 2, 3, 4, 5, 6].map((order): IirRequest => ({ type, band, order, edges: edgesOf(band), ripple })),
  ),
);

const wave = Float64Array.from(exampleWaveform(600, 3));

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('sections of second order', () => {
  it.each(requests)('are the same filter as one recursion: $type $band of order $order', (request) => {
    const roots = designRoots(request);
    const { a, b } = coefficientsOf(roots);
    const sections = sectionsOf(roots)!;
    expect(sections).toHaveLength(Math.ceil(roots.poles.length / 2));
    const [one, other] = [new Float64Array(wave.length), new Float64Array(wave.length)];
    const numbers = [a, b, [sum(a) / sum(b)]].map((list) => Float64Array.from(list));
    settledFilter(wave, numbers[0]!, numbers[1]!, numbers[2]!, one);
    settledSections(wave, Float64Array.from(sections.flat()), Float64Array.of(roots.gain), other);
    const largest = Math.max(...one.map(Math.abs));
    const difference = Math.max(...one.map((value, i) => Math.abs(value - other[i]!)));
    expect(difference / largest).toBeLessThan(1e-14 + doubtOf(b, roots.poles));
  });

  it('have zeros that need no multiplication where the family has them there', () => {
    const zerosOf = (band: IirRequest['band']) =>
      sectionsOf(designRoots({ type: 'butter', band, order: 4, edges: edgesOf(band), ripple }))!.map(
        ([c1, c2]) => [c1, c2],
      );
    expect(zerosOf('lowpass')).toEqual([
      [2, 1],
      [2, 1],
    ]);
    expect(zerosOf('highpass')).toEqual([
      [-2, 1],
      [-2, 1],
    ]);
    expect(zerosOf('bandpass')).toEqual(Array.from({ length: 4 }, () => [0, -1]));
    expect(zerosOf('bandstop').map(([, c2]) => c2)).toEqual([1, 1, 1, 1]);
  });

  it('differ from one recursion where its rounded coefficients no longer say where the poles are', () => {
    const doubtAt = (edge: number) => {
      const roots = designRoots({ type: 'butter', band: 'lowpass', order: 6, edges: [edge], ripple });
      return doubtOf(coefficientsOf(roots).b, roots.poles);
    };
    expect(doubtAt(0.3)).toBeLessThan(1e-11);
    expect(doubtAt(0.003)).toBeGreaterThan(1e-3);
  });
});
