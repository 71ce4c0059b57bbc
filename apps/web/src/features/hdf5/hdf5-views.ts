import type { TreeNode } from '@countroom/contracts';

/** Ways to look at a dataset. */
export type Hdf5View = 'table' | 'line' | 'image' | 'attributes';

/** Ways to look at an object, the most telling one first. */
export function hdf5Views(node: TreeNode): readonly Hdf5View[] {
  const { shape, dtype } = node;
  if (shape === null || node.attrs['fault'] !== undefined) return ['attributes'];
  if (dtype === null || shape.length === 0 || shape.includes(0)) return ['table', 'attributes'];
  return shape.length === 1 ? ['line', 'table', 'attributes'] : ['image', 'line', 'table', 'attributes'];
}

/** What to show at first: the first dataset with elements, else the first object. */
export function startNode(root: TreeNode): TreeNode {
  const level = [...(root.children ?? [])];
  for (const node of level) {
    if ((node.shape?.length ?? 0) > 0) return node;
    level.push(...(node.children ?? []));
  }
  return root.children?.[0] ?? root;
}
