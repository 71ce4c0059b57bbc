import { describe, expect, it } from 'vitest';
import { columnOf, cutsOf, planeOf, queryOf } from './skim-query';

const counts = { entries: 9, below: 1, above: 2, nan: 3, mean: 1, stdev: 2 };
const axis = { expression: 'hit.a / 2', units: 'keV', bins: 2, min: 0, max: 4 };

describe('the form of a query', () => {
  it('reads cuts line by line, and what is added by "or"', () => {
    expect(cutsOf(' hit.e > 5 \n\nor evt.n == 1\norder > 2')).toEqual([
      'hit.e > 5',
      { cut: 'evt.n == 1', join: 'append' },
      'order > 2',
    ]);
  });

  it('leaves out what is not asked for', () => {
    const form = {
      rows: 'hits',
      columns: ['hit.e'],
      cuts: '',
      channels: [],
      keep: 'passing',
      sample: null,
    } as const;
    expect(queryOf(form)).toEqual({ rows: 'hits', columns: ['hit.e'] });
    expect(queryOf({ ...form, cuts: 'hit.e > 1', channels: ['ch1'], keep: 'events', sample: 10 })).toEqual({
      rows: 'hits',
      columns: ['hit.e'],
      cuts: ['hit.e > 1'],
      tables: ['ch1'],
      keep: 'events',
      sample: { rows: 10 },
    });
  });

  it('gives counts to the plots of columns', () => {
    expect(columnOf({ ...counts, axes: [axis], counts: [4, 5] })).toMatchObject({
      path: 'hit.a ∕ 2',
      underflow: 1,
      overflow: 2,
      bins: 2,
    });
    const up = { ...axis, expression: 'evt.n', units: null };
    expect(planeOf({ ...counts, axes: [up, axis], counts: [1, 2, 3, 4] })).toMatchObject({
      x: { column: 'hit.a ∕ 2' },
      y: { column: 'evt.n' },
      bins: 2,
      outside: 2,
      counts: [1, 2, 3, 4],
    });
  });
});
