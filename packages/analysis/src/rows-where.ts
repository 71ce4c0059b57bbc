/** The rows below `count` for which something holds, ascending: without an array of all rows, or a copy of a column. */
export function rowsWhere(count: number, holds: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (holds(row)) rows.push(row);
  return rows;
}
