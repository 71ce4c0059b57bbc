import type { Attributes, AttributeValue } from '@countroom/records';
import type { ElementDescription } from './element-type.js';

/** How one dataset is stored. */
export interface StoragePlan {
  /** Deflate level, 0 for none. */
  readonly gzip: number;
  /** Bytes of equal significance together before deflate, as far as the implementation can. */
  readonly shuffle: boolean;
  /** A checksum with every chunk, as far as the implementation can. */
  readonly fletcher32: boolean;
  /** The SHA-256 of all rows as an attribute, as far as the implementation can. */
  readonly sha256: boolean;
  /** Rows per chunk when the caller wants a certain number. */
  readonly chunkRows: number | undefined;
}

/** A dataset with rows to be written: its datatype attribute, its other attributes and its storage. */
export interface NewRows {
  readonly datatype: string | undefined;
  readonly attrs: Attributes;
  readonly plan: StoragePlan;
}

/** Takes rows of numbers. */
export interface RowStream {
  /** Rows taken so far. */
  readonly rows: number;
  /** Adds rows; the bytes (little endian, row-major) are copied or written before it returns. */
  add(bytes: Uint8Array, rows: number): void;
}

/** Takes rows of texts. */
export interface TextStream {
  /** Rows taken so far. */
  readonly rows: number;
  add(texts: readonly string[]): void;
}

/**
 * One new HDF5 file that is being written. Paths have no leading slash, the root is ''; a group must be there before what is
 * in it. Calls fail with an `Lh5Error`; after a failure the file can only be discarded.
 */
export interface Hdf5Output {
  /** Name of the file for messages. */
  readonly file: string;
  createGroup(path: string): void;
  /** A dataset that grows along its first axis; `rowShape` is the shape of one row. */
  createRows(
    path: string,
    dataset: NewRows,
    type: ElementDescription,
    rowShape: readonly number[],
  ): RowStream;
  /** A dataset of texts with one axis. */
  createTexts(path: string, dataset: NewRows): TextStream;
  /** A dataset without axes with its only value: bytes of its type, or a text. */
  createSingle(path: string, type: ElementDescription, value: Uint8Array | string): void;
  /** Sets attributes of an object that is there, replacing those of the same names. */
  setAttributes(path: string, attrs: Readonly<Record<string, AttributeValue>>): void;
  /** Resolves when so little is under way that more can be taken; fails when something that was under way failed. */
  settle(): Promise<void>;
  /**
   * Puts what has been taken so far onto the disk and returns what must be kept to go on with the file later, for
   * `v8.serialize`. Not there when the implementation cannot.
   */
  snapshot?(): Promise<unknown>;
  /** Writes everything to the file and closes it. */
  finish(): Promise<void>;
  /** Closes the file as it is. Never fails. */
  discard(): Promise<void>;
}

const chunkBytes = 256 << 10;

/** Rows per chunk for rows of `rowBytes` bytes: as planned, else what makes about 256 KiB. */
export function chunkRowsFor(plan: StoragePlan, rowBytes: number): number {
  return plan.chunkRows ?? Math.max(1, Math.floor(chunkBytes / Math.max(1, rowBytes)));
}
