import type { Command } from 'commander';
import { collected } from '../../terminal/numbers.js';
import { reportRewritten } from './rewritten.js';

interface ConcatArguments {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly include?: string[];
  readonly exclude?: string[];
  readonly json?: boolean;
}

/** Puts files together. */
export function addConcat(lh5: Command): void {
  lh5
    .command('concat')
    .summary('put the rows of files one behind the other')
    .description(
      'Puts files together: rows of tables and arrays one behind the other, what has no rows from the first file.',
    )
    .argument('<files...>', 'the LH5 files, or patterns in quotes')
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option('-w, --overwrite', 'replace the output when it exists')
    .option(
      '-i, --include <pattern>',
      'only these objects, such as "ch*/raw"; may be given several times',
      collected,
    )
    .option('-e, --exclude <pattern>', 'not these objects; may be given several times', collected)
    .option('--json', 'one line of JSON as the result')
    .action(async (files: string[], options: ConcatArguments) => {
      const { concatFiles } = await import('@countroom/lh5');
      const { out, overwrite = false, include = [], exclude = [] } = options;
      reportRewritten(await concatFiles(files, out, { overwrite, include, exclude }), options);
    });
}
