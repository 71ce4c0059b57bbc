import { type ColumnData, type ColumnSchema, type Dtype, type RecordBatch } from '@countroom/records';
import { Dataset, Group, File as Hdf5File, ready } from 'h5wasm/node';

const kinds: Readonly<Record<string, Dtype>> = {
  Uint8Array: 'uint8',
  Int8Array: 'int8',
  Uint16Array: 'uint16',
  Int16Array: 'int16',
  Uint32Array: 'uint32',
  Int32Array: 'int32',
  BigUint64Array: 'uint64',
  BigInt64Array: 'int64',
  Float32Array: 'float32',
  Float64Array: 'float64',
};

interface Column {
  readonly schema: ColumnSchema;
  readonly data: ColumnData;
}

function unitsOf(dataset: Dataset): { readonly units?: string } {
  const units: unknown = dataset.attrs['units']?.value;
  return typeof units === 'string' ? { units } : {};
}

function columnOf(dataset: Dataset, name: string, rows: readonly [number, number]): Column | undefined {
  const shape = dataset.shape ?? [];
  const ranges = shape.map((extent, axis): [number, number] =>
    axis === 0 ? [rows[0], rows[1]] : [0, extent],
  );
  const data = dataset.slice(ranges) as ColumnData['data'];
  const dtype = kinds[data.constructor.name];
  if (dtype === undefined) return undefined;
  return {
    schema: { name, dtype, shape: shape.slice(1), variableLength: false, ...unitsOf(dataset) },
    data: { data },
  };
}

/** Reads plain columns and waveforms of one table of an LH5 file: as much as golden chains need. */
export async function readTable(
  path: string,
  table: string,
  rows: { readonly first: number; readonly count: number },
): Promise<RecordBatch> {
  await ready;
  const file = new Hdf5File(path, 'r');
  const columns: Column[] = [];
  const range = [rows.first, rows.first + rows.count] as const;
  const walk = (group: Group, prefix: string): void => {
    for (const key of group.keys()) {
      const child = group.get(key);
      const name = prefix === '' ? key : `${prefix}/${key}`;
      if (child instanceof Dataset) {
        const column = columnOf(child, name, range);
        if (column !== undefined) columns.push(column);
      } else if (child instanceof Group && child.keys().includes('values')) {
        walk(child, name);
      }
    }
  };
  const group = file.get(table);
  if (group instanceof Group) walk(group, '');
  file.close();
  return {
    schema: { name: table, columns: columns.map(({ schema }) => schema) },
    rows: rows.count,
    columns: columns.map(({ data }) => data),
  };
}
