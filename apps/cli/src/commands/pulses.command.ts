import type { Command } from 'commander';
import { readJsonFile } from '../terminal/json-file.js';
import { collected, wholeNumber } from '../terminal/numbers.js';
import { report } from '../terminal/report.js';
import { UsageError } from '../terminal/usage-error.js';
import type { WaveformArguments } from './export-records.js';
import type { TableStageOptions } from './run-table-stage.js';

interface PulseArguments extends TableStageOptions {
  readonly config: string;
  readonly table?: string[];
}

interface ExportArguments {
  readonly out: string;
  readonly table?: string;
  readonly format?: string;
  readonly separator: string;
  readonly decimalComma?: boolean;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

interface StatisticsArguments {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly interval: string;
  readonly json?: boolean;
}

/** Commands for records of oscilloscopes. */
export function addPulseCommands(program: Command): void {
  program
    .command('find-pulses')
    .summary('find pulses, coincidences and decays in records of a scope')
    .description('Makes a table with one row per event out of the waveforms of a raw file.')
    .argument('<raw>', 'the LH5 file to read')
    .requiredOption(
      '-c, --config <file>',
      'JSON configuration: algorithm, volts per count, names of the channels',
    )
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option(
      '-t, --table <path>',
      'table, or a pattern such as "ch*/raw"; may be given several times',
      collected,
    )
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (raw: string, options: PulseArguments) => {
      const { runTableStage } = await import('./run-table-stage.js');
      const config = (await readJsonFile(options.config)) as Record<string, unknown>;
      const { table } = options;
      await runTableStage(
        'find_pulses',
        { raw },
        table === undefined ? config : { ...config, tables: table },
        options,
      );
    });

  program
    .command('export-table')
    .summary('write a table as CSV or Parquet')
    .description('Writes the rows of one table of an LH5 file for spreadsheets and other programs.')
    .argument('<in>', 'the LH5 file to read')
    .requiredOption('-o, --out <file>', 'the file to make; its ending gives the format: .csv or .parquet')
    .option('-t, --table <path>', 'the table, when the file has several')
    .option('--format <format>', '"csv" or "parquet", when the ending does not say it')
    .option('--separator <text>', 'between columns of CSV: "," or ";" or "tab"', ',')
    .option('--decimal-comma', 'numbers of CSV with a comma; needs another separator')
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(exportRows);

  program
    .command('export-waveforms')
    .summary('write records of a scope as files of picoCosmo or mimoCoRB')
    .description(
      'Writes the records of a raw file as raw waveforms of picoCosmo (YAML, volts) or as an archive of Parquet files of mimoCoRB (tar, mV).',
    )
    .argument('<raw>', 'the LH5 file to read')
    .requiredOption('-o, --out <file>', 'the file to make; its ending gives the format: .yaml, .dat or .tar')
    .option(
      '-t, --table <path>',
      'table, or a pattern such as "ch*/raw"; may be given several times',
      collected,
    )
    .option('--format <format>', '"yaml" or "tar", when the ending does not say it')
    .option('--records <n>', 'at most so many records', wholeNumber(1))
    .option(
      '--decimals <n>',
      'digits behind the point in YAML (picoCosmo writes 5); all that a sample has by default',
      wholeNumber(0),
    )
    .option('--filter <file>', 'JSON or YAML file with the settings of the pulse filter for the head of YAML')
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (raw: string, options: WaveformArguments) => {
      const { exportRecords } = await import('./export-records.js');
      await exportRecords(raw, options);
    });

  program
    .command('pulse-statistics')
    .summary('rate, waiting times, Poisson check, lifetime and efficiency of found pulses')
    .description('Works out the statistics of a table that find-pulses made.')
    .argument('<pulses>', 'the LH5 file to read')
    .option('-t, --table <path>', 'the table', 'pulses')
    .option('--from <us>', 'begin of the window of the lifetime fit in µs', '1.5')
    .option('--to <us>', 'end of the window in µs', '15')
    .option('--interval <s>', 'interval of the Poisson check in s', '10')
    .option('--json', 'the report as one line of JSON')
    .action(statistics);
}

async function exportRows(input: string, options: ExportArguments): Promise<void> {
  const { exportTable } = await import('@countroom/stages');
  const { out, table, overwrite = false, decimalComma = false } = options;
  const format = options.format ?? /\.(csv|parquet)$/i.exec(out)?.[1]?.toLowerCase();
  if (format !== 'csv' && format !== 'parquet')
    throw new UsageError(`${out}: give --format csv or parquet, or a name that ends in one of them`);
  const separator = ({ ',': ',', ';': ';', tab: '\t' } as const)[options.separator];
  if (separator === undefined)
    throw new UsageError(`--separator ${options.separator}: give "," or ";" or "tab"`);
  const result = await exportTable({
    input,
    output: out,
    format,
    overwrite,
    csv: { separator, decimalComma },
    ...(table === undefined ? {} : { table }),
  });
  const without = result.leftOut.length === 0 ? '' : `, without ${result.leftOut.join(', ')}`;
  report(
    { ok: true, output: out, ...result },
    `${out}: ${result.rows} rows of ${result.table}${without}`,
    options,
  );
}

async function statistics(input: string, options: StatisticsArguments): Promise<void> {
  const { pulseStatisticsOfFile } = await import('@countroom/stages');
  const number = (text: string, option: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value))
      throw new UsageError(`${option} ${text}: give a number`);
    return value;
  };
  const found = await pulseStatisticsOfFile(input, options.table, {
    window: { min: number(options.from, '--from'), max: number(options.to, '--to') },
    interval: number(options.interval, '--interval'),
  });
  report({ ok: true, ...found.report }, found.text, options);
}
