import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Dtype, Table } from '@countroom/records';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { type FlatColumn, flatColumns, type TableFileWriter, valueAt } from './table-writer.js';

const whole = (name: string, convertedType: string, type: 'INT32' | 'INT64' = 'INT32'): SchemaElement =>
  ({ name, type, converted_type: convertedType, repetition_type: 'REQUIRED' }) as SchemaElement;

/** How numbers of a dtype are kept in Parquet. */
const elements: Readonly<Record<Dtype, (name: string) => SchemaElement>> = {
  bool: (name) => ({ name, type: 'BOOLEAN', repetition_type: 'REQUIRED' }),
  int8: (name) => whole(name, 'INT_8'),
  uint8: (name) => whole(name, 'UINT_8'),
  int16: (name) => whole(name, 'INT_16'),
  uint16: (name) => whole(name, 'UINT_16'),
  int32: (name) => whole(name, 'INT_32'),
  uint32: (name) => whole(name, 'UINT_32'),
  int64: (name) => whole(name, 'INT_64', 'INT64'),
  uint64: (name) => whole(name, 'UINT_64', 'INT64'),
  float32: (name) => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' }),
  float64: (name) => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' }),
};

function elementOf({ name, source }: FlatColumn): SchemaElement {
  if (source.kind === 'strings')
    return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' };
  return elements[source.dtype](name);
}

/**
 * An Apache Parquet file (snappy, a row group per block). Units of columns are kept in the file's metadata as
 * `units.<column>`. Missing numbers stay NaN.
 */
export function parquetFile(path: string): TableFileWriter {
  const temporary = `${path}.${process.pid}.new`;
  const descriptor = openSync(temporary, 'w');
  const bytes = new ByteWriter();
  let writer: ParquetWriter | undefined;
  const flush = (): void => {
    if (bytes.index > 0) writeSync(descriptor, new Uint8Array(bytes.buffer, 0, bytes.index));
    bytes.index = 0;
  };
  const begin = (columns: readonly FlatColumn[]): ParquetWriter =>
    new ParquetWriter({
      writer: bytes,
      schema: [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)],
      kvMetadata: columns.flatMap(({ name, source }) => {
        const { units } = source.attrs;
        return typeof units === 'string' ? [{ key: `units.${name}`, value: units }] : [];
      }),
      createdBy: 'countroom',
    });
  return {
    append: (rows: Table) => {
      const columns = flatColumns(rows);
      writer ??= begin(columns);
      if (rows.rows === 0) return;
      void writer.write({
        columnData: columns.map((column) => ({
          name: column.name,
          data: Array.from({ length: rows.rows }, (_, row) => valueAt(column, row)),
        })),
        rowGroupSize: rows.rows,
      });
      flush();
    },
    close: () => {
      writer ??= begin([]);
      void writer.finish();
      flush();
      closeSync(descriptor);
      renameSync(temporary, path);
    },
    abort: () => {
      closeSync(descriptor);
      rmSync(temporary, { force: true });
    },
  };
}
