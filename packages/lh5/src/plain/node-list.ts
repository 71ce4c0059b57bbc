import { Lh5Error } from '../errors.js';
import { pathBelow } from '../hdf5/place.js';
import type { Hdf5Source } from '../hdf5/source.js';
import type { Hdf5Node } from './hdf5-file.js';
import { hdf5Type } from './hdf5-type.js';

const deepest = 48;
const mostNodes = 500_000;

const nothing = {
  attrs: {},
  shape: null,
  type: null,
  storage: null,
  childCount: null,
  children: [],
} as const;

/** The object at a path with so many levels below. A fault of one object is written on its node. */
export function listNode(source: Hdf5Source, path: string, depth: number): Hdf5Node {
  let count = 0;
  const node = (at: string, levels: number): Hdf5Node => {
    count += 1;
    if (count > mostNodes)
      throw new Lh5Error(
        'data-inconsistent',
        `there are more than ${mostNodes} objects: links that lead in circles?`,
        {
          file: source.file,
          object: at,
        },
      );
    const base = { ...nothing, name: at.split('/').at(-1) ?? '', path: at };
    const kind = source.kind(at);
    if (kind === 'missing')
      throw new Lh5Error('object-missing', 'there is no such object', { file: source.file, object: at });
    if (kind === 'link') return { ...base, kind, target: source.linkTarget(at) };
    if (kind === 'datatype') return { ...base, kind };
    const attrs = source.attributes(at);
    if (kind === 'dataset') {
      const { shape, element, storage } = source.dataset(at);
      return { ...base, kind, attrs, shape, type: hdf5Type(element), storage };
    }
    const names = source.children(at);
    const children = levels > 0 ? names.map((name) => child(pathBelow(at, name), levels - 1)) : [];
    return { ...base, kind, attrs, childCount: names.length, children };
  };
  const child = (at: string, levels: number): Hdf5Node => {
    try {
      return node(at, levels);
    } catch (cause) {
      if (!(cause instanceof Lh5Error) || cause.object !== at || count > mostNodes) throw cause;
      return { ...nothing, name: at.split('/').at(-1) ?? '', path: at, kind: 'dataset', fault: cause.reason };
    }
  };
  return node(path, Math.min(depth, deepest));
}
