import type { Command } from 'commander';
import { collected, wholeNumber } from '../terminal/numbers.js';
import type { RawToDspArguments } from './raw-to-dsp.js';

/** Processing of waveforms, which has more to choose than the other stages. */
export function addRawToDsp(program: Command): void {
  program
    .command('raw-to-dsp')
    .summary('process waveforms of a raw file into a dsp file')
    .description(
      'Process waveforms of a raw file into a dsp file. Give a chain for all tables (--config), one per table (--chan-config), or both.',
    )
    .argument('<in>', 'the LH5 file to read')
    .option(
      '-c, --config <file>',
      'JSON or YAML file with the chain of all tables that have none of their own',
    )
    .option(
      '--chan-config <file>',
      'JSON or YAML file: path or pattern of tables, such as "ch*/raw", and chain (or the name of its file); the first that fits counts',
    )
    .option(
      '--db <file>',
      'JSON or YAML file with the parameters that chains name as db.…, by channel; of several files the later ones win',
      collected,
    )
    .option('-o, --out <file>', 'the LH5 file to make (not needed with --explain)')
    .option(
      '-t, --table <path>',
      'table to work on, or a pattern such as "ch*/raw"; may be given several times',
      collected,
    )
    .option(
      '--outputs <names>',
      "variables to write, separated by commas, instead of the chain's own list",
      names,
    )
    .option('--first-row <row>', 'leave out the rows of each table before this one', wholeNumber(0))
    .option('-n, --n-max <rows>', 'process so many rows of each table at most', wholeNumber(1))
    .option('-b, --block <rows>', 'rows that are read, processed and written together', wholeNumber(1))
    .option('--threads <n>', 'threads that work on the rows (default: one per processor)', wholeNumber(0))
    .option('--overwrite', 'replace the output when it exists')
    .option('--append', 'add the rows behind those that the output has')
    .option('--update', 'keep the output but for the tables that are made again')
    .option('--profile', 'tell how long every processor took (without threads)')
    .option('--explain', 'tell what would be done: steps, types, units, shapes, memory; write nothing')
    .option('--json', 'one line of JSON as the result')
    .action(async (input: string, options: RawToDspArguments) => {
      const { runRawToDsp } = await import('./raw-to-dsp.js');
      await runRawToDsp(input, options);
    });
}

function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
