import type { TreeNode } from '@countroom/contracts';

/** One line of the tree of a file. */
export interface TreeRow {
  readonly node: TreeNode;
  readonly depth: number;
  readonly expandable: boolean;
  readonly open: boolean;
  /** Datatype and size in a few words. */
  readonly facts: string;
}

function childrenOf(node: TreeNode): readonly TreeNode[] {
  return node.children ?? [];
}

/** Lines below the root; `open` holds the paths whose children are shown. */
export function treeRows(root: TreeNode, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (node: TreeNode, above: TreeNode, depth: number): void => {
    const expandable = childrenOf(node).length > 0;
    const isOpen = expandable && open.has(node.path);
    // Columns are as long as their table, which says it once.
    const facts = nodeFacts(above.rows === node.rows ? { ...node, rows: null } : node);
    rows.push({ node, depth, expandable, open: isOpen, facts });
    if (isOpen) for (const child of childrenOf(node)) walk(child, node, depth + 1);
  };
  for (const child of childrenOf(root)) walk(child, root, 0);
  return rows;
}

/** The object at a path; undefined when the file has none there. */
export function findNode(root: TreeNode, path: string): TreeNode | undefined {
  if (root.path === path) return root;
  for (const child of childrenOf(root)) {
    if (child.path === path || path.startsWith(`${child.path}/`)) {
      const found = findNode(child, path);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Paths of everything above a path. */
export function pathsAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** What to show at first: the first table, else the first thing there is. */
export function firstNode(root: TreeNode): TreeNode {
  const level = [...childrenOf(root)];
  for (const node of level) {
    if (node.kind === 'table') return node;
    level.push(...childrenOf(node));
  }
  return childrenOf(root)[0] ?? root;
}

/** Ways to look at an object, the most telling one first. */
export type View = 'table' | 'waveforms' | 'histogram' | 'plane' | 'attributes';

export function viewsOf(node: TreeNode): readonly View[] {
  if (node.attrs['fault'] !== undefined) return ['attributes'];
  switch (node.kind) {
    case 'table':
      return [
        'table',
        ...(childrenOf(node).some(({ kind }) => kind === 'waveform') ? ['waveforms' as const] : []),
        ...(histogramColumns(node).length > 0 ? ['histogram' as const] : []),
        ...(planeColumns(node).length > 1 ? ['plane' as const] : []),
        'attributes',
      ];
    case 'waveform':
    case 'encoded':
      return ['waveforms', 'table', 'attributes'];
    case 'array':
      if (!isNumber(node)) return ['table', 'attributes'];
      return (node.shape?.length ?? 1) > 1
        ? ['waveforms', 'table', 'histogram', 'attributes']
        : ['histogram', 'table', 'attributes'];
    case 'vov':
      return isNumber(node) ? ['table', 'histogram', 'waveforms', 'attributes'] : ['table', 'attributes'];
    case 'strings':
    case 'scalar':
      return ['table', 'attributes'];
    case 'struct':
    case 'group':
    case 'histogram':
    case 'unknown':
      return ['attributes'];
  }
}

/** Columns of a table that a histogram can be made of: one number, or a list of numbers, per row. */
export function histogramColumns(table: TreeNode): readonly TreeNode[] {
  return childrenOf(table).filter(
    (node) =>
      node.attrs['fault'] === undefined &&
      isNumber(node) &&
      (node.kind === 'vov' || (node.kind === 'array' && (node.shape?.length ?? 1) === 1)),
  );
}

/** Columns with one number per row. */
export function planeColumns(table: TreeNode): readonly TreeNode[] {
  return histogramColumns(table).filter(({ kind }) => kind === 'array');
}

function isNumber({ dtype }: TreeNode): boolean {
  return dtype !== null && dtype !== 'string' && dtype !== 'opaque';
}

/** `float32, 1000 rows`. */
function nodeFacts(node: TreeNode): string {
  const rows = node.rows === null ? '' : `${node.rows} rows`;
  const inner = (node.shape ?? []).slice(1);
  const type =
    node.kind === 'array' ? `${node.dtype ?? ''}${inner.map((size) => `[${size}]`).join('')}` : node.kind;
  return [type, rows].filter((part) => part !== '').join(', ');
}
