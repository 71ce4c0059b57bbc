import type { TreeNode } from '@countroom/contracts';
import type { TreeNode as Lh5Node, Lh5Reader } from '@countroom/lh5';
import { jsonAttributes } from './json-attributes.js';
import { dtypeOf, innerParts, kindOf, unitsOfNode } from './node-facts.js';

const deepest = 16;
const mostNodes = 20_000;

/** The objects of a file. A very large listing is cut; the groups that were cut say how many objects are missing. */
export async function treeView(reader: Lh5Reader): Promise<TreeNode> {
  return toTree(await reader.tree('', { depth: deepest }), mostNodes);
}

export function toTree(root: Lh5Node, most: number): TreeNode {
  let left = most;
  const top = leafOf(root);
  // Level by level: what is near the root is shown before what is deep.
  let level = [{ from: root, to: top }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { from, to } of level) {
      const below = shownChildren(from);
      if (below.length === 0) continue;
      const shown = below.slice(0, left);
      left -= shown.length;
      to.children = shown.map((child) => {
        const node = leafOf(child);
        next.push({ from: child, to: node });
        return node;
      });
      const missing = below.length - shown.length;
      if (missing > 0) to.attrs['not shown'] = `${missing} more objects`;
    }
    level = next;
  }
  return top;
}

/** The datasets that a vector or an encoded object consists of are shown only when something is wrong there. */
function shownChildren(node: Lh5Node): readonly Lh5Node[] {
  if (!innerParts.has(node.kind)) return node.children;
  return node.children.filter((child) => child.fault !== undefined || child.unlisted);
}

function leafOf(node: Lh5Node): TreeNode {
  const units = unitsOfNode(node);
  return {
    name: node.name,
    path: node.path,
    datatype: node.datatype ?? '',
    kind: kindOf(node),
    dtype: dtypeOf(node),
    shape: node.shape === null ? null : [...node.shape],
    rows: node.rows,
    attrs: {
      ...jsonAttributes(node.attrs),
      ...(units === null ? {} : { units }),
      ...(node.fault === undefined ? {} : { fault: node.fault }),
      ...(node.target === undefined ? {} : { target: node.target }),
    },
  };
}
