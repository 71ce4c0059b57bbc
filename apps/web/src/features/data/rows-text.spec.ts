import type { TablePreview } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { csvHead, csvLines, jsonLines, savedColumns } from './rows-text';

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

  it('keep every digit and quote what would break a line', () => {
    expect(csvHead(columns)).toBe('energy / keV,note\n');
    expect(
      csvLines([
        [0.1 + 0.2, 'a "b", c'],
        ['9223372036854775807', null],
      ]),
    ).toBe('0.30000000000000004,"a ""b"", c"\n9223372036854775807,\n');
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
