import { type Command, InvalidArgumentError } from 'commander';
import { rowRange } from '../../terminal/numbers.js';
import { reportRewritten } from './rewritten.js';

interface TruncateArguments {
  readonly out: string;
  readonly rows: readonly [number, number];
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Rows `A:B`, or `N` for the first N. */
function rowsToKeep(text: string): readonly [number, number] {
  if (/^\d+$/.test(text)) return [0, Number(text)];
  if (text.includes(':')) return rowRange(text);
  throw new InvalidArgumentError('It must be a number of rows, or A:B.');
}

/** Keeps some rows of everything. */
export function addTruncate(lh5: Command): void {
  lh5
    .command('truncate')
    .summary('keep some rows of every table')
    .description('Keeps the first rows, or a range of rows, of every table and array.')
    .argument('<file>', 'the LH5 file')
    .requiredOption('-n, --rows <N>', 'the first N rows, or rows A:B with B not included', rowsToKeep)
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option('-w, --overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (file: string, options: TruncateArguments) => {
      const { truncateFile } = await import('@countroom/lh5');
      const { out, rows, overwrite = false } = options;
      reportRewritten(await truncateFile(file, out, rows, { overwrite }), options);
    });
}
