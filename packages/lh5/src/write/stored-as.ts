import type { Storage, StoreOptions, TreeNode } from '../ports.js';

type ColumnOptions = Omit<StoreOptions, 'columns'>;

function optionsOf({ filters, chunks }: Storage): ColumnOptions {
  const gzip = filters.find((name) => name.startsWith('gzip:'));
  const others = filters.some((name) => !/^(gzip|shuffle|fletcher32)/.test(name));
  const compression = gzip === undefined ? 'none' : { gzip: Number(gzip.slice(5)) };
  return {
    // Filters that are only read here give way to the default.
    ...(others ? {} : { compression }),
    shuffle: others || filters.includes('shuffle'),
    fletcher32: filters.includes('fletcher32'),
    ...(chunks?.[0] === undefined || chunks[0] < 16 ? {} : { chunkRows: chunks[0] }),
  };
}

function collect(node: TreeNode, column: string, found: Map<string, ColumnOptions>): void {
  if (node.storage !== null) found.set(column, optionsOf(node.storage));
  const inner = node.kind === 'vov' || node.kind === 'encoded';
  for (const child of node.children) {
    if (inner && (child.name === 'cumulative_length' || child.name === 'decoded_size')) continue;
    // Parts of vectors are stored with the options of their column.
    const name = inner ? column : column === '' ? child.name : `${column}/${child.name}`;
    collect(child, name, found);
  }
}

/** Options with which an object would be stored as it is: those of its columns, by their paths. */
export function storedAs(node: TreeNode): StoreOptions {
  const found = new Map<string, ColumnOptions>();
  collect(node, '', found);
  return { ...found.get(''), columns: Object.fromEntries(found) };
}
