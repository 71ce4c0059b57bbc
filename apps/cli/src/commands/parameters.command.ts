import { type Command, Option } from 'commander';
import { wholeNumber } from '../terminal/numbers.js';

/** Where the server is, and whose parameters are meant. */
export interface ParameterOptions {
  readonly url?: string;
  readonly data?: string;
  readonly detector?: string;
  readonly json?: boolean;
}

/** For which data values are looked up. */
export interface MomentOptions extends ParameterOptions {
  readonly at?: string;
  readonly run?: number;
  readonly category?: string;
  readonly channel?: string;
}

/** Matrices to be imported. */
export interface CrossTalkOptions {
  readonly from: string;
  readonly out: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Parameters with validity: those of a server, and files of the LEGEND style. */
export function addParameters(program: Command): void {
  const parameters = program
    .command('parameters')
    .summary('parameters by time, run and channel')
    .description(
      'Parameters by time, run and channel: on a server (with the token of COUNTROOM_TOKEN where it asks for one), or in validity files.',
    );

  connection(parameters.command('ls').description('List the sets of parameters of the server.')).action(
    async (options: ParameterOptions) => {
      const { listSets } = await import('./parameters.js');
      await listSets(options);
    },
  );

  moment(
    connection(
      parameters
        .command('show')
        .description('Values that hold for a moment or a run, and the versions that they come from.')
        .argument('<set>', 'a set of the server, such as dsp, or a validity file'),
    ),
  ).action(async (set: string, options: MomentOptions) => {
    const { showValues } = await import('./parameters.js');
    await showValues(set, options);
  });

  connection(
    parameters
      .command('import')
      .description(
        'Takes over a validity file (YAML, JSON or lines of JSON) and the documents that it names, approved.',
      )
      .argument('<file>', 'the validity file; its documents are looked for beside it')
      .requiredOption('-s, --set <name>', 'the set to add to, for example hit')
      .option('--note <text>', 'kept with the versions')
      .option('--check', 'only read the files and say what they hold'),
  ).action(
    async (file: string, options: ParameterOptions & { set: string; note?: string; check?: boolean }) => {
      const { importFile } = await import('./parameters.js');
      await importFile(file, options);
    },
  );

  connection(
    parameters
      .command('export')
      .description('Writes the approved versions of a set as a validity file with its documents.')
      .argument('<set>', 'the set')
      .requiredOption('-o, --out <folder>', 'where the files go; made when it is not there')
      .addOption(
        new Option('--format <name>', 'of the validity file')
          .choices(['yaml', 'json', 'jsonl'])
          .default('yaml'),
      )
      .option('--overwrite', 'replace files that are there'),
  ).action(
    async (
      set: string,
      options: ParameterOptions & { out: string; format: 'yaml' | 'json' | 'jsonl'; overwrite?: boolean },
    ) => {
      const { exportSet } = await import('./parameters.js');
      await exportSet(set, options);
    },
  );

  parameters
    .command('cross-talk')
    .description(
      'Writes the cross-talk matrices of an LH5 file (below xtc) as a validity file with its document, to be imported into the set evt: db.crosstalk of hit-to-evt.',
    )
    .argument('<file>', 'the LH5 file')
    .requiredOption('--from <moment>', 'from when on they hold, for example 20230318T012144Z')
    .requiredOption('-o, --out <folder>', 'where the files go; made when it is not there')
    .option('--overwrite', 'replace files that are there')
    .option('--json', 'one line of JSON as the result')
    .action(async (file: string, options: CrossTalkOptions) => {
      const { writeCrossTalk } = await import('./cross-talk.js');
      await writeCrossTalk(file, options);
    });

  moment(
    connection(
      parameters
        .command('diff')
        .description('What differs between the values of two sets, files, runs or moments.')
        .argument(
          '<before>',
          'set or validity file; with @7 for run 7, or @2026-01-31T12:00:00Z for a moment',
        )
        .argument('<after>', 'the other one'),
    ),
  ).action(async (before: string, after: string, options: MomentOptions) => {
    const { diffValues } = await import('./parameters.js');
    await diffValues(before, after, options);
  });
}

function connection(command: Command): Command {
  return command
    .option('-d, --detector <name>', 'values of this detector, over those of every detector')
    .option('--url <address>', 'address of the server; COUNTROOM_URL, else the one on this machine')
    .option('--data <dir>', 'data folder of the server on this machine')
    .option('--json', 'one line of JSON as the result');
}

function moment(command: Command): Command {
  return command
    .option('--at <moment>', 'for example 2026-01-31T12:00:00Z or 20260131T120000Z; now when left out')
    .option('--run <number>', 'for the beginning of this run', wholeNumber(0))
    .option('--category <name>', 'kind of data, such as cal')
    .option('--channel <name>', 'only the values of this channel');
}
