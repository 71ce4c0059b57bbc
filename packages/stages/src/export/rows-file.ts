import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { RowEncoder, TableFileWriter } from './table-writer.js';

/** A file of the bytes that an encoder makes; it appears under its name when it is complete. Throws what writing throws. */
export function rowsFile(path: string, encoder: RowEncoder): TableFileWriter {
  const temporary = `${path}.${process.pid}.new`;
  const descriptor = openSync(temporary, 'w');
  const write = (bytes: Uint8Array): void => {
    // A disk that is nearly full takes a part and refuses the rest.
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  };
  return {
    append: (rows) => write(encoder.encode(rows)),
    close: () => {
      write(encoder.end());
      closeSync(descriptor);
      renameSync(temporary, path);
    },
    abort: () => {
      closeSync(descriptor);
      rmSync(temporary, { force: true });
    },
  };
}
