import { describe, expect, it } from 'vitest';
import { processPath, readRuns, runsOfText, runsText } from './process-path';

const runs = [
  { detector: 'demo', number: 3 },
  { detector: 'th-228_b', number: 0 },
];

describe('runs in the address', () => {
  it('come back as they were written', () => {
    expect(readRuns(runsText(runs))).toEqual(runs);
    const search = new URL(processPath(runs), 'http://localhost').searchParams;
    expect(readRuns(search.get('runs'))).toEqual(runs);
  });

  it('stand there once, and only when they name a run', () => {
    expect(readRuns('demo/3,demo/3,demo,/4,demo/x,../1,demo/-1')).toEqual([{ detector: 'demo', number: 3 }]);
    expect(readRuns(null)).toEqual([]);
  });
});

describe('runs by their numbers', () => {
  it('are named one by one and in stretches', () => {
    expect(runsOfText('demo', '5, 7-9')).toEqual(
      [5, 7, 8, 9].map((number) => ({ detector: 'demo', number })),
    );
    expect(runsOfText('demo', '')).toEqual([]);
    expect(runsOfText('demo', 'five')).toBe('five is no number of a run; write 3, 7, 12-15');
    expect(runsOfText('demo', '1-5000')).toBe('at most 1000 runs can be named');
  });
});
