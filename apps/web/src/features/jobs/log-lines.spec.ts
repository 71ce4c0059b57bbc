import type { JobLogLine } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { byAttempt, completeUntil, mergeLines } from './log-lines';

function line(sequence: number, attempt = 1): JobLogLine {
  return { sequence, attempt, at: '2026-03-01T12:00:00.000Z', level: 'info', text: `line ${sequence}` };
}
const sequences = (lines: readonly JobLogLine[]): number[] => lines.map((each) => each.sequence);

describe('mergeLines', () => {
  it('adds what comes after, and takes nothing twice', () => {
    expect(sequences(mergeLines([line(1), line(2)], [line(3)]))).toEqual([1, 2, 3]);
    expect(sequences(mergeLines([line(1), line(2)], [line(2), line(3)]))).toEqual([1, 2, 3]);
  });

  it('puts read lines before a live one that overtook them', () => {
    expect(sequences(mergeLines([line(9)], [line(1), line(2)]))).toEqual([1, 2, 9]);
  });

  it('gives the same list when nothing came, so that nothing is drawn anew', () => {
    const known = [line(1)];
    expect(mergeLines(known, [])).toBe(known);
  });
});

describe('completeUntil', () => {
  it('is where the first gap begins', () => {
    expect(completeUntil([], 0)).toBe(0);
    expect(completeUntil([line(1), line(2), line(5)], 0)).toBe(2);
    expect(completeUntil([line(4)], 0)).toBe(0);
  });

  it('does not ask for ever for lines that the server does not have', () => {
    expect(completeUntil([line(1), line(4), line(5)], 4)).toBe(5);
    expect(completeUntil([line(1), line(4), line(7)], 4)).toBe(4);
  });
});

describe('byAttempt', () => {
  it('keeps the log of each try', () => {
    const groups = byAttempt([line(1), line(2), line(3, 2)]);
    expect(groups.map((group) => [group.attempt, sequences(group.lines)])).toEqual([
      [1, [1, 2]],
      [2, [3]],
    ]);
  });
});
