import type { Attributes, DataObject, Dtype, Table } from '@countroom/records';
import type { ReadMemory } from './hdf5/read-memory.js';
import type { WriterSnapshot } from './write/writer.js';

/** Half-open range of rows: `start` is read, `stop` is not. Rows beyond the end are left out silently. */
export type RowRange = readonly [start: number, stop: number];

/** What one object in a file is; `group` is a plain group without a datatype, `opaque` anything not understood. */
export type NodeKind =
  | 'scalar'
  | 'array'
  | 'strings'
  | 'vov'
  | 'encoded'
  | 'struct'
  | 'histogram'
  | 'table'
  | 'waveform'
  | 'group'
  | 'link'
  | 'opaque';

/** How a dataset lies in the file. */
export interface Storage {
  /** Bytes after decompression. */
  readonly bytes: number;
  /** Chunk shape, or null for contiguous data. */
  readonly chunks: readonly number[] | null;
  /** Filters in order, for example `shuffle`, `gzip:4`. */
  readonly filters: readonly string[];
}

/** One object of a file as a listing shows it: everything but the data. */
export interface TreeNode {
  /** Last part of the path; empty for the root. */
  readonly name: string;
  /** Path from the root without a leading slash, for example `ch0000000/raw/waveform`. */
  readonly path: string;
  readonly kind: NodeKind;
  /** The datatype attribute as it is in the file; null when there is none. */
  readonly datatype: string | null;
  /** Rows along the first axis; null for scalars, structs, groups and links. */
  readonly rows: number | null;
  /** HDF5 shape of a dataset; null for groups. */
  readonly shape: readonly number[] | null;
  /** Number type of a dataset; null for groups. */
  readonly dtype: Dtype | 'string' | 'opaque' | null;
  /** Attributes beside `datatype`. */
  readonly attrs: Attributes;
  readonly storage: Storage | null;
  /** There in the group, but not named in the datatype of its parent. */
  readonly unlisted: boolean;
  /** Where a link that cannot be followed points to. */
  readonly target?: string;
  /** Why this object cannot be read (a listed field is missing, a broken datatype …); listing goes on beside it. */
  readonly fault?: string;
  /** In the order of their names; the inner datasets of vectors and encoded objects are included. */
  readonly children: readonly TreeNode[];
}

/**
 * Single rows: their numbers or ranges of them, strictly increasing, or a mask with one value per row (what is not 0 or false is
 * wanted; rows behind its end are not). Numbers beyond the last row are left out silently.
 */
export type RowSelection =
  | { readonly indices: ArrayLike<number> }
  | { readonly ranges: readonly RowRange[] }
  | { readonly mask: ArrayLike<number | boolean> };

/** Options of {@link Lh5Reader.read}. */
export interface ReadOptions {
  /** Rows to read; everything when absent. Refused for scalars and structs. */
  readonly rows?: RowRange;
  /** Only these rows, those outside of `rows` left out. Their numbers count from the first row of the object. */
  readonly select?: RowSelection;
  /**
   * Columns (or struct fields) to read, nested ones as `waveform/values`; a name stands for all below it. Naming a
   * column that is not there is an error. Everything when absent.
   */
  readonly columns?: readonly string[];
  /**
   * Decode waveform codecs (default). With `false` an encoded column comes as `Encoded`, so that it can be
   * copied without loss.
   */
  readonly decode?: boolean;
  /**
   * Read numbers and waveforms into this memory: they are there until the next read with it. Twice as fast for data that are
   * not compressed. Not used together with `select`.
   */
  readonly memory?: ReadMemory;
}

/** Options of {@link Lh5Reader.blocks}. Give rows or bytes; the default is 16 MiB of decompressed data per block. */
export interface BlockOptions extends Omit<ReadOptions, 'select'> {
  readonly blockRows?: number;
  readonly blockBytes?: number;
  /** Use the memory of a block again for the next one: take what is needed before going on. */
  readonly reuse?: boolean;
}

/** Consecutive rows of an object; `start` is the row number of its first row in the file. */
export interface Block<T extends DataObject = DataObject> {
  readonly start: number;
  readonly rows: number;
  readonly data: T;
}

/**
 * Reads one LH5 file. What it returns is copied out of the file: it may be kept, changed and transferred.
 * Every failure is an `Lh5Error` that names the file and the object. Several readers may be open at once, in any
 * thread; one reader belongs to the thread that opened it.
 */
