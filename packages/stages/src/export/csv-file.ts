import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Table } from '@countroom/records';
import { flatColumns, type TableFileWriter, valueAt } from './table-writer.js';

/** How numbers are written. */
export interface CsvOptions {
  /** Between columns; `;` goes with decimal commas. */
  readonly separator?: ',' | ';' | '\t';
  readonly decimalComma?: boolean;
}

/**
 * A CSV file with a line of names. Missing numbers (NaN) are empty; texts are quoted where needed, and those that a
 * spreadsheet could take for a formula get a quote in front. Throws a RangeError when separator and decimal mark are the
 * same.
 */
export function csvFile(path: string, options: CsvOptions = {}): TableFileWriter {
  const { separator = ',', decimalComma = false } = options;
  if (decimalComma && separator === ',')
    throw new RangeError('decimal commas need another separator: semicolon or tab');
  const temporary = `${path}.${process.pid}.new`;
  const descriptor = openSync(temporary, 'w');
  let begun = false;
  const cell = (value: number | bigint | boolean | string): string => {
    if (typeof value === 'number') {
      const text = Number.isNaN(value) ? '' : String(value);
      return decimalComma ? text.replace('.', ',') : text;
    }
    if (typeof value !== 'string') return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return {
    append: (rows: Table) => {
      const columns = flatColumns(rows);
      const lines: string[] = [];
      if (!begun) lines.push(columns.map(({ name }) => cell(name)).join(separator));
      begun = true;
      for (let row = 0; row < rows.rows; row++)
        lines.push(columns.map((column) => cell(shortened(column, valueAt(column, row)))).join(separator));
      if (lines.length > 0) writeSync(descriptor, `${lines.join('\n')}\n`);
    },
    close: () => {
      closeSync(descriptor);
      renameSync(temporary, path);
    },
    abort: () => {
      closeSync(descriptor);
      rmSync(temporary, { force: true });
    },
  };
}

/** A float32 with the digits that it has. */
function shortened(
  { source }: ReturnType<typeof flatColumns>[number],
  value: number | bigint | boolean | string,
): number | bigint | boolean | string {
  const single = source.kind === 'array' && source.dtype === 'float32' && typeof value === 'number';
  return single && Number.isFinite(value) ? Number(value.toPrecision(8)) : value;
}
