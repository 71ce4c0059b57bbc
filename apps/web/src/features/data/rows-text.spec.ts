import type { TablePreview } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { jsonLines, savedColumns } from './rows-text';

function column(
  name: string,
  datatype: string,
  units: string | null = null,
): TablePreview['columns'][number] {
  return { name, datatype, dtype: 'float64', units, plottable: true };
}
const columns = [column('energy', 'array<1>{real}', 'keV'), column('note', 'array<1>{string}')];

describe('saved rows', () => {
  it('leave out columns whose values are cut', () => {
    expect(
      savedColumns([
        ...columns,
        column('trace', 'array<2>{real}'),
        column('hits', 'array<1>{array<1>{real}}'),
      ]),
    ).toEqual([0, 1]);
  });

  it('are objects by column in JSON', () => {
    const text = jsonLines(columns, [
      [1, 'x'],
      ['NaN', null],
    ]);
    expect(JSON.parse(`[${text}]`)).toEqual([
      { energy: 1, note: 'x' },
      { energy: 'NaN', note: null },
    ]);
  });
});
