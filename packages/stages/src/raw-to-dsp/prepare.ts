import { lh5Backend } from '@countroom/lh5';
import { parseOptions, type TableSource } from '@countroom/pipeline';
import { lh5Source, sampleRows } from '../files/lh5-tables.js';
import { asNamed, dataSetFinder } from './data-sets.js';
import { readNumbers, requestedNumbers } from './file-numbers.js';
import { joinedSource, openJoins } from './joined-source.js';
import type { RawToDspOptions } from './options.js';
import { rawToDsp } from './raw-to-dsp.stage.js';

/** Options and input of a run of which the chains name further files. */
export interface PreparedRun {
  /** The options with the numbers of files in them. */
  readonly options: RawToDspOptions;
  /** The input with the columns of joined tables. */
  readonly through: (source: TableSource) => TableSource;
  /** Closes the joined files. */
  close(): Promise<void>;
}

/** False when no chain can name a file: then nothing is opened. */
function namesFiles({ config, channelConfigs, database }: RawToDspOptions): boolean {
  return /"inputs"|"init_args"|loadlh5/.test(JSON.stringify([config, channelConfigs, database]));
}

/**
 * Reads what the chains of a run name beside their input: numbers go into the options (so that they count for the
 * lineage), joined tables stay open until the run has ended. Throws a StageError or an Lh5Error that names the file.
 * @param dataSets files of data sets by kind: then chains name these (`{hit}`) and no files
 */
export async function prepareRawToDsp(
  input: string,
  options: unknown,
  dataSets?: ReadonlyMap<string, string>,
): Promise<PreparedRun> {
  const config = parseOptions(rawToDsp, options);
  const find = dataSets === undefined ? asNamed : dataSetFinder(dataSets);
  if (!namesFiles(config))
    return { options: config, through: (source) => source, close: () => Promise.resolve() };
  const reader = await lh5Backend.openReader(input);
  try {
    const source = lh5Source(reader);
    const { joins, close } = await openJoins(config, await source.tables(0), find);
    try {
      const through = (other: TableSource) => (joins.size === 0 ? other : joinedSource(other, joins));
      const requests = requestedNumbers(config, await through(source).tables(sampleRows));
      const numbers = { ...config.numbers, ...(await readNumbers(requests, find)) };
      return { options: { ...config, numbers }, through, close };
    } catch (error) {
      await close();
      throw error;
    }
  } finally {
    await reader.close();
  }
}
