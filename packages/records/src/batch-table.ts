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

/** A column of a table: where it is in the batches, and what is the same for all of them. */
interface Leaf {
  readonly name: string;
  readonly index: number;
  readonly schema: ColumnSchema;
  readonly attrs: Attributes;
}

/** A table in the form that the column paths of a schema give it. */
interface Branch {
  readonly leaves: Map<string, Leaf>;
  readonly nested: Map<string, Branch>;
}

function objectOf({ schema, attrs }: Leaf, column: ColumnData, rows: number): DataObject {
  if (schema.variableLength) {
    if (column.offsets === undefined)
      throw new TypeError(`column ${schema.name} is of variable length but has no offsets`);
    return vectorColumn(schema, column.data, column.offsets, rows);
  }
  const used = rows * rowLength(schema);
  return {
    kind: 'array',
    flavor: schema.shape.length > 0 ? 'aoesa' : 'array',
    dtype: schema.dtype,
    shape: [rows, ...schema.shape],
    data: column.data.length === used ? column.data : column.data.subarray(0, used),
    attrs,
  };
}

function branchOf({ name: table, columns }: TableSchema): Branch {
  const root: Branch = { leaves: new Map(), nested: new Map() };
  columns.forEach((schema, index) => {
    const path = schema.name.split('/');
    const name = path.pop()!;
    let branch = root;
    for (const part of path) {
      if (branch.leaves.has(part)) throw new TypeError(`${table}: ${part} is a column and a nested table`);
      let next = branch.nested.get(part);
      if (next === undefined) {
        next = { leaves: new Map(), nested: new Map() };
        branch.nested.set(part, next);
      }
      branch = next;
    }
    if (branch.leaves.has(name) || branch.nested.has(name))
      throw new TypeError(`${table}: column ${schema.name} is there twice`);
    branch.leaves.set(name, { name, index, schema, attrs: attributesOf(schema) });
  });
  return root;
}

/** Batches of one table come by the thousand, with the same schema. */
const branches = new WeakMap<TableSchema, Branch>();

function tableOf(branch: Branch, batch: RecordBatch): Table {
  const columns = new Map<string, DataObject>();
  for (const leaf of branch.leaves.values())
    columns.set(leaf.name, objectOf(leaf, batch.columns[leaf.index]!, batch.rows));
  branch.nested.forEach((nested, name) => columns.set(name, tableOf(nested, batch)));
  return { kind: 'table', rows: batch.rows, columns, attrs: {} };
}

/**
 * A batch as a table. Column paths such as `waveform/values` become nested tables; units and descriptions become
 * attributes. Arrays are views on the batch's data, not copies. Throws a TypeError when a name is used for a column and
 * for a nested table.
 */
export function tableFromBatch(batch: RecordBatch): Table {
  const { schema } = batch;
  const branch = branches.get(schema) ?? branchOf(schema);
  branches.set(schema, branch);
  return tableOf(branch, batch);
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
