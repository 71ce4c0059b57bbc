import type { TablePreview } from '@countroom/contracts';

type Column = TablePreview['columns'][number];
type Cell = TablePreview['values'][number][number];

/** Columns that have one value per row: vectors are cut in what the server shows, and would be cut in a saved file. */
export function savedColumns(columns: readonly Column[]): readonly number[] {
  return columns.flatMap(({ datatype }, index) =>
    /^(array<1>\{(real|bool|string|enum)|real|bool|string)/.test(datatype) ? [index] : [],
  );
}

/** Rows as JSON objects, one per line and between them commas. */
export function jsonLines(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  return rows
    .map((cells) =>
      JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null]))),
    )
    .join(',\n');
}
