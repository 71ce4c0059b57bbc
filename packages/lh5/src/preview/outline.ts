import type { TreeNode } from '../ports.js';

/** One line of a listing. */
export interface OutlineLine {
  readonly path: string;
  readonly depth: number;
  readonly name: string;
  /** Datatype in short form, size, units: for people. */
  readonly text: string;
  readonly node: TreeNode;
}

const shortNames: readonly (readonly [RegExp, string])[] = [
  [/^(table|struct)\{.*\}$/, '$1'],
  [/^array<1>\{array<1>\{(.*)\}\}$/, 'vectors of $1'],
  [/^array_of_equalsized_arrays<1,1>\{(.*)\}$/, 'arrays of $1'],
  [/^array<1>\{(.*)\}$/, '$1'],
];

function shortDatatype(node: TreeNode): string {
  if (node.kind === 'waveform' || node.kind === 'histogram') return node.kind;
  if (node.datatype === null) return node.kind;
  const [pattern, replacement] = shortNames.find(([candidate]) => candidate.test(node.datatype ?? '')) ?? [];
  return pattern === undefined ? node.datatype : node.datatype.replace(pattern, replacement ?? '');
}

function sizeText(node: TreeNode): string {
  if (node.shape !== null && node.shape.length > 0) return `${node.dtype ?? ''}[${node.shape.join(' × ')}]`;
  if (node.shape !== null) return node.dtype ?? '';
  return node.rows === null ? '' : `${node.rows} rows`;
}

function lineText(node: TreeNode): string {
  if (node.kind === 'link') return `-> ${node.target ?? ''}`;
  const units = node.attrs['units'];
  const parts = [
    shortDatatype(node),
    sizeText(node),
    typeof units === 'string' ? `in ${units}` : '',
    node.storage?.filters.join(' ') ?? '',
    node.unlisted ? '(unlisted)' : '',
    node.fault === undefined ? '' : `! ${node.fault}`,
  ];
  return parts.filter((part) => part !== '').join('  ');
}

const innerParts = new Set(['vov', 'encoded']);

/**
 * A tree as lines for a listing, the root itself left out. The inner datasets of vectors and encoded objects are left
 * out unless `detail` is set or something is wrong with them.
 */
export function outline(root: TreeNode, options: { readonly detail?: boolean } = {}): OutlineLine[] {
  const lines: OutlineLine[] = [];
  const visit = (node: TreeNode, depth: number): void => {
    if (depth >= 0) lines.push({ path: node.path, depth, name: node.name, text: lineText(node), node });
    for (const child of node.children) {
      const hidden =
        innerParts.has(node.kind) && options.detail !== true && child.fault === undefined && !child.unlisted;
      if (!hidden) visit(child, depth + 1);
    }
  };
  visit(root, root.path === '' ? -1 : 0);
  return lines;
}
