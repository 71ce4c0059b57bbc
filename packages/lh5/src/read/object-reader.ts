import type {
  DataObject,
  Encoded,
  NdArray,
  Scalar,
  Struct,
  Table,
  VectorOfVectors,
} from '@countroom/records';
import { decodeWaveforms } from '../codecs/decode.js';
import { printElement } from '../datatype/grammar.js';
import { Lh5Error, type Lh5ErrorCode } from '../errors.js';
import { below, type ObjectPlace, placeOf } from '../hdf5/place.js';
import { memoryFor, type ReadMemory } from '../hdf5/read-memory.js';
import type { Hdf5Kind, Hdf5Source } from '../hdf5/source.js';
import type { RowRange } from '../ports.js';
import type { ColumnMask } from './column-mask.js';
import { ColumnMask as Mask } from './column-mask.js';
import { readDataset } from './dataset-object.js';
import { type FileNode, lookUp } from './node.js';

/** What to read of an object. */
export interface Request {
  /** Undefined: all rows. */
  readonly rows: RowRange | undefined;
  readonly mask: ColumnMask;
  readonly decode: boolean;
  /** Read into this memory, which holds what was read before. */
  readonly memory?: ReadMemory | undefined;
}

function fail(node: FileNode, code: Lh5ErrorCode, reason: string): never {
  throw new Lh5Error(code, reason, placeOf(node.at));
}

function asCode<T>(node: FileNode, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof Lh5Error && cause.file === undefined) {
      throw new Lh5Error(cause.code, cause.reason, { ...placeOf(node.at), cause });
    }
    throw cause;
  }
}

/** Puts the objects of one file together from its datasets. Descriptions are looked up once. */
export class ObjectReader {
  readonly #nodes = new Map<string, FileNode>();
  readonly #source: Hdf5Source;

  constructor(source: Hdf5Source) {
    this.#source = source;
  }

  /** The object at a path. */
  at(path: string): ObjectPlace {
    return { file: this.#source.file, path };
  }

  /** Names of the objects in a group, sorted. */
  children(at: ObjectPlace): readonly string[] {
    return this.#source.children(at.path);
  }

  /** Where a link points to, as text. */
  linkTarget(at: ObjectPlace): string {
    return this.#source.linkTarget(at.path);
  }

  /** What is at a place. */
  kind(at: ObjectPlace): Hdf5Kind {
    const node = this.#nodes.get(at.path);
    if (node !== undefined) return node.dataset === undefined ? 'group' : 'dataset';
    return this.#source.kind(at.path);
  }

  /** Description of an object; fails when there is none. */
  node(at: ObjectPlace): FileNode {
    let node = this.#nodes.get(at.path);
    if (node === undefined) {
      node = lookUp(this.#source, at, this.kind(at));
      this.#nodes.set(at.path, node);
    }
    return node;
  }

  /** Names of the fields of a table, struct or plain group. */
  fieldsOf(node: FileNode): readonly string[] {
    const { datatype } = node;
    return datatype?.kind === 'struct' || datatype?.kind === 'table'
      ? datatype.fields
      : this.children(node.at);
  }

  /** Rows of an object, or undefined when it is of a kind that has none. */
  rowCount(node: FileNode): number | undefined {
    if (node.dataset !== undefined) return node.dataset.shape[0];
    switch (node.datatype?.kind) {
      case 'vov':
        return this.rowCount(this.#part(node, 'cumulative_length'));
      case 'encoded-vov':
      case 'encoded-aoesa':
        return this.rowCount(this.#part(node, 'encoded_data'));
      case 'table': {
        const first = node.datatype.fields[0];
        return first === undefined ? 0 : this.#columnRows(node, first);
      }
      default:
        return undefined;
    }
  }

  /** Reads an object of any kind. */
  read(node: FileNode, request: Request): DataObject {
    if (request.rows !== undefined && this.rowCount(node) === undefined) {
      fail(node, 'argument-invalid', 'has no rows: leave the row range away');
    }
    if (node.dataset !== undefined) {
      if (!request.mask.everything)
        fail(node, 'argument-invalid', 'has no columns: leave the choice of columns away');
      return readDataset(node, node.dataset, this.#source, this.#range(node, request), request.memory);
    }
    switch (node.datatype?.kind) {
      case 'vov':
        return this.#vectors(node, this.#range(node, request), request.memory);
      case 'encoded-vov':
      case 'encoded-aoesa': {
        const { memory } = request;
        const encoded = this.#encoded(node, this.#range(node, request), memory);
        return request.decode
          ? asCode(node, () => decodeWaveforms(encoded, (bytes) => memoryFor(node.at.path, bytes, memory)))
          : encoded;
      }
      case 'table':
        return this.#table(node, request);
      case 'struct':
      case undefined:
        return this.#struct(node, request);
      default:
        return fail(
          node,
          'datatype-invalid',
          `is a group, which the datatype ${node.datatypeText ?? ''} does not allow`,
        );
    }
  }

  #part(node: FileNode, name: string): FileNode {
    try {
      return this.node(below(node.at, name));
    } catch (cause) {
      if (!(cause instanceof Lh5Error) || cause.code !== 'object-missing') throw cause;
      throw new Lh5Error('data-inconsistent', `its part ${name} is missing`, { ...placeOf(node.at), cause });
    }
  }

  #columnRows(node: FileNode, name: string): number {
    const column = this.#part(node, name);
    return (
      this.rowCount(column) ?? fail(column, 'data-inconsistent', 'is a column of a table but has no rows')
    );
  }

  #range(node: FileNode, { rows }: Request): RowRange {
    const count = this.rowCount(node) ?? 0;
    if (rows === undefined) return [0, count];
    const [start, stop] = rows;
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(stop) || start < 0 || stop < start) {
      fail(
        node,
        'argument-invalid',
        `rows ${start}:${stop} are no range: give whole numbers A:B with 0 ≤ A ≤ B`,
      );
    }
    return [Math.min(start, count), Math.min(stop, count)];
  }

  #offsets(node: FileNode, [start, stop]: RowRange): { first: number; last: number; ends: Uint32Array } {
    const part = this.#part(node, 'cumulative_length');
    const before = start > 0 ? 1 : 0;
    const object = this.read(part, { rows: [start - before, stop], mask: Mask.all, decode: true });
    if (object.kind !== 'array') return fail(part, 'data-inconsistent', 'does not hold numbers');
    const first = before === 0 || stop === start ? 0 : Number(object.data[0]);
    const ends = new Uint32Array(stop - start);
    let last = first;
    for (let row = 0; row < ends.length; row += 1) {
      const end = Number(object.data[row + before]);
      if (!Number.isSafeInteger(end) || end < last)
        fail(part, 'data-inconsistent', `row ${start + row} ends at ${end}, before it begins at ${last}`);
      if (end - first > 0xffff_ffff)
        fail(part, 'argument-invalid', 'these rows hold more than 2^32 - 1 elements: read fewer');
      ends[row] = end - first;
      last = end;
    }
    return { first, last, ends };
  }

