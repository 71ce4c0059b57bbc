import type { Command } from 'commander';
import { report } from '../../terminal/report.js';

interface RecoverOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** Makes a file of what a conversion that was broken off has written. */
export function addRecover(lh5: Command): void {
  lh5
    .command('recover')
    .summary('make a file of what a conversion that was broken off had written')
    .description(
      'Makes a readable file of all rows that a conversion had written when it was killed, up to the last state that was kept. To go on with the conversion instead, run it again with --resume. What was kept is used up.',
    )
    .argument('<file>', 'the file that was being made')
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option('--json', 'one line of JSON as the result')
    .action(async (file: string, options: RecoverOptions) => {
      const { recoverFile } = await import('@countroom/lh5');
      const files = await recoverFile(file, options.out);
      report({ ok: true, files }, files.join('\n'), options);
    });
}
