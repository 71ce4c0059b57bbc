import { describe, expect, it } from 'vitest';
import { isNumber, readDelimited } from './delimited';

describe('columns of a text', () => {
  it('are named by the first row, or by the last comment that fits', () => {
    expect(readDelimited(['counter\ttimestamp', '1\t2.5', '2\t3e-9'])).toMatchObject({
      separator: '\t',
      head: ['counter', 'timestamp'],
      rows: [
        ['1', '2.5'],
        ['2', '3e-9'],
      ],
    });
    const logged = readDelimited([
      '# PhyPiDAQ  211126',
      '#   interval 1',
      '# A:U(V);B:I(A)',
      '1,5;2',
      '3;nan',
    ]);
    expect(logged).toMatchObject({
      separator: ';',
      head: ['A:U(V)', 'B:I(A)'],
      rows: [
        ['1,5', '2'],
        ['3', 'nan'],
      ],
    });
    expect(logged?.comments).toHaveLength(3);
    expect(readDelimited(['# EvNr,  EvT,   V(1),  T(1), ..., V(NC), T(NC) ', '1, 2, 3, 4'])).toMatchObject({
      head: ['EvNr', 'EvT', 'V(1)', 'T(1)'],
      rows: [['1', '2', '3', '4']],
    });
  });
  it('keep what stands in quotes together', () => {
    expect(readDelimited(['"a, ""b""",1', 'c,2'])?.rows).toEqual([
      ['a, "b"', '1'],
      ['c', '2'],
    ]);
  });
  it('are none in prose, and of nothing', () => {
    expect(readDelimited(['run began', 'one, two', ''])).toBeUndefined();
    expect(readDelimited(['# only a comment, with two parts'])).toBeUndefined();
    expect(readDelimited([])).toBeUndefined();
  });
  it('are numbers or words', () => {
    expect(['1', '-1.5e-9', '1,5', '.5', 'nan', '-inf'].every(isNumber)).toBe(true);
    expect(['', '1 V', 'a', '1.2.3', '-'].some(isNumber)).toBe(false);
  });
});
