import { describe, expect, it } from 'vitest';
import { processPath, readRuns, runsText } from './process-path';

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
