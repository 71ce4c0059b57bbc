import type { DataArray } from './dtype.js';
import type { Attributes, DataObject, NdArray, Table, VectorOfVectors } from './lgdo.js';
import type { ColumnData, RecordBatch } from './record-batch.js';
import { elementsPerRow, rowsOf } from './rows.js';
import { type ColumnSchema, rowLength, type TableSchema } from './table-schema.js';

function attributesOf(schema: ColumnSchema): Attributes {
  return {
    ...(schema.units === undefined ? {} : { units: schema.units }),
    ...(schema.description === undefined ? {} : { description: schema.description }),
  };
}

function vectorColumn(
  schema: ColumnSchema,
  data: DataArray,
  offsets: Uint32Array,
  rows: number,
): VectorOfVectors {
  const first = offsets[0] ?? 0;
  const last = offsets[rows] ?? first;
  const ends = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) ends[row] = offsets[row + 1]! - first;
  const { units, ...rest } = attributesOf(schema);
  return {
    kind: 'vov',
    cumulative: { kind: 'array', flavor: 'array', dtype: 'uint32', shape: [rows], data: ends, attrs: {} },
    flattened: {
      kind: 'array',
      flavor: 'array',
      dtype: schema.dtype,
      shape: [last - first],
      data: data.subarray(first, last),
      attrs: units === undefined ? {} : { units },
    },
    attrs: rest,
  };
}

function objectOf(schema: ColumnSchema, column: ColumnData, rows: number): DataObject {
  if (schema.variableLength) {
    if (column.offsets === undefined)
      throw new TypeError(`column ${schema.name} is of variable length but has no offsets`);
    return vectorColumn(schema, column.data, column.offsets, rows);
  }
  return {
    kind: 'array',
    flavor: schema.shape.length > 0 ? 'aoesa' : 'array',
    dtype: schema.dtype,
    shape: [rows, ...schema.shape],
    data: column.data.subarray(0, rows * rowLength(schema)),
    attrs: attributesOf(schema),
  };
}

interface Branch {
  readonly columns: Map<string, DataObject>;
  readonly nested: Map<string, Branch>;
}

function tableOf(branch: Branch, rows: number): Table {
  for (const [name, nested] of branch.nested) branch.columns.set(name, tableOf(nested, rows));
  return { kind: 'table', rows, columns: branch.columns, attrs: {} };
}

/**
 * A batch as a table. Column paths such as `waveform/values` become nested tables; units and descriptions become
 * attributes. Arrays are views on the batch's data, not copies. Throws a TypeError when a name is used for a column and
 * for a nested table.
 */
export function tableFromBatch(batch: RecordBatch): Table {
  const root: Branch = { columns: new Map(), nested: new Map() };
  batch.schema.columns.forEach((schema, index) => {
    const path = schema.name.split('/');
    const name = path.pop()!;
    let branch = root;
    for (const part of path) {
      if (branch.columns.has(part))
        throw new TypeError(`${batch.schema.name}: ${part} is a column and a nested table`);
      let next = branch.nested.get(part);
      if (next === undefined) {
        next = { columns: new Map(), nested: new Map() };
        branch.nested.set(part, next);
      }
      branch = next;
    }
    if (branch.columns.has(name) || branch.nested.has(name))
      throw new TypeError(`${batch.schema.name}: column ${schema.name} is there twice`);
    branch.columns.set(name, objectOf(schema, batch.columns[index]!, batch.rows));
  });
  return tableOf(root, batch.rows);
}

function textAttribute(attrs: Attributes, name: string): Record<string, string> {
  const value = attrs[name];
  return typeof value === 'string' ? { [name]: value } : {};
}

function schemaBase(
  name: string,
  array: NdArray,
  attrs: Attributes,
): Pick<ColumnSchema, 'name' | 'dtype' | 'units' | 'description'> {
  return {
    name,
    dtype: array.dtype,
    ...textAttribute(attrs, 'units'),
    ...textAttribute(attrs, 'description'),
  };
}

function columnsOf(table: Table, prefix: string): { schema: ColumnSchema; column: ColumnData }[] {
  return Array.from(table.columns).flatMap(([name, object]) => {
    const path = prefix + name;
    if (object.kind === 'table') return columnsOf(object, `${path}/`);
    if (object.kind === 'array') {
      const schema = {
        ...schemaBase(path, object, object.attrs),
        shape: object.shape.slice(1),
        variableLength: false,
      };
      return [
        { schema, column: { data: object.data.subarray(0, table.rows * elementsPerRow(object.shape)) } },
      ];
    }
    if (object.kind === 'vov' && object.flattened.kind === 'array') {
      const inner = object.flattened;
      const offsets = new Uint32Array(rowsOf(object) + 1);
      offsets.set(Uint32Array.from(object.cumulative.data, Number), 1);
      const schema = {
        ...schemaBase(path, inner, { ...object.attrs, ...inner.attrs }),
        shape: [],
        variableLength: true,
      };
      return [{ schema, column: { data: inner.data, offsets } }];
    }
    throw new TypeError(`column ${path} is of kind ${object.kind}, which a record batch cannot hold`);
  });
}

/**
 * A table as a batch of the schema that follows from it, columns in the table's order, nested tables as paths. Arrays are
 * views on the table's data. Throws a TypeError for columns that a batch cannot hold (texts, nested vectors, encoded).
 */
export function batchFromTable(name: string, table: Table): RecordBatch {
  const columns = columnsOf(table, '');
  const schema: TableSchema = { name, columns: columns.map((entry) => entry.schema) };
  return { schema, rows: table.rows, columns: columns.map((entry) => entry.column) };
}
