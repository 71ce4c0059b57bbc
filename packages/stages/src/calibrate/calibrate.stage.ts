import { calibrate as calibrateSpectrum } from '@countroom/analysis';
import { type InputTable, StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import { reportObject, summaryOf, type TableResult } from '../analysis/report-objects.js';
import { tablesWith, tableValues } from '../analysis/table-values.js';
import { channelOf } from '../files/channel-parameters.js';
import { choosePaths } from '../files/table-choice.js';
import { type CalibrateOptions, calibrateOptions, linesOf } from './calibrate-options.js';
import { calibrationResult, failedResult } from './calibration-report.js';

const stage = 'calibrate';

/** Energy scale and resolution of every channel from the γ lines of a source. */
export const calibrate: TableStage<CalibrateOptions> = {
  name: stage,
  version: '1',
  title: 'Calibrate energies',
  description:
    'Finds the lines of a source in every channel, fits them, and proposes energy scales; with a report to look at.',
  dependsOn: 'dsp',
  alsoReads: ['hit'],
  reads: ({ from }) => [from],
  provides: 'calibration',
  configSchema: calibrateOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get(config.from)!;
    const tables = await chosenTables(reader, config);
    const total = tables.reduce((sum, { rows }) => sum + rows, 0);
    const results: TableResult[] = [];
    let done = 0;
    for (const table of tables) {
      if (context.signal.aborted) break;
      const ask = { expressions: [config.column], cut: config.cut };
      const [values] = await tableValues(stage, reader, table, ask, context);
      const result = resultOf(table, values!, config);
      const { verdict, channel, remarks } = result.report;
      const why = remarks.length === 0 ? '' : `: ${remarks.join('; ')}`;
      context.log(verdict === 'good' ? 'info' : 'warning', `${channel}: ${verdict}${why}`);
      results.push(result);
      yield reportObject(result);
      done += table.rows;
      context.progress(done, total);
    }
    return summaryOf({ analysis: stage, title: 'Energy calibration', set: 'hit' }, results);
  },
};

async function chosenTables(
  reader: TableReader,
  { tables, column, cut }: CalibrateOptions,
): Promise<InputTable[]> {
  const all = await reader.tables(1);
  const expressions = [column, ...(cut === undefined ? [] : [cut])];
  const fitting = tablesWith(all, expressions);
  const paths = all.map(({ path }) => path);
  const chosen =
    tables.length === 0
      ? fitting
      : all.filter(({ path }) => choosePaths(stage, paths, tables).includes(path));
  if (chosen.length > 0) return chosen;
  throw new StageError(
    stage,
    `no table of ${reader.name} has ${expressions.join(' and ')}; there are ${paths.join(', ')}`,
  );
}

function resultOf(table: InputTable, values: Float64Array, config: CalibrateOptions): TableResult {
  const place = { table: table.path, channel: channelOf(table.path) ?? table.path };
  const { guess, degree, resolutionAt } = config;
  try {
    const calibration = calibrateSpectrum(values, {
      lines: linesOf(config),
      resolutionAt,
      ...(guess === undefined ? {} : { guess }),
      ...(degree === undefined ? {} : { degree }),
    });
    return calibrationResult(place, values, calibration, config);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failedResult(place, error.message);
  }
}
