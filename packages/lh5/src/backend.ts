import type { Lh5Backend } from './ports.js';
import { openReader } from './read/reader.js';
import { createWriter } from './write/writer.js';

/** Files through h5wasm, the HDF5 library compiled to WebAssembly. */
export const h5wasmBackend: Lh5Backend = { openReader, createWriter };
