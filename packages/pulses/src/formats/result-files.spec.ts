import { describe, expect, it } from 'vitest';
import { readAcceptedFile, readDoubleFile } from './result-files.js';

describe('result files', () => {
  it('are read with second and third pulses', () => {
    const text = [
      '# EvNr,  EvT, ...',
      '7, 1.500, 0.090, 0.000, 0.000, 0.000',
      '8, 2.000, 0.090, -0.002, 0.080, 0.002, 0.000, 0.000, 0.070, 2.800, 1, 0.060, 5.123',
      '# pulseFilter Summary: ...',
    ].join('\n');
    expect(readAcceptedFile(text, 2)).toEqual([
      { event: 7, time: 1.5, pulses: [{ height: 0.09, time: 0 }, undefined], second: [], third: [] },
      {
        event: 8,
        time: 2,
        pulses: [
          { height: 0.09, time: -0.002 },
          { height: 0.08, time: 0.002 },
        ],
        second: [undefined, { height: 0.07, time: 2.8 }],
        third: [{ channel: 1, height: 0.06, time: 5.123 }],
      },
    ]);
    expect(
      readDoubleFile('# head\n1, 1, 0.83,   0.832, 0.828,   0.121, 0.0741\n3, 2, 1.5,   1.5, 0.05'),
    ).toEqual([
      { accepted: 1, double: 1, tau: 0.83, delays: [0.832, 0.828], heights: [0.121, 0.0741] },
      { accepted: 3, double: 2, tau: 1.5, delays: [1.5], heights: [0.05] },
    ]);
  });
  it('say which line is none', () => {
    expect(() => readAcceptedFile('1, 2, 3\n', 1)).toThrow('line 1 does not have the columns of 1 channels');
    expect(() => readDoubleFile('#\n1, two, 3')).toThrow('line 2 is no list of numbers');
    expect(() => readDoubleFile('1, 2, 3, 4')).toThrow('line 1 does not have a delay and a height');
  });
});
