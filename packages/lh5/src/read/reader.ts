import { setImmediate } from 'node:timers/promises';
import type { DataObject, Table } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { DatasetReader } from '../hdf5/dataset-reader.js';
import { normalizePath, type ObjectAt, placeOf } from '../hdf5/location.js';
import { closeFile, openForReading } from '../hdf5/open-file.js';
import type { Block, BlockOptions, Lh5Reader, ReadOptions, TreeNode } from '../ports.js';
import { blockRanges } from './blocks.js';
import { ColumnMask } from './column-mask.js';
import { ObjectReader, type Request } from './object-reader.js';
import { TreeLister } from './tree.js';

/** Runs something synchronous as a promise, so that what it throws becomes a rejection. */
function promised<T>(action: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(action());
  });
}

function requestOf(options: ReadOptions): Request {
  return { rows: options.rows, mask: ColumnMask.of(options.columns), decode: options.decode ?? true };
}

class H5wasmReader implements Lh5Reader {
  readonly file: string;
  readonly #root: ObjectAt;
  readonly #objects = new ObjectReader(new DatasetReader());
  #open = true;

  constructor(root: ObjectAt) {
    this.file = root.file;
    this.#root = root;
  }

  tree(path = '', options: { readonly depth?: number } = {}): Promise<TreeNode> {
    return promised(() => {
      const at = this.#at(path);
      if (this.#objects.kind(at) !== 'link') this.#objects.node(at);
      return new TreeLister(this.#objects).list(at, options.depth ?? Number.POSITIVE_INFINITY);
    });
  }

  has(path: string): Promise<boolean> {
    return promised(() => ['group', 'dataset'].includes(this.#objects.kind(this.#at(path))));
  }

  rowCount(path: string): Promise<number> {
    return promised(() => {
      const node = this.#objects.node(this.#at(path));
      const rows = this.#objects.rowCount(node);
      if (rows === undefined) throw new Lh5Error('argument-invalid', 'has no rows', placeOf(node.at));
      return rows;
    });
  }

  read(path: string, options: ReadOptions = {}): Promise<DataObject> {
    return promised(() => this.#read(path, options));
  }

  readTable(path: string, options: ReadOptions = {}): Promise<Table> {
    return promised(() => this.#readTable(path, options));
  }

  async *blocks(path: string, options: BlockOptions = {}): AsyncIterable<Block> {
    for (const rows of this.#ranges(path, options)) {
      yield { start: rows[0], rows: rows[1] - rows[0], data: this.#read(path, { ...options, rows }) };
      // Reading is synchronous: let timers and messages of this thread through between blocks.
      await setImmediate();
    }
  }

  async *tableBlocks(path: string, options: BlockOptions = {}): AsyncIterable<Block<Table>> {
    for (const rows of this.#ranges(path, options)) {
      yield { start: rows[0], rows: rows[1] - rows[0], data: this.#readTable(path, { ...options, rows }) };
      await setImmediate();
    }
  }

  close(): Promise<void> {
    return promised(() => {
      if (!this.#open) return;
      this.#open = false;
      closeFile(this.#root);
    });
  }

  #at(path: string): ObjectAt {
    if (!this.#open) throw new Lh5Error('closed', 'the file has been closed', { file: this.file });
    return { ...this.#root, path: normalizePath(path) };
  }

  #read(path: string, options: ReadOptions): DataObject {
    return this.#objects.read(this.#objects.node(this.#at(path)), requestOf(options));
  }

  #readTable(path: string, options: ReadOptions): Table {
    const object = this.#read(path, options);
    if (object.kind !== 'table') {
      throw new Lh5Error('argument-invalid', `is not a table but ${object.kind}`, {
        file: this.file,
        object: normalizePath(path),
      });
    }
    return object;
  }

  #ranges(path: string, options: BlockOptions): ReturnType<typeof blockRanges> {
    const node = this.#objects.node(this.#at(path));
    if (this.#objects.rowCount(node) === undefined)
      throw new Lh5Error('argument-invalid', 'has no rows', placeOf(node.at));
    return blockRanges(this.#objects, node, options);
  }
}

/** Opens a file for reading with the HDF5 library compiled to WebAssembly. See {@link Lh5Reader} for what may fail. */
export async function openReader(file: string): Promise<Lh5Reader> {
  return new H5wasmReader(await openForReading(file));
}
