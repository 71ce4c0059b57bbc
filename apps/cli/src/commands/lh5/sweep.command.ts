import type { Command } from 'commander';
import { report } from '../../terminal/report.js';

interface SweepOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Removes what processes that are gone have left behind. */
export function addSweep(lh5: Command): void {
  lh5
    .command('sweep')
    .summary('remove half-written files of processes that are gone')
    .description(
      'Removes half-written files from a folder whose writers are gone for certain: never those of a process that is alive, nor of another machine or container.',
    )
    .argument('<folder>', 'the folder')
    .option('--all', 'also those that could be gone on with')
    .option('--json', 'one line of JSON as the result')
    .action(async (folder: string, { all = false, ...options }: SweepOptions) => {
      const { sweepFolder } = await import('@countroom/lh5');
      const removed = await sweepFolder(folder, !all);
      report(
        { ok: true, folder, removed },
        removed.length === 0 ? 'nothing to remove' : removed.join('\n'),
        options,
      );
    });
}
