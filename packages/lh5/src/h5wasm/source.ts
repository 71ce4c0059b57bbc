import type { AttributeValue } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import type { Box } from '../hdf5/box.js';
import type { DatasetInfo, Hdf5Kind, Hdf5Source } from '../hdf5/source.js';
import { readAttributes } from './attributes.js';
import { DatasetReader, describeDataset, type LibraryDataset } from './dataset-reader.js';
import type { ObjectAt } from './location.js';
import { childNames, closeFile, kindAt, linkTarget, openForReading } from './open-file.js';

class LibrarySource implements Hdf5Source {
  readonly file: string;
  readonly #root: ObjectAt;
  readonly #data = new DatasetReader();
  readonly #plain = new Set<string>();
  readonly #datasets = new Map<string, LibraryDataset>();

  constructor(root: ObjectAt) {
    this.file = root.file;
    this.#root = root;
  }

  kind(path: string): Hdf5Kind {
    return kindAt(this.#at(path), this.#plain);
  }

  children(path: string): readonly string[] {
    return childNames(this.#at(path));
  }

  linkTarget(path: string): string {
    return linkTarget(this.#at(path));
  }

  attributes(path: string): Readonly<Record<string, AttributeValue>> {
    return readAttributes(this.#at(path));
  }

  dataset(path: string): LibraryDataset {
    let found = this.#datasets.get(path);
    if (found === undefined) {
      found = describeDataset(this.#at(path));
      this.#datasets.set(path, found);
    }
    return found;
  }

  bytes(info: DatasetInfo, start: number, stop: number): Uint8Array<ArrayBuffer> {
    return this.#data.bytes(this.dataset(info.path), start, stop);
  }

  box(info: DatasetInfo, box: Box): Uint8Array<ArrayBuffer> {
    return this.#data.box(this.dataset(info.path), box);
  }

  variable(info: DatasetInfo): never {
    throw new Lh5Error(
      'io-failed',
      'lists of variable length in a dataset of this form cannot be read here',
      {
        file: this.file,
        object: info.path,
      },
    );
  }

  texts(info: DatasetInfo, start: number, stop: number): string[] {
    return this.#data.texts(this.dataset(info.path), start, stop);
  }

  close(): void {
    closeFile(this.#root);
  }

  #at(path: string): ObjectAt {
    return { ...this.#root, path };
  }
}

/**
 * Opens a file with the HDF5 library. Fails with an `Lh5Error` when it is missing, unreadable, no HDF5 file, truncated or
 * damaged in its head.
 */
export async function openLibrarySource(file: string): Promise<Hdf5Source> {
  return new LibrarySource(await openForReading(file));
}
