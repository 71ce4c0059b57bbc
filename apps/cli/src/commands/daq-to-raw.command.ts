import type { Command } from 'commander';
import { namedValue, plainNumber } from '../terminal/name-values.js';
import { wholeNumber } from '../terminal/numbers.js';
import { UsageError } from '../terminal/usage-error.js';
import type { DaqToRawArguments } from './daq-to-raw-options.js';

/** Decoding of recordings, and a look at what it would make. */
export function addDaqToRaw(program: Command): void {
  program
    .command('daq-to-raw')
    .summary('decode a DAQ recording into a raw LH5 file')
    .description(
      'Decodes a DAQ recording into raw LH5 tables. The format is found out from the content; packed files (gzip, bzip2, Zstandard) are unpacked.',
    )
    .argument(
      '<in>',
      'the recording: a file, tcp://host:port where its bytes come from, or - for standard input',
    )
    .option('-o, --out <file>', 'the LH5 file to make; {sysn} stands for the system of --ch-groups')
    .option('--preview', 'only tell which tables would be made, by the first 64 MiB')
    .option(
      '-s, --out-spec <file>',
      'JSON or YAML file: which channels go to which table, and what is done to them',
    )
    .option('--ch-groups <file>', 'the same in the older form of channel groups')
    .option(
      '-k, --variable <name=value>',
      'value for {name} in the output specification; several times',
      namedValue,
    )
    .option(
      '--db <file>',
      'JSON file with parameters for db.… in the processing chains of the output specification',
    )
    .option('--format <name>', 'format of the recording, instead of finding it out')
    .option('--settings <file>', 'settings file that belongs to the recording (CoMPASS: settings.xml)')
    .option('-n, --n-max <rows>', 'stop after so many rows', wholeNumber(1))
    .option('--n-max-packets <records>', 'stop after so many records of the recording', wholeNumber(1))
    .option('--n-max-per-key <rows>', 'keep so many rows of each channel', wholeNumber(1))
    .option(
      '--from <seconds>',
      'keep rows from this time on: unix time, or since the start of the run',
      plainNumber,
    )
    .option('--to <seconds>', 'keep rows before this time', plainNumber)
    .option('--exact-times', 'also write times of events as 64-bit integers')
    .option('--no-garbage', 'do not keep bytes that cannot be decoded')
    .option('--compatibility <with>', 'reference: repeat known faults of the established decoders')
    .option('--integrity <file>', 'write the report on the recording, with checksums, to a JSON file')
    .option('-b, --buffer <rows>', 'rows that are written at once', wholeNumber(1))
    .option('--options <file>', 'JSON file with further options of the stage, for example coincidences')
    .option(
      '-f, --follow [seconds]',
      'read on while the recording is written: until it has not grown for so long, or Ctrl-C',
      wholeNumber(1),
    )
    .option(
      '--resume',
      'go on where the same conversion was broken off, if it was; and keep what is done when it is broken off now',
    )
    .option('-w, --overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (input: string, given: DaqToRawArguments) => {
      const { stageOptions } = await import('./daq-to-raw-options.js');
      if (given.preview === true) {
        const { previewInput } = await import('./preview-input.js');
        await previewInput(input, await stageOptions(given), given);
        return;
      }
      if (given.out === undefined)
        throw new UsageError("required option '-o, --out <file>' not specified (--preview goes without)");
      const { convert } = await import('./convert-recording.js');
      await convert(input, await stageOptions(given), { ...given, out: given.out });
    });
}
