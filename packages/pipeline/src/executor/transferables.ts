import type { DataObject } from '@countroom/records';

/** The array buffers below a data object that can be moved to another thread, each once. Shared memory is left out. */
export function transferables(object: DataObject): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(object, found);
  return [...found];
}

function collect(object: DataObject, found: Set<ArrayBuffer>): void {
  switch (object.kind) {
    case 'array':
      if (object.data.buffer instanceof ArrayBuffer) found.add(object.data.buffer);
      return;
    case 'opaque':
      if (object.bytes.buffer instanceof ArrayBuffer) found.add(object.bytes.buffer);
      return;
    case 'vov':
      collect(object.cumulative, found);
      collect(object.flattened, found);
      return;
    case 'encoded':
      collect(object.encoded, found);
      collect(object.decodedSize, found);
      return;
    case 'table':
      for (const column of object.columns.values()) collect(column, found);
      return;
    case 'struct':
      for (const field of object.fields.values()) collect(field, found);
      return;
    case 'scalar':
    case 'strings':
      return;
  }
}
