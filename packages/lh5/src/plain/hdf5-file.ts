import type { Attributes, DataArray } from '@countroom/records';
import { openFileSource } from '../format/read/file-source.js';
import { openLibrarySource } from '../h5wasm/source.js';
import type { Hdf5Value } from '../hdf5/element-values.js';
import { normalizePath } from '../hdf5/place.js';
import { type Hdf5Source, UnknownFormat } from '../hdf5/source.js';
import { SourceChoice } from '../hdf5/source-choice.js';
import type { Storage } from '../ports.js';
import type { Hdf5Type } from './hdf5-type.js';
import { listNode } from './node-list.js';
import { readSlice } from './slice.js';

/** What an object of an HDF5 file is; `link` is one that is not followed, because its target is missing or elsewhere. */
export type Hdf5NodeKind = 'group' | 'dataset' | 'link' | 'datatype';

/** One object of any HDF5 file: everything but the data. */
export interface Hdf5Node {
  /** Last part of the path; empty for the root. */
  readonly name: string;
  /** Path from the root without a leading slash. */
  readonly path: string;
  readonly kind: Hdf5NodeKind;
  /** 64-bit integers as bigint; lists for one axis or more. Attributes of compound types and references are left out. */
  readonly attrs: Attributes;
  /** Extents of a dataset, none for a single value; null for everything else. */
  readonly shape: readonly number[] | null;
  /** What an element of a dataset is; null for everything else. */
  readonly type: Hdf5Type | null;
  /** How a dataset is stored; null for everything else. */
  readonly storage: Storage | null;
  /** Where a link points to. */
  readonly target?: string;
  /** Why this object cannot be read; listing goes on beside it. */
  readonly fault?: string;
  /** Number of objects in a group, listed or not; null for everything else. */
  readonly childCount: number | null;
  /** In the order of their names, down to the depth that was asked for. */
  readonly children: readonly Hdf5Node[];
}

/** What to take along one axis: one index, which takes the axis away, or from `start` to before `stop`, every `step`th. */
export type Hdf5Axis = number | readonly [start: number, stop: number, step?: number];

/** What to read of a dataset. */
export interface Hdf5ReadOptions {
  /** One entry per axis; axes that are not named come whole. Ends beyond the data are cut; an index beyond them is an error. */
  readonly axes?: readonly Hdf5Axis[];
}

/** Part of a dataset. */
export interface Hdf5Slice {
  readonly path: string;
  /** Extents of this part; axes that were reduced to one index are gone. */
  readonly shape: readonly number[];
  readonly type: Hdf5Type;
  /** Elements row-major: a typed array for numbers (float16 as float32, truth values as 0 and 1), values for all others. */
  readonly data: DataArray | readonly Hdf5Value[];
}

/**
 * Any HDF5 file, LH5 or not, open for reading. Every failure is an `Lh5Error` that names file and object. Links to other files are
 * shown and never opened.
 */
export interface Hdf5File {
  /** Path of the file, as given. */
  readonly file: string;
  /** The object at `path` (default: the root) with `depth` levels below (default 1; 0: only itself). At most 500 000 objects. */
  tree(path?: string, options?: { readonly depth?: number }): Promise<Hdf5Node>;
  /** A dataset or part of it. Refuses more than 1 GiB at once. */
  read(path: string, options?: Hdf5ReadOptions): Promise<Hdf5Slice>;
  /** Closes the file; closing twice does nothing. */
  close(): Promise<void>;
}

class PlainFile implements Hdf5File {
  readonly file: string;
  readonly #source: SourceChoice<Hdf5Source>;

  constructor(source: Hdf5Source) {
    this.file = source.file;
    this.#source = new SourceChoice(source, (opened) => opened, openLibrarySource);
  }

  tree(path = '', { depth = 1 }: { readonly depth?: number } = {}): Promise<Hdf5Node> {
    return this.#source.ask((source) => listNode(source, normalizePath(path), depth));
  }

  read(path: string, options: Hdf5ReadOptions = {}): Promise<Hdf5Slice> {
    return this.#source.ask((source) => readSlice(source, normalizePath(path), options.axes ?? []));
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

/**
 * Opens any HDF5 file for looking around in it. Fails with an `Lh5Error` when it is missing, no HDF5 file, truncated or damaged in
 * its head.
 */
export async function openHdf5(file: string): Promise<Hdf5File> {
  try {
    return new PlainFile(await openFileSource(file));
  } catch (cause) {
    if (cause instanceof UnknownFormat) return new PlainFile(await openLibrarySource(file));
    throw cause;
  }
}
