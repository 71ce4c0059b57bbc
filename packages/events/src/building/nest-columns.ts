import type { DataObject, Table } from '@countroom/records';
import { EventError } from '../errors.js';

/** Fields `a___b___c` as column c of table b of table a. Throws an EventError when a field is also a table. */
export function nestColumns(
  fields: ReadonlyMap<string, DataObject>,
  rows: number,
): ReadonlyMap<string, DataObject> {
  const top = new Map<string, DataObject>();
  for (const [name, column] of fields) {
    const parts = name.split('___');
    const last = parts.pop()!;
    let level = top;
    for (const part of parts) {
      const known = level.get(part);
      if (known !== undefined && known.kind !== 'table') {
        throw new EventError(
          `outputs: ${part} is a field and also holds fields (${name}); rename one of them`,
        );
      }
      const columns = new Map(known?.columns);
      const table: Table = { kind: 'table', rows, columns, attrs: {} };
      level.set(part, table);
      level = columns;
    }
    level.set(last, column);
  }
  return top;
}