  #vectors(node: FileNode, range: RowRange, memory: ReadMemory | undefined): VectorOfVectors {
    const { first, last, ends } = this.#offsets(node, range);
    const inner = this.#part(node, 'flattened_data');
    const there = this.rowCount(inner) ?? 0;
    if (last > there)
      fail(node, 'data-inconsistent', `its rows end at element ${last}, but there are only ${there}`);
    const flattened = this.read(inner, { rows: [first, last], mask: Mask.all, decode: true, memory });
    if (flattened.kind !== 'array' && flattened.kind !== 'strings' && flattened.kind !== 'vov') {
      return fail(inner, 'datatype-invalid', `${flattened.kind} cannot be the data of a vector of vectors`);
    }
    const lengths = this.#part(node, 'cumulative_length');
    const cumulative: NdArray = {
      kind: 'array',
      flavor: 'array',
      dtype: 'uint32',
      shape: [ends.length],
      data: ends,
      attrs: lengths.attrs,
    };
    return { kind: 'vov', cumulative, flattened, attrs: node.attrs };
  }

  #encoded(node: FileNode, range: RowRange, memory: ReadMemory | undefined): Encoded {
    const part = this.#part(node, 'encoded_data');
    if (part.datatype?.kind !== 'vov')
      fail(part, 'datatype-invalid', 'is not a vector of vectors of code bytes');
    const encoded = this.#vectors(part, range, memory);
    const sizes = this.#part(node, 'decoded_size');
    const perRow = (this.rowCount(sizes) ?? 0) > 0 || sizes.dataset?.shape.length === 1;
    const size = this.read(sizes, { rows: perRow ? range : undefined, mask: Mask.all, decode: true });
    const { datatype } = node;
    const element =
      datatype?.kind === 'encoded-vov' || datatype?.kind === 'encoded-aoesa'
        ? printElement(datatype.element)
        : 'real';
    const decodedSize: NdArray | Scalar =
      size.kind === 'array' || size.kind === 'scalar'
        ? size
        : fail(sizes, 'datatype-invalid', 'does not hold numbers');
    return {
      kind: 'encoded',
      flavor: datatype?.kind === 'encoded-vov' ? 'vov' : 'aoesa',
      encoded,
      decodedSize,
      ...(element === 'real' ? {} : { element }),
      attrs: node.attrs,
    };
  }

  #children(node: FileNode, request: Request): [string, FileNode, ColumnMask][] {
    const fields = this.fieldsOf(node);
    request.mask.check(fields, placeOf(node.at));
    return fields.flatMap((name) => {
      const mask = request.mask.below(name);
      return mask === undefined
        ? []
        : [[name, this.#field(node, name), mask] satisfies [string, FileNode, ColumnMask]];
    });
  }

  #field(node: FileNode, name: string): FileNode {
    try {
      return this.node(below(node.at, name));
    } catch (cause) {
      if (!(cause instanceof Lh5Error) || cause.code !== 'object-missing') throw cause;
      throw new Lh5Error('object-missing', `its field ${name} is named in the datatype but is not there`, {
        ...placeOf(node.at),
        cause,
      });
    }
  }

  #table(node: FileNode, request: Request): Table {
    const [start, stop] = this.#range(node, request);
    const rows = this.rowCount(node) ?? 0;
    const columns = new Map<string, DataObject>();
    for (const [name, column, mask] of this.#children(node, request)) {
      const there = this.#columnRows(node, name);
      if (there !== rows)
        fail(node, 'data-inconsistent', `column ${name} has ${there} rows, the others have ${rows}`);
      columns.set(name, this.read(column, { ...request, rows: [start, stop], mask }));
    }
    return { kind: 'table', rows: stop - start, columns, attrs: node.attrs };
  }

  #struct(node: FileNode, request: Request): Struct {
    const fields = new Map<string, DataObject>();
    for (const [name, field, mask] of this.#children(node, request)) {
      fields.set(name, this.read(field, { ...request, rows: undefined, mask }));
    }
    const unknown =
      node.datatype === undefined && node.datatypeText !== undefined ? { datatype: node.datatypeText } : {};
    return { kind: 'struct', fields, ...unknown, attrs: node.attrs };
  }
}
