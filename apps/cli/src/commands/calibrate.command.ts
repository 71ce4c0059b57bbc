import type { Command } from 'commander';
import { collected, number, wholeNumber } from '../terminal/numbers.js';

/** Options of `calibrate`. */
export interface CalibrateArguments {
  readonly column: string;
  readonly source?: string;
  readonly line?: string[];
  readonly guess: number;
  readonly degree: number;
  readonly table?: string[];
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** The command that finds the energy scale of spectra. */
export function addCalibrate(program: Command): void {
  program
    .command('calibrate')
    .summary('find the energy scale and resolution of a column')
    .description(
      'Finds the lines of a source in a column of a dsp or hit file, fits them, and tells energy scale and resolution.',
    )
    .argument('<in>', 'the LH5 file to read')
    .requiredOption('--column <name>', 'the column to calibrate, for example trapEmax')
    .requiredOption('--guess <keV>', 'roughly how many keV one unit of the column is, within 20 %', number)
    .option('--source <name>', 'whose lines to look for: Th-228, Co-60 or Cs-137')
    .option(
      '--line <keV[:reach]>',
      'a line to look for, and the range around it to fit; may be repeated',
      collected,
    )
    .option('--degree <n>', 'degree of the polynomial from units to keV', wholeNumber(1), 1)
    .option(
      '-t, --table <path>',
      'table, or a pattern such as "ch*/dsp"; may be given several times',
      collected,
    )
    .option('-o, --out <file>', 'write a configuration per table for dsp-to-hit --config-per-table')
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (input: string, options: CalibrateArguments) => {
      const { calibrateFile } = await import('./calibrate.js');
      await calibrateFile(input, options);
    });
}
