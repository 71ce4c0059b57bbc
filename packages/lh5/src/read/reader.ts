import { setImmediate } from 'node:timers/promises';
import type { DataObject, Table } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { normalizePath, placeOf } from '../hdf5/place.js';
import { ReadMemory } from '../hdf5/read-memory.js';
import type { Hdf5Source } from '../hdf5/source.js';
import { SourceChoice, type SourceFactory } from '../hdf5/source-choice.js';
import type { Block, BlockOptions, Lh5Reader, ReadOptions, TreeNode } from '../ports.js';
import { blockRanges } from './blocks.js';
import { ColumnMask } from './column-mask.js';
import { ObjectReader, type Request } from './object-reader.js';
import { readSelected } from './selection.js';
import { TreeLister } from './tree.js';

function requestOf(options: ReadOptions): Request {
  return {
    rows: options.rows,
    mask: ColumnMask.of(options.columns),
    decode: options.decode ?? true,
    memory: options.memory,
  };
}

function withMemory({ reuse, ...options }: BlockOptions): ReadOptions {
  return reuse === true ? { memory: new ReadMemory(), ...options } : options;
}

class FileReader implements Lh5Reader {
  readonly file: string;
  readonly #objects: SourceChoice<ObjectReader>;

  constructor(source: Hdf5Source, whole?: SourceFactory) {
    this.file = source.file;
    this.#objects = new SourceChoice(source, (opened) => new ObjectReader(opened), whole);
  }

  tree(path = '', options: { readonly depth?: number } = {}): Promise<TreeNode> {
    return this.#objects.ask((objects) => {
      const at = objects.at(normalizePath(path));
      if (objects.kind(at) !== 'link') objects.node(at);
      return new TreeLister(objects).list(at, options.depth ?? Number.POSITIVE_INFINITY);
    });
  }

  has(path: string): Promise<boolean> {
    return this.#objects.ask((objects) =>
      ['group', 'dataset'].includes(objects.kind(objects.at(normalizePath(path)))),
    );
  }

  rowCount(path: string): Promise<number> {
    return this.#objects.ask((objects) => {
      const node = objects.node(objects.at(normalizePath(path)));
      const rows = objects.rowCount(node);
      if (rows === undefined) throw new Lh5Error('argument-invalid', 'has no rows', placeOf(node.at));
      return rows;
    });
  }

  read(path: string, options: ReadOptions = {}): Promise<DataObject> {
    return this.#objects.ask((objects) => {
      const node = objects.node(objects.at(normalizePath(path)));
      const { select } = options;
      const request = requestOf(options);
      if (select === undefined) return objects.read(node, request);
      return readSelected(objects.rowCount(node), select, options.rows, placeOf(node.at), (rows) =>
        // Several parts of the same data are needed at once.
        objects.read(node, { ...request, memory: undefined, rows }),
      );
    });
  }

  async readTable(path: string, options: ReadOptions = {}): Promise<Table> {
    const object = await this.read(path, options);
    if (object.kind !== 'table') {
      throw new Lh5Error('argument-invalid', `is not a table but ${object.kind}`, {
        file: this.file,
        object: normalizePath(path),
      });
    }
    return object;
  }

  async *blocks(path: string, options: BlockOptions = {}): AsyncIterable<Block> {
    const read = withMemory(options);
    for (const rows of await this.#ranges(path, options)) {
      yield { start: rows[0], rows: rows[1] - rows[0], data: await this.read(path, { ...read, rows }) };
      // Reading is synchronous: let timers and messages of this thread through between blocks.
      await setImmediate();
    }
  }

  async *tableBlocks(path: string, options: BlockOptions = {}): AsyncIterable<Block<Table>> {
    const read = withMemory(options);
    for (const rows of await this.#ranges(path, options)) {
      const data = await this.readTable(path, { ...read, rows });
      yield { start: rows[0], rows: rows[1] - rows[0], data };
      await setImmediate();
    }
  }

  close(): Promise<void> {
    return this.#objects.close();
  }

  #ranges(path: string, options: BlockOptions): Promise<ReturnType<typeof blockRanges>> {
    return this.#objects.ask((objects) => {
      const node = objects.node(objects.at(normalizePath(path)));
      if (objects.rowCount(node) === undefined)
        throw new Lh5Error('argument-invalid', 'has no rows', placeOf(node.at));
      return blockRanges(objects, node, options);
    });
  }
}

/**
 * Reads LH5 from an HDF5 source. With `whole`, the file is opened again with that when the source meets a part of the format
 * that it does not know.
 */
export function readerOn(source: Hdf5Source, whole?: SourceFactory): Lh5Reader {
  return new FileReader(source, whole);
}
