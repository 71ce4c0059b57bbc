import type { Lh5Reader, TreeNode } from '@countroom/lh5';

/** The trees of the objects that a path, or a pattern such as `ch*` + `/raw`, stands for. Fails when there is none. */
export async function treesAt(reader: Lh5Reader, path: string): Promise<TreeNode[]> {
  const { expandPaths, isPattern } = await import('@countroom/lh5');
  if (!isPattern(path)) return [await reader.tree(path)];
  const found = await expandPaths(reader, path);
  if (found.length === 0) throw new Error(`${reader.file}: no object matches ${path}`);
  return Promise.all(found.map((at) => reader.tree(at)));
}

/** What a result says of trees: `tree` for one path, `trees` for a pattern. */
export function treeResult(
  path: string,
  trees: readonly TreeNode[],
): { tree: TreeNode } | { trees: readonly TreeNode[] } {
  const [only] = trees;
  return /[*?[]/.test(path) || only === undefined ? { trees } : { tree: only };
}
