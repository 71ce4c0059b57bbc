import type { Command } from 'commander';
import { collected, wholeNumber } from '../terminal/numbers.js';
import { readDatabases } from '../terminal/records.js';
import { readStructuredFile } from '../terminal/structured-file.js';
import { UsageError } from '../terminal/usage-error.js';
import { addDaqToRaw } from './daq-to-raw.command.js';
import { addRawToDsp } from './raw-to-dsp.command.js';
import { addReprocessRaw } from './reprocess-raw.command.js';
import type { FileStageOptions } from './run-file-stage.js';

interface TableArguments extends FileStageOptions {
  readonly config?: string;
  readonly configPerTable?: string;
  readonly db?: string[];
  readonly table?: string[];
}

/** Commands that make one file out of another; no server is needed. */
export function addFileStages(program: Command): void {
  addDaqToRaw(program);
  addReprocessRaw(program);
  addRawToDsp(program);

  tableStage(program, 'dsp-to-hit', 'calibrate and flag: make a hit file out of a dsp file').action(
    async (input: string, options: TableArguments) => {
      const { runFileStage } = await import('./run-file-stage.js');
      const { config, configPerTable, db, table: tables = [] } = options;
      if ((config === undefined) === (configPerTable === undefined)) {
        throw new UsageError('give either --config for all tables, or --config-per-table');
      }
      const written =
        config === undefined
          ? { tableConfigs: await readStructuredFile(configPerTable!) }
          : { config: await readStructuredFile(config) };
      const settings = { ...written, tables, database: await readDatabases(db) };
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
    .option('-c, --config <file>', 'JSON or YAML configuration for all tables')
    .option('--config-per-table <file>', 'JSON or YAML file: path or pattern of a table → configuration')
    .option(
      '--db <file>',
      'JSON or YAML file with the parameters that configurations name as db.…, by channel; of several files the later ones win',
      collected,
    )
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option(
      '-t, --table <path>',
      'table to work on, or a pattern such as "ch*/raw"; may be given several times',
      collected,
    )
    .option('--threads <n>', 'threads that work on the rows (default: one per processor)', wholeNumber(0))
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result');
}
