import { type Command, Option } from 'commander';
import { collected, wholeNumber } from '../terminal/numbers.js';

/** Arguments of `skim`. */
export interface SkimArguments {
  readonly input?: string[];
  readonly production?: string[];
  readonly where?: string;
  readonly query?: string;
  readonly column?: string[];
  readonly cut?: { cut: string; join: 'refine' | 'append' }[];
  readonly table?: string[];
  readonly rows?: 'hits' | 'events';
  readonly keep?: 'passing' | 'events';
  readonly sample?: number;
  readonly seed?: number;
  readonly fact?: string[];
  readonly histogram?: string[];
  readonly out?: string;
  readonly format?: 'lh5' | 'parquet' | 'csv';
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

type Cuts = SkimArguments['cut'];

/** Taking rows and columns out of several tiers at once. */
export function addSkim(program: Command): void {
  const cuts: NonNullable<Cuts> = [];
  const cutOption = (join: 'refine' | 'append') => (cut: string) => {
    cuts.push({ cut, join });
    return cuts;
  };
  program
    .command('skim')
    .summary('take rows and columns out of several tiers at once')
    .description(
      'Rows of one or many runs that pass cuts over raw, dsp, hit, tcm and evt, as one flat table, or as a histogram. Names begin with the tier: hit.energy, evt.multiplicity, run.index. Only what is named is read.',
    )
    .option(
      '-i, --input <tier=files>',
      'file, or pattern such as hit=run*/hit.lh5 (one run each); may be given several times',
      collected,
    )
    .option(
      '--production <list>',
      'instead: the files of a list that "production scan" made, their fields as run.<field>; several',
      collected,
    )
    .option('--where <query>', 'which of them, for example (period == "p03") & has.hit')
    .option('-q, --query <file>', 'JSON or YAML with the whole query; the options below come on top')
    .option('-c, --column <name>', 'hit.energy, dsp.*, or "name = expression"; several', collected)
    .addOption(
      new Option('--cut <expression>', 'what has to hold (and all cuts before); several').argParser<Cuts>(
        cutOption('refine'),
      ),
    )
    .addOption(
      new Option(
        '--or-cut <expression>',
        'what may hold instead of the cuts before; several',
      ).argParser<Cuts>(cutOption('append')),
    )
    .option('-t, --table <channel>', 'channel, or a pattern such as "ch108*"; several', collected)
    .addOption(
      new Option('--rows <kind>', 'one row per hit, or per event with lists of hits').choices([
        'hits',
        'events',
      ]),
    )
    .addOption(
      new Option('--keep <hits>', 'hits that pass, or all of events in which one passes').choices([
        'passing',
        'events',
      ]),
    )
    .option('--sample <rows>', 'a random choice of so many rows', wholeNumber(1))
    .option('--seed <number>', 'another one gives another random choice', wholeNumber(0))
    .option('--fact <name=value>', 'value of run.name for all runs; several', collected)
    .option('-o, --out <file>', 'the file to make: .lh5, .parquet or .csv')
    .addOption(
      new Option('--format <name>', 'of the file, when its name does not say').choices([
        'lh5',
        'parquet',
        'csv',
      ]),
    )
    .option(
      '--histogram <axis>',
      'instead of a file: "hit.energy;100;0;3000" (expression; bins; limits); twice for two axes',
      collected,
    )
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (options: SkimArguments) => {
      const { runSkim } = await import('./skim.js');
      const cut = [...cuts];
      cuts.length = 0;
      // Both kinds of cuts are one list, in their order.
      await runSkim({ ...options, cut });
    });
}
