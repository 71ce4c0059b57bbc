import type { AttributeValue } from '@countroom/records';
import type { Storage } from '../ports.js';
import type { Box } from './box.js';
import type { ElementDescription, ElementType } from './element-type.js';
import type { ReadMemory } from './read-memory.js';

/** What is at a place in a file; `link` is one that cannot be followed or leads to another file. */
export type Hdf5Kind = 'group' | 'dataset' | 'link' | 'datatype' | 'missing';

/** Description of one dataset of a file that is open for reading. */
export interface DatasetInfo {
  readonly path: string;
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly elementBytes: number;
  readonly storage: Storage;
  readonly element: ElementDescription;
}

/**
 * One HDF5 file that is open for reading. Paths have no leading slash, the root is ''. Calls are synchronous and fail with an
 * `Lh5Error` at the object, or with `UnknownFormat` where this implementation does not know a part of the format.
 */
export interface Hdf5Source {
  readonly file: string;
  kind(path: string): Hdf5Kind;
  /** Names of the objects in a group, sorted. */
  children(path: string): readonly string[];
  /** Where a link points to, as text: a path, or `file:path`. */
  linkTarget(path: string): string;
  /**
   * All attributes of an object: 64-bit integers as bigint, other numbers as number, h5py's truth values as boolean, one
   * axis or more as a flat array. Empty attributes and types without a counterpart are left out.
   */
  attributes(path: string): Readonly<Record<string, AttributeValue>>;
  /** Looks a dataset up. Data without a data space count as one axis of no elements. */
  dataset(path: string): DatasetInfo;
  /**
   * Bytes of rows `start` to `stop` (the whole of a dataset without axes), little endian, row-major, in memory of their own or
   * in `memory`, where it can be used.
   */
  bytes(info: DatasetInfo, start: number, stop: number, memory?: ReadMemory): Uint8Array<ArrayBuffer>;
  /**
   * Bytes of the elements of a box, row-major, in memory of their own; in the byte order that the description of the elements
   * states. The box must lie within the data.
   */
  box(info: DatasetInfo, box: Box): Uint8Array<ArrayBuffer>;
  /** What a reference to something of variable length, as it stands among the bytes of a dataset, stands for. */
  variable(
    info: DatasetInfo,
    reference: Uint8Array<ArrayBuffer>,
    elementBytes: number,
  ): Uint8Array<ArrayBuffer>;
  /** Texts of rows `start` to `stop` (the only one of a dataset without axes), row-major. */
  texts(info: DatasetInfo, start: number, stop: number): string[];
  /** Closes the file; no other call may follow. */
  close(): void;
}

/** A part of the HDF5 format that only the library knows: not a fault of the file. */
export class UnknownFormat extends Error {
  override readonly name = 'UnknownFormat';
}
