import type { Table } from '@countroom/records';
import { rowsFile } from './rows-file.js';
import {
  type Cell,
  type FlatColumn,
  flatColumns,
  type RowEncoder,
  type TableFileWriter,
  valueAt,
} from './table-writer.js';

/** How numbers are written. */
export interface CsvOptions {
  /** Between columns; `;` goes with decimal commas. */
  readonly separator?: ',' | ';' | '\t';
  readonly decimalComma?: boolean;
  /** Names with their unit, `energy / keV`. */
  readonly units?: boolean;
}

const encoder = new TextEncoder();

/**
 * The bytes of a CSV file with a line of names. Missing numbers (NaN) are empty; texts are quoted where needed, and those
 * that a spreadsheet could take for a formula get a quote in front. Throws a RangeError when separator and decimal mark
 * are the same.
 */
export function csvRows(options: CsvOptions = {}): RowEncoder {
  const { separator = ',', decimalComma = false, units = false } = options;
  if (decimalComma && separator === ',')
    throw new RangeError('decimal commas need another separator: semicolon or tab');
  let begun = false;
  const cell = (value: Cell): string => {
    if (typeof value === 'number') {
      const text = Number.isNaN(value) ? '' : String(value);
      return decimalComma ? text.replace('.', ',') : text;
    }
    if (typeof value !== 'string') return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return {
    encode: (rows: Table) => {
      const columns = flatColumns(rows, false);
      const lines: string[] = [];
      if (!begun)
        lines.push(columns.map((column) => cell(units ? withUnit(column) : column.name)).join(separator));
      begun = true;
      for (let row = 0; row < rows.rows; row += 1)
        lines.push(columns.map((column) => cell(shortened(column, valueAt(column, row)))).join(separator));
      return encoder.encode(lines.length > 0 ? `${lines.join('\n')}\n` : '');
    },
    end: () => new Uint8Array(0),
  };
}

/** A CSV file of {@link csvRows}. */
export function csvFile(path: string, options: CsvOptions = {}): TableFileWriter {
  return rowsFile(path, csvRows(options));
}

function withUnit({ name, source }: FlatColumn): string {
  const { units } = source.attrs;
  return typeof units === 'string' && units !== '' ? `${name} / ${units}` : name;
}

/** A float32 with the digits that it has. */
function shortened({ source }: FlatColumn, value: Cell): Cell {
  const single = source.kind === 'array' && source.dtype === 'float32' && typeof value === 'number';
  return single && Number.isFinite(value) ? Number(value.toPrecision(8)) : value;
}
