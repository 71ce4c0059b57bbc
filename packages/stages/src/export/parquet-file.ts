import type { Dtype, Table } from '@countroom/records';
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { rowsFile } from './rows-file.js';
import {
  type Cell,
  type FlatColumn,
  flatColumns,
  type RowEncoder,
  type TableFileWriter,
  valueAt,
} from './table-writer.js';

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

/** A column in the schema; of lists in the three levels that the format asks for. */
function elementsOf(name: string, source: FlatColumn['source'], isList: boolean): SchemaElement[] {
  if (source.kind === 'strings')
    return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }];
  if (source.kind === 'vov') return listOf(name, elementsOf('element', source.flattened, false));
  const element = elements[source.dtype];
  return isList ? listOf(name, [element('element')]) : [element(name)];
}

function listOf(name: string, element: SchemaElement[]): SchemaElement[] {
  return [
    { name, converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...element,
  ];
}

/** Numbers that are gathered for a row group; rows are counted in steps, since lists differ in length. */
const cellsOfGroup = 1 << 20;
const rowsOfStep = 256;
const nothing = new Uint8Array(0);

/**
 * The bytes of an Apache Parquet file (snappy). Row groups hold about a million numbers, however few rows a block has.
 * Vectors of any length are lists. Units of columns are kept in the file's metadata as `units.<column>`. Missing numbers
 * stay NaN.
 */
export function parquetRows(): RowEncoder {
  const bytes = new ByteWriter();
  let writer: ParquetWriter | undefined;
  let names: readonly string[] = [];
  let gathered: Cell[][] = [];
  let cells = 0;
  const begin = (columns: readonly FlatColumn[]): ParquetWriter => {
    names = columns.map(({ name }) => name);
    gathered = columns.map(() => []);
    return new ParquetWriter({
      writer: bytes,
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.flatMap(({ name, source, index }) => elementsOf(name, source, index === 'list')),
      ],
      kvMetadata: columns.flatMap(({ name, source }) => {
        const { units } =
          source.kind === 'vov' ? { ...source.flattened.attrs, ...source.attrs } : source.attrs;
        return typeof units === 'string' ? [{ key: `units.${name}`, value: units }] : [];
      }),
      createdBy: 'countroom',
    });
  };
  const writeGroup = (): void => {
    const rowGroupSize = gathered[0]?.length ?? 0;
    if (rowGroupSize === 0) return;
    void writer?.write({ columnData: gathered.map((data, k) => ({ name: names[k]!, data })), rowGroupSize });
    gathered = names.map(() => []);
    cells = 0;
  };
  const taken = (): Uint8Array => {
    if (bytes.index === 0) return nothing;
    const made = new Uint8Array(bytes.buffer, 0, bytes.index).slice();
    bytes.index = 0;
    return made;
  };
  return {
    encode: (rows: Table) => {
      const columns = flatColumns(rows, true);
      writer ??= begin(columns);
      for (let row = 0; row < rows.rows; row += rowsOfStep) {
        const stop = Math.min(rows.rows, row + rowsOfStep);
        for (const [k, column] of columns.entries()) cells += gather(column, row, stop, gathered[k]!);
        if (cells >= cellsOfGroup) writeGroup();
      }
      return taken();
    },
    end: () => {
      writer ??= begin([]);
      writeGroup();
      void writer.finish();
      return taken();
    },
  };
}

/** Adds rows of a column; returns how many numbers they are. */
function gather(column: FlatColumn, from: number, to: number, into: Cell[]): number {
  let count = 0;
  for (let row = from; row < to; row += 1) {
    const value = valueAt(column, row);
    into.push(value);
    count += Array.isArray(value) ? value.length : 1;
  }
  return count;
}

/** An Apache Parquet file of {@link parquetRows}. */
export function parquetFile(path: string): TableFileWriter {
  return rowsFile(path, parquetRows());
}
