import type { DataObject, NdArray, Table } from '@countroom/records';
import { transferables } from './transferables.js';

/** A table whose arrays share no memory with `other`: those that do are copied. */
export function ownArrays(table: Table, other: Table): Table {
  const foreign = new Set<ArrayBufferLike>(transferables(other));
  return foreign.size === 0 ? table : (owned(table, foreign) as Table);
}

function owned(object: DataObject, foreign: ReadonlySet<ArrayBufferLike>): DataObject {
  switch (object.kind) {
    case 'array':
      return foreign.has(object.data.buffer) ? { ...object, data: object.data.slice() } : object;
    case 'opaque':
      return foreign.has(object.bytes.buffer) ? { ...object, bytes: object.bytes.slice() } : object;
    case 'vov':
      return {
        ...object,
        cumulative: owned(object.cumulative, foreign) as NdArray,
        flattened: owned(object.flattened, foreign) as typeof object.flattened,
      };
    case 'encoded':
      return {
        ...object,
        encoded: owned(object.encoded, foreign) as typeof object.encoded,
        decodedSize: owned(object.decodedSize, foreign) as typeof object.decodedSize,
      };
    case 'table':
      return { ...object, columns: mapped(object.columns, foreign) };
    case 'struct':
      return { ...object, fields: mapped(object.fields, foreign) };
    case 'scalar':
    case 'strings':
      return object;
  }
}

function mapped(
  objects: ReadonlyMap<string, DataObject>,
  foreign: ReadonlySet<ArrayBufferLike>,
): Map<string, DataObject> {
  return new Map([...objects].map(([name, object]) => [name, owned(object, foreign)]));
}
