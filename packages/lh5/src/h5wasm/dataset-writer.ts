import type { ElementDescription } from '../hdf5/element-type.js';
import { libraryType } from './library-type.js';
import { absolute, failAt, guarded, type ObjectAt } from './location.js';
import { copyIn, withMemory } from './memory.js';

/** A dataset to be created. */
export interface NewDataset {
  readonly type: ElementDescription;
  /** Shape of one row; the first axis is added, empty and unlimited. */
  readonly rowShape: readonly number[];
  readonly chunkRows: number;
  /** Deflate level from 1 to 9, or 0 for none. */
  readonly gzip: number;
}

const unlimited = 2n ** 64n - 1n;
const deflate = 1;

function verify(at: ObjectAt): void {
  const { library } = at;
  if (library.get_type(at.id, absolute(at)) !== library.H5G_DATASET)
    failAt(at, 'io-failed', 'the dataset cannot be created');
}

/** Creates a chunked dataset without rows; its group must be there. */
export function createDataset(at: ObjectAt, { type, rowShape, chunkRows, gzip }: NewDataset): void {
  guarded(at, 'io-failed', () => {
    const compressed = gzip > 0 && !type.vlen;
    const metadata = {
      ...libraryType(type),
      shape: [0n, ...rowShape.map(BigInt)],
      maxshape: [unlimited, ...rowShape.map(BigInt)],
      chunks: [BigInt(chunkRows), ...rowShape.map((extent) => BigInt(Math.max(1, extent)))],
      compression: compressed ? deflate : 0,
      compression_opts: compressed ? [gzip] : [],
      total_size: 0,
    };
    const { library } = at;
    if (type.vlen) library.create_vlen_str_dataset(at.id, absolute(at), [], metadata);
    else
      withMemory(at, 0, (pointer) => library.create_dataset(at.id, absolute(at), BigInt(pointer), metadata));
    verify(at);
  });
}

/** Creates a dataset of fixed shape with its data: scalars (no axes) and data of types that are only copied. */
export function createFixedDataset(
  at: ObjectAt,
  type: ElementDescription,
  shape: readonly number[],
  data: Uint8Array | string,
): void {
  guarded(at, 'io-failed', () => {
    const { library } = at;
    const extents = shape.map(BigInt);
    const metadata = {
      ...libraryType(type),
      shape: extents,
      maxshape: extents,
      chunks: null,
      total_size: shape.reduce((total, extent) => total * extent, 1),
    };
    if (typeof data === 'string') library.create_vlen_str_dataset(at.id, absolute(at), [data], metadata);
    else {
      withMemory(at, data.byteLength, (pointer) => {
        copyIn(at.library, pointer, data);
        library.create_dataset(at.id, absolute(at), BigInt(pointer), metadata);
      });
    }
    verify(at);
  });
}

function writeSelection(
  at: ObjectAt,
  start: number,
  rows: number,
  rowShape: readonly number[],
  pointer: number,
): void {
  const status = at.library.set_dataset_data(
    at.id,
    absolute(at),
    [rows, ...rowShape].map(BigInt),
    [start, ...rowShape.map(() => 0)].map(BigInt),
    [rows, ...rowShape].map(() => 1n),
    BigInt(pointer),
  );
  if (status < 0) failAt(at, 'io-failed', `rows ${start} to ${start + rows} cannot be written`);
}

function grow(at: ObjectAt, rows: number, rowShape: readonly number[]): void {
  const status = at.library.resize_dataset(at.id, absolute(at), [rows, ...rowShape].map(BigInt));
  if (status < 0) failAt(at, 'io-failed', `the dataset cannot grow to ${rows} rows`);
}

/** Adds rows behind row `start` of a dataset; `bytes` are little endian, row-major. */
export function writeRows(
  at: ObjectAt,
  start: number,
  rows: number,
  rowShape: readonly number[],
  bytes: Uint8Array,
): void {
  if (rows === 0) return;
  guarded(at, 'io-failed', () => {
    grow(at, start + rows, rowShape);
    if (bytes.byteLength === 0) return;
    withMemory(at, bytes.byteLength, (pointer) => {
      copyIn(at.library, pointer, bytes);
      writeSelection(at, start, rows, rowShape, pointer);
    });
  });
}

const encoder = new TextEncoder();

/** Adds texts of variable length behind row `start` of a dataset with one axis. */
export function writeTexts(at: ObjectAt, start: number, texts: readonly string[]): void {
  if (texts.length === 0) return;
  const encoded = texts.map((text) => encoder.encode(`${text}\0`));
  const bytes = encoded.reduce((total, text) => total + text.byteLength, 0);
  guarded(at, 'io-failed', () => {
    grow(at, start + texts.length, []);
    withMemory(at, bytes, (heap) => {
      const pointers = new Uint32Array(texts.length);
      let next = heap;
      encoded.forEach((text, index) => {
        copyIn(at.library, next, text);
        pointers[index] = next;
        next += text.byteLength;
      });
      withMemory(at, pointers.byteLength, (pointer) => {
        copyIn(at.library, pointer, new Uint8Array(pointers.buffer));
        writeSelection(at, start, texts.length, [], pointer);
      });
    });
  });
}
