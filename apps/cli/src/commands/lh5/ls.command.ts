import type { Command } from 'commander';
import { report } from '../../terminal/report.js';
import { openAnywhere } from './open-anywhere.js';
import { treeResult, treesAt } from './trees.js';

interface LsOptions {
  readonly detail?: boolean;
  readonly json?: boolean;
}

/** Lists the objects of a file. */
export function addLs(lh5: Command): void {
  lh5
    .command('ls')
    .summary('list what is in a file')
    .description('Lists the objects of a file with their types, sizes and units.')
    .argument('<file>', 'the LH5 file, or its http address on a server that gives parts of files')
    .argument('[path]', 'only this object and what is below it, or a pattern such as "ch*/raw"', '')
    .option('-d, --detail', 'also what vectors are made of, chunks and filters')
    .option('--json', 'one line of JSON')
    .action(async (file: string, path: string, options: LsOptions) => {
      const { outline } = await import('@countroom/lh5');
      const reader = await openAnywhere(file);
      try {
        const trees = await treesAt(reader, path);
        const lines = trees.flatMap((tree) => outline(tree, { detail: options.detail ?? false }));
        const text = lines
          .map(({ depth, name, path: full, text: what }) =>
            depth === 0 && path !== '' ? `${full}  ${what}` : `${'  '.repeat(depth)}${name}  ${what}`,
          )
          .join('\n');
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
