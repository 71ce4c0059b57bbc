import { h5wasmBackend, ownBackend } from '../backend.js';
import type { Lh5Backend } from '../ports.js';

function mixed(writer: Lh5Backend, reader: Lh5Backend): Lh5Backend {
  return {
    createWriter: (file, options) => writer.createWriter(file, options),
    openReader: (file) => reader.openReader(file),
  };
}

/** Each writer with each reader: a name, the backend, and the filters that its writer puts before deflate. */
export const everyWay: readonly (readonly [string, Lh5Backend, readonly string[]])[] = [
  ['the library', h5wasmBackend, []],
  ['our writer and reader', ownBackend, ['shuffle']],
  ['our writer, read by the library', mixed(ownBackend, h5wasmBackend), ['shuffle']],
  ['the library, read by our reader', mixed(h5wasmBackend, ownBackend), []],
];
