import type { Command } from 'commander';
import { collected } from '../terminal/numbers.js';

/** Arguments of `production scan`. */
export interface ScanArguments {
  readonly out: string;
  readonly folder?: string[];
  readonly columns?: boolean;
  readonly conform?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Arguments of `production ls`. */
export interface ListArguments {
  readonly where?: string;
  readonly json?: boolean;
}

/** Files of a production that are not in the run database: found by their names, kept in a list, chosen. */
export function addProduction(program: Command): void {
  const commands = program
    .command('production')
    .summary('find, list and choose files of a production')
    .description('Files of a production outside of the run database: found by their names, listed, chosen.');

  commands
    .command('scan')
    .description(
      'Finds files of all tiers after the patterns of a configuration (data_dir, tier_dirs, file_format, table_format) and writes the list of them.',
    )
    .argument('<config>', 'the configuration, JSON or YAML')
    .requiredOption('-o, --out <file>', 'the list to make, JSON')
    .option(
      '--folder <path>',
      'only below this folder of the first tier; may be given several times',
      collected,
    )
    .option('--columns', 'look into the files: which tables they have, and which columns')
    .option('--conform', 'all files of a folder have the same tables: look into one of them')
    .option('--overwrite', 'replace the list when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (config: string, options: ScanArguments) => {
      const { scanFiles } = await import('./production.js');
      await scanFiles(config, options);
    });

  commands
    .command('ls')
    .description('Files of a list, or of several together.')
    .argument('<lists...>', 'lists of files')
    .option('--where <query>', 'for example (period == "p03") & has.hit & (size.raw > 1000000)')
    .option('--json', 'one line of JSON as the result')
    .action(async (lists: string[], options: ListArguments) => {
      const { listFiles } = await import('./production.js');
      await listFiles(lists, options);
    });
}
