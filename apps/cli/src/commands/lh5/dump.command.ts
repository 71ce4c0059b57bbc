import type { Command } from 'commander';
import { collected, rowRange } from '../../terminal/numbers.js';
import { report } from '../../terminal/report.js';
import { openAnywhere } from './open-anywhere.js';

interface DumpOptions {
  readonly rows: readonly [number, number];
  readonly column?: string[];
  readonly json?: boolean;
}

/** Prints rows. */
export function addDump(lh5: Command): void {
  lh5
    .command('dump')
    .summary('print rows of an object')
    .description('Prints rows of a table or array with full precision; 64-bit integers as text with --json.')
    .argument('<file>', 'the LH5 file, or its http address on a server that gives parts of files')
    .argument('<path>', 'the object, for example ch1/raw/energy')
    .option('-r, --rows <A:B>', 'rows from A to B, B not included', rowRange, [0, 10] as const)
    .option('-c, --column <name>', 'only this column of a table; may be given several times', collected)
    .option('--json', 'one line of JSON')
    .action(async (file: string, path: string, options: DumpOptions) => {
      const { previewRows } = await import('@countroom/lh5');
      const reader = await openAnywhere(file);
      try {
        const mask = options.column === undefined ? {} : { columns: options.column };
        const preview = await previewRows(reader, path, options.rows, mask);
        const lines = preview.rows.map((row, i) => `${preview.start + i}\t${JSON.stringify(row)}`);
        report({ ok: true, file, ...preview }, lines.join('\n'), options);
      } finally {
        await reader.close();
      }
    });
}
