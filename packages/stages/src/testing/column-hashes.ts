import { openReader, type TreeNode } from '@countroom/lh5';
import { batchFromTable } from '@countroom/records';
import { OutputChecksums, type TableChecksums } from '../daq-to-raw/checksums.js';

function tablesIn(node: TreeNode): string[] {
  return node.kind === 'table' ? [node.path] : node.children.flatMap(tablesIn);
}

/** SHA-256 of every column of every table of a file, by table. */
export async function columnsOf(file: string): Promise<Record<string, TableChecksums>> {
  const reader = await openReader(file);
  const sums = new OutputChecksums();
  try {
    for (const path of tablesIn(await reader.tree()))
      for await (const { data } of reader.tableBlocks(path)) sums.add(path, batchFromTable(path, data));
  } finally {
    await reader.close();
  }
  return sums.result();
}
