import type { Command } from 'commander';
import { collected, rowRange } from '../terminal/numbers.js';
import { report } from '../terminal/report.js';

/** Looking into LH5 files. */
export function addLh5(program: Command): void {
  const lh5 = program.command('lh5').description('Look into LH5 files.');

  lh5
    .command('ls')
    .summary('list what is in a file')
    .description('Lists the objects of a file with their types, sizes and units.')
    .argument('<file>', 'the LH5 file')
    .argument('[path]', 'only this object and what is below it', '')
    .option('-d, --detail', 'also what vectors are made of, chunks and filters')
    .option('--json', 'one line of JSON')
    .action(async (file: string, path: string, options: { detail?: boolean; json?: boolean }) => {
      const { lh5Backend, outline } = await import('@countroom/lh5');
      const reader = await lh5Backend.openReader(file);
      try {
        const tree = await reader.tree(path);
        const lines = outline(tree, { detail: options.detail ?? false });
        const text = lines
          .map(({ depth, name, text: what }) => `${'  '.repeat(depth)}${name}  ${what}`)
          .join('\n');
        report({ ok: true, file, tree }, text === '' ? `${file} is empty` : text, options);
      } finally {
        await reader.close();
      }
    });

  lh5
    .command('dump')
    .summary('print rows of an object')
    .description('Prints rows of a table or array with full precision; 64-bit integers as text with --json.')
    .argument('<file>', 'the LH5 file')
    .argument('<path>', 'the object, for example ch1/raw/energy')
    .option('-r, --rows <A:B>', 'rows from A to B, B not included', rowRange, [0, 10] as const)
    .option('-c, --column <name>', 'only this column of a table; may be given several times', collected)
    .option('--json', 'one line of JSON')
    .action(
      async (
        file: string,
        path: string,
        options: { rows: readonly [number, number]; column?: string[]; json?: boolean },
      ) => {
        const { lh5Backend, previewRows } = await import('@countroom/lh5');
        const reader = await lh5Backend.openReader(file);
        try {
          const mask = options.column === undefined ? {} : { columns: options.column };
          const preview = await previewRows(reader, path, options.rows, mask);
          const lines = preview.rows.map((row, i) => `${preview.start + i}\t${JSON.stringify(row)}`);
          report({ ok: true, file, ...preview }, lines.join('\n'), options);
        } finally {
          await reader.close();
        }
      },
    );
}