export interface Lh5Reader {
  /** Path of the file, as given. */
  readonly file: string;
  /** The object at `path` (default: the root) with everything below, or `depth` levels of it (0: only itself). */
  tree(path?: string, options?: { readonly depth?: number }): Promise<TreeNode>;
  /** Whether there is an object at `path`. */
  has(path: string): Promise<boolean>;
  /** Rows of an array or table without reading data. Fails for scalars and structs. */
  rowCount(path: string): Promise<number>;
  /** An object of any kind. Shape and number types are those of the file; booleans come as dtype `bool` (0 or 1). */
  read(path: string, options?: ReadOptions): Promise<DataObject>;
  /** A table; fails when there is something else at `path`. */
  readTable(path: string, options?: ReadOptions): Promise<Table>;
  /** A table in blocks of bounded memory, in row order. Nothing is yielded for an empty table or range. */
  tableBlocks(path: string, options?: BlockOptions): AsyncIterable<Block<Table>>;
  /** Anything that has rows, in blocks of bounded memory. */
  blocks(path: string, options?: BlockOptions): AsyncIterable<Block>;
  /** Closes the file; closing twice does nothing. Every other call then fails. */
  close(): Promise<void>;
}

/** Compression of one dataset: none, or deflate at a level from 1 (fast) to 9 (small). */
export type Compression = 'none' | { readonly gzip: number };

/** Options of one written object; what is absent comes from the writer's own options. */
export interface StoreOptions {
  readonly compression?: Compression;
  /**
   * Put bytes of equal significance together before they are compressed (default). The library's writer can only do
   * one of both and leaves it out.
   */
  readonly shuffle?: boolean;
  /** Store a Fletcher32 checksum with every chunk, which every HDF5 reader verifies. The library's writer cannot. */
  readonly fletcher32?: boolean;
  /**
   * Store the SHA-256 of all numbers of a dataset (little endian, row-major) as its attribute `sha256`, which `verifyFile`
   * compares. The library's writer cannot.
   */
  readonly sha256?: boolean;
  /** Rows per chunk; by default what makes a chunk about 256 KiB. */
  readonly chunkRows?: number;
  /** Options for single columns by path (`waveform/values`), before those for the whole object. */
  readonly columns?: Readonly<Record<string, Omit<StoreOptions, 'columns'>>>;
}

/** Options of a new file. */
export interface WriterOptions extends StoreOptions {
  /** Replace a file that is there already (when the new one is committed). Default: an existing file is an error. */
  readonly overwrite?: boolean;
}

/**
 * Writes one new LH5 file. Everything goes to a temporary name beside the target; `close` flushes it to the disk and
 * renames it, so the target is either absent, the old file or the complete new one. Parent groups get `struct{…}`
 * datatypes that are kept up to date; field names are written sorted.
 */
export interface Lh5Writer {
  /** Path of the file that `close` makes. */
  readonly file: string;
  /** Writes a new object. Fails when there is one at `path`. */
  write(path: string, object: DataObject, options?: StoreOptions): Promise<void>;
  /**
   * Adds rows behind those of the table, array or vector of vectors at `path`, or creates it. Columns, inner shapes and
   * number types must be those of the first call; columns and object attributes are stored by the first call.
   */
  append(path: string, rows: DataObject, options?: StoreOptions): Promise<void>;
  /** Rows written so far at `path`; 0 when there is nothing yet. */
  rowCount(path: string): Promise<number>;
  /** Sets attributes of an object that is there already; `datatype` is refused. */
  setAttributes(path: string, attrs: Attributes): Promise<void>;
  /** Commits: flush to disk, rename to `file`. After a failure the temporary file is removed. Fails after `abort`. */
  close(): Promise<void>;
  /** Gives up: removes the temporary file. Does nothing after `close`. */
  abort(): Promise<void>;
  /**
   * Puts what has been written so far onto the disk and returns what `resumeWriter` needs to go on there. Fails with the library's
   * writer, for changes of files, and with `sha256`.
   */
  snapshot(): Promise<WriterSnapshot>;
  /** Closes without committing; the temporary file stays for `resumeWriter`. Does nothing after `close`. */
  suspend(): Promise<void>;
}

/** Opens readers and creates writers: the port behind which HDF5 libraries can be exchanged. */
export interface Lh5Backend {
  /** Opens a file for reading. Fails when it is missing, not HDF5, truncated or damaged. */
  openReader(file: string): Promise<Lh5Reader>;
  /** Begins a new file; its folder must exist. */
  createWriter(file: string, options?: WriterOptions): Promise<Lh5Writer>;
}
