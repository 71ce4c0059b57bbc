import type { Command } from 'commander';
import { readJsonFile } from '../terminal/json-file.js';
import { collected, wholeNumber } from '../terminal/numbers.js';
import { UsageError } from '../terminal/usage-error.js';
import { addRawToDsp } from './raw-to-dsp.command.js';
import type { FileStageOptions } from './run-file-stage.js';

interface DaqToRawArguments extends FileStageOptions {
  readonly nMax?: number;
  readonly nMaxPackets?: number;
  readonly nMaxPerKey?: number;
  readonly outSpec?: string;
  readonly options?: string;
  readonly follow?: number | true;
}

interface TableArguments extends FileStageOptions {
  readonly config?: string;
  readonly configPerTable?: string;
  readonly table?: string[];
}

/** Commands that make one file out of another; no server is needed. */
export function addFileStages(program: Command): void {
  program
    .command('daq-to-raw')
    .summary('decode a DAQ recording into a raw LH5 file')
    .description(
      'Decodes a DAQ recording into raw LH5 tables. The format is found out from the content; packed files are unpacked.',
    )
    .argument('<in>', 'the recording')
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option('-n, --n-max <rows>', 'stop after so many rows', wholeNumber(1))
    .option('--n-max-packets <records>', 'stop after so many records of the recording', wholeNumber(1))
    .option('--n-max-per-key <rows>', 'keep so many rows of each channel', wholeNumber(1))
    .option('--out-spec <file>', 'JSON file that says which channels go to which table')
    .option('--options <file>', 'JSON file with further options of the stage, for example coincidences')
    .option(
      '-f, --follow [seconds]',
      'read on while the recording is written: until it has not grown for so long, or Ctrl-C',
      wholeNumber(1),
    )
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (input: string, options: DaqToRawArguments) => {
      const { runFileStage } = await import('./run-file-stage.js');
      const further = options.options === undefined ? {} : await readJsonFile(options.options);
      if (typeof further !== 'object' || further === null || Array.isArray(further))
        throw new UsageError(`${String(options.options)} does not hold an object of options`);
      const given = {
        ...(options.outSpec === undefined ? {} : { outSpec: await readJsonFile(options.outSpec) }),
        ...(options.nMax === undefined ? {} : { nMax: options.nMax }),
        ...(options.nMaxPackets === undefined ? {} : { nMaxPackets: options.nMaxPackets }),
        ...(options.nMaxPerKey === undefined ? {} : { nMaxPerKey: options.nMaxPerKey }),
      };
      const extras =
        options.follow === undefined
          ? {}
          : { follow: options.follow === true ? {} : { idleMs: 1000 * options.follow } };
      await runFileStage('daq_to_raw', input, { ...further, ...given }, options, extras);
    });

  addRawToDsp(program);

  tableStage(program, 'dsp-to-hit', 'calibrate and flag: make a hit file out of a dsp file').action(
    async (input: string, options: TableArguments) => {
      const { runFileStage } = await import('./run-file-stage.js');
      const { config, configPerTable, table = [] } = options;
      if ((config === undefined) === (configPerTable === undefined)) {
        throw new UsageError('give either --config for all tables, or --config-per-table');
      }
      const settings =
        config === undefined
          ? { tableConfigs: await readJsonFile(configPerTable!), tables: table }
          : { config: await readJsonFile(config), tables: table };
      await runFileStage('dsp_to_hit', input, settings, options);
    },
  );
}

function tableStage(program: Command, name: string, summary: string): Command {
  return program
    .command(name)
    .summary(summary)
    .description(`${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}.`)
    .argument('<in>', 'the LH5 file to read')
    .option('-c, --config <file>', 'JSON configuration for all tables')
    .option('--config-per-table <file>', 'JSON file: path or pattern of a table → configuration')
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option(
      '-t, --table <path>',
      'table to work on, or a pattern such as "ch*/raw"; may be given several times',
      collected,
    )
    .option('--threads <n>', 'threads to deal the rows to (0: none but the main one)', wholeNumber(0), 0)
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result');
}
