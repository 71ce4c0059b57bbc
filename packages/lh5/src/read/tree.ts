import { Lh5Error } from '../errors.js';
import { below, type ObjectPlace, placeOf } from '../hdf5/place.js';
import type { NodeKind, TreeNode } from '../ports.js';
import { areHistogramFields } from './kinds.js';
import type { FileNode } from './node.js';
import type { ObjectReader } from './object-reader.js';

const deepest = 48;
const mostNodes = 500_000;

const empty = {
  datatype: null,
  rows: null,
  shape: null,
  dtype: null,
  attrs: {},
  storage: null,
  children: [],
} as const;

function datasetKind(node: FileNode): NodeKind {
  const { dataset, datatype, datatypeText } = node;
  if (
    dataset === undefined ||
    (datatype === undefined && datatypeText !== undefined) ||
    dataset.type.kind === 'opaque'
  )
    return 'opaque';
  if (dataset.shape.length === 0) return 'scalar';
  return dataset.type.kind === 'string' ? 'strings' : 'array';
}

function groupKind(node: FileNode): NodeKind {
  const { datatype, datatypeText } = node;
  switch (datatype?.kind) {
    case 'table':
      return [...datatype.fields].sort().join() === 'dt,t0,values' ? 'waveform' : 'table';
    case 'struct':
      return areHistogramFields(datatype.fields) ? 'histogram' : 'struct';
    case 'vov':
      return 'vov';
    case 'encoded-vov':
    case 'encoded-aoesa':
      return 'encoded';
    case undefined:
      return datatypeText === undefined ? 'group' : 'opaque';
    default:
      return 'opaque';
  }
}

function partsOf(node: FileNode): readonly string[] | undefined {
  switch (node.datatype?.kind) {
    case 'table':
    case 'struct':
      return node.datatype.fields;
    case 'vov':
      return ['cumulative_length', 'flattened_data'];
    case 'encoded-vov':
    case 'encoded-aoesa':
      return ['encoded_data', 'decoded_size'];
    default:
      return undefined;
  }
}

/** Lists the objects of a file. A fault of one object is written on its node and does not end the listing. */
export class TreeLister {
  readonly #objects: ObjectReader;
  #count = 0;

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** The object at a place with `depth` levels below. */
  list(at: ObjectPlace, depth: number): TreeNode {
    return this.#node(at, Math.min(depth, deepest), false);
  }

  #node(at: ObjectPlace, depth: number, unlisted: boolean): TreeNode {
    this.#count += 1;
    if (this.#count > mostNodes)
      throw new Lh5Error(
        'data-inconsistent',
        `there are more than ${mostNodes} objects: links that lead in circles?`,
        placeOf(at),
      );
    const base = { ...empty, name: at.path.split('/').at(-1) ?? '', path: at.path, unlisted };
    try {
      const kind = this.#objects.kind(at);
      if (kind === 'link') return { ...base, kind: 'link', target: this.#objects.linkTarget(at) };
      if (kind === 'datatype') return { ...base, kind: 'opaque' };
      const node = this.#objects.node(at);
      const { dataset } = node;
      const common = { ...base, datatype: node.datatypeText ?? null, attrs: node.attrs };
      if (dataset === undefined) return this.#group(node, common, depth);
      return {
        ...common,
        kind: datasetKind(node),
        rows: dataset.shape[0] ?? null,
        shape: dataset.shape,
        dtype: dataset.type.kind === 'number' ? dataset.type.dtype : dataset.type.kind,
        storage: dataset.storage,
      };
    } catch (cause) {
      if (!(cause instanceof Lh5Error) || at.path === '') throw cause;
      return { ...base, kind: 'opaque', fault: cause.reason };
    }
  }

  #group(node: FileNode, common: Omit<TreeNode, 'kind'>, depth: number): TreeNode {
    const kind = groupKind(node);
    const fault = this.#faultOf(node);
    const children = depth > 0 ? this.#children(node, depth) : [];
    return {
      ...common,
      kind,
      rows: fault === undefined ? (this.#objects.rowCount(node) ?? null) : null,
      children,
      ...(fault === undefined ? {} : { fault }),
    };
  }

  #faultOf(node: FileNode): string | undefined {
    try {
      const rows = this.#objects.rowCount(node);
      if (node.datatype?.kind !== 'table') return undefined;
      for (const name of node.datatype.fields) {
        const there = this.#objects.rowCount(this.#objects.node(below(node.at, name)));
        if (there !== rows)
          return `column ${name} has ${there ?? 'no'} rows, the first one has ${rows ?? 'none'}`;
      }
      return undefined;
    } catch (cause) {
      if (cause instanceof Lh5Error)
        return cause.object === node.at.path ? cause.reason : `${cause.object ?? ''}: ${cause.reason}`;
      throw cause;
    }
  }

  #children(node: FileNode, depth: number): TreeNode[] {
    const names = this.#objects.children(node.at);
    const listed = partsOf(node);
    const children = names.map((name) =>
      this.#node(below(node.at, name), depth - 1, listed !== undefined && !listed.includes(name)),
    );
    for (const name of listed ?? []) {
      if (names.includes(name)) continue;
      const { path } = below(node.at, name);
      children.push({
        ...empty,
        name,
        path,
        kind: 'opaque',
        unlisted: false,
        fault: 'is named in the datatype but is not there',
      });
    }
    return children.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
