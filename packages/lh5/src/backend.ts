import { openFileSource } from './format/read/file-source.js';
import { createFileOutput } from './format/write/file-output.js';
import { createLibraryOutput } from './h5wasm/output.js';
import { openLibrarySource } from './h5wasm/source.js';
import { type Hdf5Source, UnknownFormat } from './hdf5/source.js';
import type { Lh5Backend, Lh5Reader, Lh5Writer, WriterOptions } from './ports.js';
import { readerOn } from './read/reader.js';
import { createWriterOn } from './write/writer.js';

/** Files through h5wasm, the HDF5 library compiled to WebAssembly. */
export const h5wasmBackend: Lh5Backend = {
  openReader: async (file) => readerOn(await openLibrarySource(file)),
  createWriter: (file, options) => createWriterOn(createLibraryOutput, file, options),
};

/** Written and read without the HDF5 library alone: what the own reader does not know is an error. For tests. */
export const ownBackend: Lh5Backend = {
  openReader: async (file) => readerOn(await openFileSource(file)),
  createWriter: (file, options) => createWriterOn(createFileOutput, file, options),
};

/** Opens a file without the HDF5 library where that is not needed: its four megabytes take a tenth of a second to load. */
async function openSource(file: string): Promise<Hdf5Source> {
  try {
    return await openFileSource(file);
  } catch (cause) {
    if (cause instanceof UnknownFormat) return openLibrarySource(file);
    throw cause;
  }
}

/**
 * The backend to use. Files are written by a writer of our own, on several threads, with shuffle, deflate and checksums; they
 * are read by a reader of our own, and by the HDF5 library where they need it.
 */
export const lh5Backend: Lh5Backend = {
  openReader: async (file) => readerOn(await openSource(file), openLibrarySource),
  createWriter: (file, options) => createWriterOn(createFileOutput, file, options),
};

/** Opens a file for reading. See {@link Lh5Reader} for what may fail. */
export function openReader(file: string): Promise<Lh5Reader> {
  return lh5Backend.openReader(file);
}

/** Begins a new LH5 file. See {@link Lh5Writer}. */
export function createWriter(file: string, options?: WriterOptions): Promise<Lh5Writer> {
  return lh5Backend.createWriter(file, options);
}
