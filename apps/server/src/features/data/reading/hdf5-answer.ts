import type { Hdf5Slice, TreeNode } from '@countroom/contracts';
import {
  type Hdf5Axis,
  type Hdf5File,
  type Hdf5Node,
  type Hdf5Value,
  jsonNumber,
  Lh5Error,
  openHdf5,
  type Hdf5Slice as Slice,
  typeText,
} from '@countroom/lh5';
import { decimate } from './decimate.js';
import { jsonAttributes } from './json-attributes.js';
import type { Hdf5Question } from './readings.js';

const deepest = 16;
const mostNodes = 20_000;
const mostElements = 1 << 18;
/** Of a curve that is thinned out here. */
const mostSamples = 1 << 24;
const mostCharacters = 1000;
const mostInner = 64;

type Json = Hdf5Slice['data'][number];

/** Runs in a reading thread: looks into any HDF5 file. */
export async function hdf5Answer(question: Hdf5Question): Promise<TreeNode | Hdf5Slice> {
  const file = await openHdf5(question.file);
  try {
    return question.kind === 'hdf5Tree'
      ? toTree(await file.tree('', { depth: deepest }))
      : await slice(file, question.ask);
  } finally {
    await file.close();
  }
}

/** Objects as a tree; those beyond a number are left out, level by level, and their group says how many. */
function toTree(root: Hdf5Node): TreeNode {
  let left = mostNodes;
  const top = leafOf(root);
  let level = [{ from: root, to: top }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { from, to } of level) {
      const shown = from.children.slice(0, left);
      left -= shown.length;
      if (shown.length > 0) to.children = shown.map(leafOf);
      shown.forEach((child, index) => next.push({ from: child, to: to.children![index]! }));
      const missing = (from.childCount ?? 0) - shown.length;
      if (missing > 0) to.attrs['not shown'] = `${missing} more objects`;
    }
    level = next;
  }
  return top;
}

function leafOf(node: Hdf5Node): TreeNode {
  const { name, path, shape, type, attrs, storage, fault, target } = node;
  return {
    name,
    path,
    datatype: type === null ? '' : typeText(type),
    kind: kindOf(node),
    dtype: type?.kind === 'number' || type?.kind === 'enum' ? type.dtype : null,
    shape: shape === null ? null : [...shape],
    rows: shape?.[0] ?? null,
    attrs: {
      ...jsonAttributes(attrs),
      ...(storage === null || storage.filters.length === 0
        ? {}
        : { 'stored with': storage.filters.join(' ') }),
      ...(fault === undefined ? {} : { fault }),
      ...(target === undefined ? {} : { target }),
    },
  };
}

function kindOf({ kind, shape, type }: Hdf5Node): TreeNode['kind'] {
  if (kind === 'group') return 'group';
  if (kind !== 'dataset' || shape === null) return 'unknown';
  if (shape.length === 0) return 'scalar';
  return type?.kind === 'string' ? 'strings' : 'array';
}

async function slice(
  file: Hdf5File,
  { path, axes, points }: Extract<Hdf5Question, { kind: 'hdf5Slice' }>['ask'],
): Promise<Hdf5Slice> {
  const node = await file.tree(path, { depth: 0 });
  const refuse = (reason: string): never => {
    throw new Lh5Error('argument-invalid', reason, { object: node.path });
  };
  if (node.fault !== undefined) throw new Lh5Error('data-inconsistent', node.fault, { object: node.path });
  if (node.shape === null) return refuse(`is no dataset but a ${node.kind}; choose one of those in it`);
  if (axes.length > node.shape.length) refuse(`has ${node.shape.length} axes, not ${axes.length}`);
  const count = countOf(node.shape, axes);
  const most = points === undefined ? mostElements : mostSamples;
  if (count > most) refuse(`${count} elements are more than ${most}: ask for a part, or for fewer by a step`);
  const found = await file.read(node.path, { axes });
  const units = node.attrs['units'];
  const numeric = found.type.kind === 'number' || found.type.kind === 'enum';
  return {
    path: node.path,
    type: typeText(found.type),
    numeric,
    units: typeof units === 'string' ? units : null,
    full: [...node.shape],
    shape: [...found.shape],
    ...valuesOf(found, numeric && found.shape.length === 1 ? points : undefined),
  };
}

/** Elements that would be read: an index beyond the data is refused by the reader. */
function countOf(shape: readonly number[], axes: readonly Hdf5Axis[]): number {
  return shape.reduce((product, extent, axis) => {
    const wanted = axes[axis];
    if (wanted === undefined) return product * extent;
    if (typeof wanted === 'number') return product;
    const [start, stop, step = 1] = wanted;
    return product * Math.max(0, Math.ceil((Math.min(stop, extent) - start) / Math.max(1, step)));
  }, 1);
}

function valuesOf({ data }: Slice, points: number | undefined): Pick<Hdf5Slice, 'data' | 'places'> {
  if (points !== undefined && ArrayBuffer.isView(data)) {
    const { indices, values, step } = decimate(data, points);
    return { data: [...values], places: step === 1 ? null : [...indices] };
  }
  return { data: Array.from<Hdf5Value, Json>(data as ArrayLike<Hdf5Value>, json), places: null };
}

function json(value: Hdf5Value): Json {
  if (typeof value === 'number' || typeof value === 'bigint') return jsonNumber(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string')
    return value.length > mostCharacters ? `${value.slice(0, mostCharacters)}…` : value;
  if (Array.isArray(value)) {
    const shown = value.slice(0, mostInner).map(json);
    return value.length > mostInner ? [...shown, '…'] : shown;
  }
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, json(inner)]));
}
