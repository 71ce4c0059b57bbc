import type { OutlineLine, TreeNode } from '@countroom/lh5';
import type { Command } from 'commander';
import { wholeNumber } from '../../terminal/numbers.js';
import { report } from '../../terminal/report.js';
import { openAnywhere } from './open-anywhere.js';
import { treeResult, treesAt } from './trees.js';

interface ShowOptions {
  readonly depth?: number;
  readonly json?: boolean;
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(valueText).join(', ')}]` : JSON.stringify(textOf(value));
}

function textOf(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function storageText({ storage }: TreeNode): string[] {
  if (storage === null) return [];
  const chunks = storage.chunks === null ? 'in one piece' : `chunks of ${storage.chunks.join(' × ')}`;
  return [[`${storage.bytes} bytes`, chunks, ...storage.filters].join(', ')];
}

function linesOf({ depth, node, text, path, name }: OutlineLine): string[] {
  const indent = '  '.repeat(depth + 1);
  const attributes = Object.entries(node.attrs).map(([key, value]) => `${key} = ${valueText(value)}`);
  const datatype = node.datatype === null ? [] : [`datatype = ${node.datatype}`];
  return [
    `${'  '.repeat(depth)}${depth === 0 ? path : name}  ${text}`,
    ...[...storageText(node), ...datatype, ...attributes].map((line) => `${indent}${line}`),
  ];
}

/** Shows everything but the data. */
export function addShow(lh5: Command): void {
  lh5
    .command('show')
    .summary('show objects with their attributes and how they are stored')
    .description('Shows the objects of a file with all attributes, datatypes, chunks and filters.')
    .argument('<file>', 'the LH5 file, or its http address on a server that gives parts of files')
    .argument('[path]', 'only this object and what is below it, or a pattern such as "ch*/raw"', '')
    .option('--depth <levels>', 'so many levels below it', wholeNumber(0))
    .option('--json', 'one line of JSON')
    .action(async (file: string, path: string, options: ShowOptions) => {
      const { outline } = await import('@countroom/lh5');
      const reader = await openAnywhere(file);
      try {
        const { depth } = options;
        const found = await treesAt(reader, path);
        const trees =
          depth === undefined
            ? found
            : await Promise.all(found.map((tree) => reader.tree(tree.path, { depth })));
        const text = trees.flatMap((tree) => outline(tree, { detail: true }).flatMap(linesOf)).join('\n');
        report(
          { ok: true, file, ...treeResult(path, trees) },
          text === '' ? `${file} is empty` : text,
          options,
        );
      } finally {
        await reader.close();
      }
    });
}
