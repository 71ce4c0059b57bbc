import { parse, resolve } from 'node:path';
import type { Command } from 'commander';
import { readJsonFile } from '../terminal/json-file.js';
import { namedValue } from '../terminal/name-values.js';
import { report } from '../terminal/report.js';

interface ReprocessArguments {
  readonly out?: string;
  readonly outSpec: string;
  readonly variable?: Readonly<Record<string, string>>;
  readonly db?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** Processing of raw files as if they were being decoded. */
export function addReprocessRaw(program: Command): void {
  program
    .command('reprocess-raw')
    .summary('run the processing steps of an output specification over a raw file')
    .description(
      'Runs the proc_spec steps of an output specification (window, dsp_config, dtype_conv, drop, compression, hdf5_settings) over the tables of an existing raw file. Tables that no group of it would make are copied.',
    )
    .argument('<in>', 'the raw LH5 file')
    .requiredOption('-s, --out-spec <file>', 'JSON or YAML file, as for daq-to-raw')
    .option('-o, --out <file>', 'the LH5 file to make; default: the name of the input with _proc behind it')
    .option(
      '-k, --variable <name=value>',
      'value for {name} in the output specification; several times',
      namedValue,
    )
    .option('--db <file>', 'JSON file with parameters for db.… in processing chains')
    .option('-w, --overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (input: string, given: ReprocessArguments) => {
      const { outputSpecification } = await import('./daq-to-raw-options.js');
      const { reprocessRaw } = await import('@countroom/stages');
      const { dir, name } = parse(input);
      const database = given.db === undefined ? {} : await readJsonFile(given.db);
      const result = await reprocessRaw({
        input,
        output: given.out ?? resolve(dir, `${name}_proc.lh5`),
        outSpec: await outputSpecification(given),
        variables: given.variable ?? {},
        database: database as Readonly<Record<string, unknown>>,
        naming: (file) => resolve(file),
        overwrite: given.overwrite ?? false,
      });
      const lines = result.tables.map(
        ({ path, rows, processed }) => `${path}: ${rows} rows${processed ? '' : ', copied'}`,
      );
      report({ ok: true, ...result }, [result.file, ...lines, ...result.remarks].join('\n'), given);
    });
}
