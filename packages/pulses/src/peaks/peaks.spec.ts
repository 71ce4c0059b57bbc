import { describe, expect, it } from 'vitest';
import { findDecay } from './decay-time.js';
import { findPeaks } from './find-peaks.js';
import { spectrumFilter } from './spectrum-filter.js';

const any = { prominence: 0, distance: 1, width: 0 };
const places = (record: number[], limits = any): number[] =>
  findPeaks(record, limits).map(({ position }) => position);

/** A quiet record at −480 mV with triangles of 40 samples' width. */
function record(...pulses: [place: number, height: number][]): Float64Array {
  const values = new Float64Array(1000).fill(-480);
  for (const [place, height] of pulses) {
    for (let i = -20; i <= 20; i++)
      values[place + i] = Math.max(values[place + i]!, -480 + height * (1 - Math.abs(i) / 20));
  }
  return values;
}

describe('peaks', () => {
  it('are local maxima, the middle of flat tops, and never at the ends', () => {
    expect(places([5, 1, 2, 1, 3, 3, 3, 1, 4])).toEqual([2, 5]);
    expect(places([])).toEqual([]);
    expect(places([1, 1, 1])).toEqual([]);
  });
  it('stand out, are wide enough, and keep their distance from higher ones', () => {
    const values = [0, 5, 3, 4, 0, 0, 9, 0];
    expect(places(values, { ...any, prominence: 2 })).toEqual([1, 6]);
    expect(places(values, { ...any, distance: 3 })).toEqual([1, 6]);
    expect(places(values, { ...any, width: 1.2 })).toEqual([1]);
    const [, peak] = findPeaks([0, 0, 4, 0, 2, 8, 2, 0], any);
    expect(peak).toMatchObject({ position: 5, prominence: 8, width: expect.closeTo(4 / 3, 9) as number });
  });
});

describe('spectrum filter', () => {
  const config = {
    sample_time_ns: 4,
    analogue_offset: -0.48,
    pre_trigger_samples: 100,
    trigger_channel: 'A',
  };
  it('takes the pulses that belong to the trigger', () => {
    const found = spectrumFilter(
      [record([102, 200], [600, 300]), record([104, 80])],
      ['chA', 'chB'],
      config,
    )!;
    expect(found.map(({ position, height }) => [position, height])).toEqual([
      [102, 200],
      [104, 80],
    ]);
    expect(found[0]!.integral).toBeCloseTo((200 * 15 * 4e-9) / 250, 10);
  });
  it('drops events without a pulse on the trigger channel, unless there is none', () => {
    const records = [record(), record([100, 80])];
    expect(spectrumFilter(records, ['chA', 'chB'], config)).toBeUndefined();
    const untriggered = { ...config, trigger_channel: 'EXT' };
    expect(spectrumFilter(records, ['chA', 'chB'], untriggered)?.[1]?.height).toBe(80);
  });
});

describe('decay', () => {
  const config = {
    analogue_offset: -0.48,
    sample_time_ns: 4,
    signatures: [
      [
        ['+', '-'],
        ['+', '-'],
      ],
      [
        ['+', '-'],
        ['-', '+'],
      ],
    ] as never,
  };
  it('is two groups of pulses that fit a signature', () => {
    expect(findDecay([record([100, 200]), record([500, 60])], config)).toMatchObject({
      signature: 1,
      decayTime: 1600,
      first: [{ height: 200, position: 100 }, { height: 0 }],
      second: [{ height: 0 }, { height: 60, position: 500 }],
    });
  });
  it('is none with one group, small pulses, or another signature', () => {
    expect(findDecay([record([100, 200]), record([105, 200])], config)).toBeUndefined();
    expect(findDecay([record([100, 60]), record([500, 60])], config)).toBeUndefined();
    expect(findDecay([record([100, 200], [500, 90]), record([500, 90])], config)).toBeUndefined();
  });
  it('gives a group one peak of each channel, so that a second one close by makes the next group', () => {
    const all = [[['+'], ['+']]] as never;
    const found = findDecay([record([100, 200], [115, 150])], {
      ...config,
      peak_minimal_width: 3,
      signatures: all,
    });
    expect(found).toMatchObject({ decayTime: 60, first: [{ position: 100 }], second: [{ position: 115 }] });
  });
  it('scales what is held against the limits, and nothing else', () => {
    const records = [record([100, 200]), record([500, 60])];
    const scaled = findDecay(records, { ...config, scaling: [1, 2] })!;
    expect(scaled.second).toEqual(findDecay(records, config)!.second);
    expect(findDecay(records, { ...config, scaling: [1, 0.5] })).toBeUndefined();
    expect(findDecay(records, { ...config, scaling: [0.4, 1] })).toBeUndefined();
  });
  it('sums a pulse as far as 10 mV above the offset, or to the valley beside it', () => {
    const alone = findDecay([record([100, 200]), record([500, 60])], config)!;
    expect(alone.first[0]!.integral).toBeCloseTo(200 * 20 - 10, 9);
    const values = record([100, 200], [130, 99]);
    for (let i = 100; i <= 130; i++) values[i] = Math.max(values[i]!, -440);
    const found = findDecay([values], { ...config, signatures: [[['+'], ['+']]] as never })!;
    expect(found.second[0]!.integral).toBeCloseTo(
      values.slice(118, 148).reduce((sum, value) => sum + value + 480, 0),
      9,
    );
  });
  it('can be asked for more than two groups', () => {
    const rows = [['+'], ['+'], ['+']];
    const three = { ...config, signatures: [rows] as never };
    expect(findDecay([record([100, 200], [300, 90], [700, 90])], three)?.decayTime).toBe(800);
    expect(findDecay([record([100, 200], [300, 90])], three)).toBeUndefined();
  });
});
