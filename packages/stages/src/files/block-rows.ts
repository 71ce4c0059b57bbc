import type { DataObject, Table } from '@countroom/records';

/** Bytes of rows that are read and worked on together: little enough for many threads, much enough to tell them seldom. */
const blockBytes = 4 << 20;
const most = 8192;
const least = 16;

function bytesOf(object: DataObject): number {
  switch (object.kind) {
    case 'array':
      return object.data.byteLength;
    case 'vov':
      return bytesOf(object.cumulative) + bytesOf(object.flattened);
    case 'encoded':
      return bytesOf(object.encoded);
    case 'opaque':
      return object.bytes.byteLength;
    case 'table':
      return [...object.columns.values()].reduce((sum, column) => sum + bytesOf(column), 0);
    case 'struct':
      return [...object.fields.values()].reduce((sum, field) => sum + bytesOf(field), 0);
    case 'scalar':
    case 'strings':
      return 0;
  }
}

/** Rows that are best worked on together, for rows like those of a sample: about 4 MiB of them. */
export function blockRowsFor(sample: Table): number {
  const rowBytes = bytesOf(sample) / Math.max(1, sample.rows);
  return Math.max(least, Math.min(most, Math.floor(blockBytes / Math.max(1, rowBytes))));
}
