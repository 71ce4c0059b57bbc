import type { TablePreview } from '@countroom/contracts';

type Cell = TablePreview['values'][number][number];
type Column = TablePreview['columns'][number];

const digits = 7;

/** A value of a table as text: floats to seven digits, vectors in brackets. */
export function cellText(cell: Cell): string {
  if (cell === null) return '–';
  if (typeof cell === 'number')
    return Number.isInteger(cell) ? String(cell) : String(Number(cell.toPrecision(digits)));
  if (Array.isArray(cell)) return `[${cell.map(cellText).join(', ')}]`;
  if (typeof cell === 'object') return JSON.stringify(cell);
  return String(cell);
}

/** Columns of one number per row stand at the right. */
export function isNumberColumn(column: Column | undefined): boolean {
  return (
    column !== undefined &&
    column.dtype !== null &&
    column.dtype !== 'string' &&
    /^(array<1>|real)/.test(column.datatype)
  );
}
