import type { Lh5Reader, TreeNode } from '@countroom/lh5';
import type { FileContents } from './readings.js';

const levels = 6;
const knownKinds = ['raw', 'dsp', 'hit', 'tcm', 'evt'];

/** The data kind is the one that most tables are named after, as in `ch0000001/dsp` or `hardware_tcm_1`; `raw` when none says. */
export async function fileContents(reader: Lh5Reader): Promise<FileContents> {
  const root = await reader.tree('', { depth: levels });
  const tables = [...outerTables(root)];
  const hasLh5 = tables.length > 0 || root.children.some((node) => node.datatype !== null);
  if (!hasLh5) return { dataKind: null, rows: 0, tables: 0 };
  const named = knownKinds.map((kind) => tables.filter((table) => isNamed(table, kind)));
  const most = named.reduce((best, next) => (next.length > best.length ? next : best), []);
  const counted = most.length > 0 ? most : tables;
  return {
    dataKind: knownKinds[named.indexOf(most)] ?? 'raw',
    rows: counted.reduce((total, table) => total + (table.rows ?? 0), 0),
    tables: tables.length,
  };
}

function isNamed({ path }: TreeNode, kind: string): boolean {
  return path.split(/[/_]/).includes(kind);
}

function* outerTables(node: TreeNode): Generator<TreeNode> {
  if (node.kind === 'table') yield node;
  else for (const child of node.children) yield* outerTables(child);
}
