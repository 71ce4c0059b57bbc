import type { TreeNode } from '@countroom/contracts';
import type { TreeNode as Lh5Node, NodeKind } from '@countroom/lh5';

/** Kinds whose children are parts of one object, not objects of their own. */
export const innerParts: ReadonlySet<NodeKind> = new Set<NodeKind>(['vov', 'encoded']);

export function kindOf({ kind }: Lh5Node): TreeNode['kind'] {
  return kind === 'link' || kind === 'opaque' ? 'unknown' : kind;
}

function flattened(node: Lh5Node): Lh5Node | undefined {
  return node.kind === 'vov' ? node.children.find(({ name }) => name === 'flattened_data') : undefined;
}

/** Number type of an object, of vectors the one of their elements; null for what holds no numbers of one type. */
export function dtypeOf(node: Lh5Node): string | null {
  const inner = flattened(node);
  if (inner !== undefined) return dtypeOf(inner);
  // Truth values lie in files as small integers; only the datatype tells.
  const isTruth = node.dtype !== null && /(^|\{)bool\}*$/.test(node.datatype ?? '');
  return isTruth ? 'bool' : node.dtype;
}

export function unitsOfNode(node: Lh5Node): string | null {
  const inner = flattened(node);
  const units = inner === undefined ? null : unitsOfNode(inner);
  const own = node.attrs['units'];
  return units ?? (typeof own === 'string' ? own : null);
}

/** Whether a histogram can be made of it. */
export function isNumeric(node: Lh5Node): boolean {
  if (node.fault !== undefined || node.rows === null) return false;
  if (node.kind === 'encoded') return true;
  const dtype = dtypeOf(node);
  return (
    (node.kind === 'array' || node.kind === 'vov') && dtype !== null && !['string', 'opaque'].includes(dtype)
  );
}
