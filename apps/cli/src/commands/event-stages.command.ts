import { type Command, Option } from 'commander';
import { namedText } from '../terminal/named-text.js';
import { collected } from '../terminal/numbers.js';
import { UsageError } from '../terminal/usage-error.js';
import type { EvtArguments } from './hit-to-evt.js';
import type { TableStageOptions } from './run-table-stage.js';

interface TcmArguments extends TableStageOptions {
  readonly table?: string[];
  readonly column: string[];
  readonly reference: string;
  readonly keyPattern?: string;
  readonly layout?: string;
  readonly field?: string[];
  readonly name?: string;
}

/** Commands that put hits of many channels together. */
export function addEventStages(program: Command): void {
  program
    .command('build-tcm')
    .summary('find which hits belong to one event')
    .description('Makes a time coincidence map of the tables of a hit, dsp or raw file.')
    .argument('<in>', 'the LH5 file to read')
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .requiredOption(
      '--column <name=window>',
      'clustering column and largest distance, for example timestamp=1e-5; further ones may be added',
      collected,
    )
    .option(
      '-t, --table <path>',
      'table, or a pattern such as "ch*/hit"; may be given several times',
      collected,
    )
    .option('--reference <hit>', 'measure the window from the "last" or the "first" hit of the event', 'last')
    .option('--key-pattern <regex>', 'what in the path of a table is its key (default: the first number)')
    .option(
      '--field <name>',
      'further column that the map has for each hit; may be given several times',
      collected,
    )
    .addOption(
      new Option('--layout <name>', 'lists per event, or the plain arrays of files before 2025').choices([
        'vectors',
        'flat',
      ]),
    )
    .option('--name <name>', 'name of the map in the file (default: hardware_tcm_1)')
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (input: string, options: TcmArguments) => {
      const { runTableStage } = await import('./run-table-stage.js');
      const { table = [], column, reference, keyPattern, field = [], name, layout } = options;
      const settings = {
        tables: table,
        columns: column.map(clusteringColumn),
        windowReference: reference,
        fields: field,
        ...(keyPattern === undefined ? {} : { keyPattern }),
        ...(layout === undefined ? {} : { layout }),
        ...(name === undefined ? {} : { name }),
      };
      await runTableStage('build_tcm', { hit: input }, settings, options);
    });

  program
    .command('hit-to-evt')
    .summary('build events out of hits and a coincidence map')
    .description('Makes one row per event out of the hits of all channels.')
    .argument('<tcm>', 'the LH5 file with the coincidence map')
    .requiredOption('-c, --config <file>', 'JSON or YAML configuration: channels, operations, outputs')
    .requiredOption('-o, --out <file>', 'the LH5 file to make')
    .option('--hit <file>', 'the hit file')
    .option('--dsp <file>', 'the dsp file')
    .option('--raw <file>', 'the raw file')
    .option('--map <name>', 'name of the map, when the file has several')
    .option('--tables <tier=path>', 'where the tables of a tier are (default: hit=ch{}/hit)', collected)
    .option(
      '--metadata <path>',
      'channel map: a file (detector → facts), a validity file, or a folder of LEGEND metadata',
    )
    .option('--at <moment>', 'for which the channel map counts (default: time_key, or the name of the map)')
    .option('--category <name>', 'kind of data that the channel map is for, such as cal')
    .option(
      '--crosstalk <file>',
      'LH5 file with the matrices below xtc, for geds.apply_xtalk_correction; or db.…, see --db',
    )
    .option(
      '--calibrations <file>',
      'JSON or YAML: channel → operations of its hits, for corrected energies; or db.…',
    )
    .option(
      '--db <file>',
      'JSON or YAML with values for db.… by channel; may be given several times',
      collected,
    )
    .option(
      '--compat <with>',
      'pygama: repeat known faults of the established event builder, to compare with it',
    )
    .option('--name <name>', 'name of the event table (default: evt)')
    .option('--overwrite', 'replace the output when it exists')
    .option('--json', 'one line of JSON as the result')
    .action(async (tcm: string, options: EvtArguments) => {
      const { runHitToEvt } = await import('./hit-to-evt.js');
      await runHitToEvt(tcm, options);
    });
}

function clusteringColumn(text: string): { name: string; window: number } {
  const [name, width] = namedText(text, '--column');
  const window = Number(width);
  if (width.trim() === '' || !(window >= 0))
    throw new UsageError(`--column ${text}: ${width} is no width from 0`);
  return { name, window };
}
