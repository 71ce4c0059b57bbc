import { binEdges, decayConstant, histogramOf } from '@countroom/analysis';
import type { AnalysisReport } from '@countroom/contracts';
import { type InputTable, StageError, type TableStage } from '@countroom/pipeline';
import { z } from 'zod';
import {
  reportMarks,
  reportNumber,
  reportObject,
  reportSeries,
  summaryOf,
  type TableResult,
} from '../analysis/report-objects.js';
import { tablesWith, tableValues } from '../analysis/table-values.js';
import { channelOf } from '../files/channel-parameters.js';
import { choosePaths } from '../files/table-choice.js';
import { treeAt } from '../optimise/chain-levels.js';

const stage = 'find_decay_constant';

const poleZeroOptions = z.strictObject({
  slope: z.string().min(1).max(1000).default('tail_slope').meta({
    title: 'Slope',
    description:
      'Column or expression: change of the logarithm of the tail per sample, such as linear_slope_fit gives',
  }),
  periodNs: z.number().positive().default(16).meta({ title: 'Sample period', unit: 'ns' }),
  cut: z
    .string()
    .max(1000)
    .optional()
    .meta({ title: 'Cut', description: 'Rows that count; all without one' }),
  tables: z
    .array(z.string().min(1))
    .default([])
    .meta({ title: 'Tables', description: 'Paths or patterns; empty: every table with the column' }),
  parameter: z
    .string()
    .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as pz.tau')
    .default('pz.tau')
    .meta({ title: 'Parameter', description: 'What chains call it behind db.' }),
});
type PoleZeroOptions = z.infer<typeof poleZeroOptions>;

/** The decay constant of every channel's preamplifier, for the pole-zero correction. */
export const findDecayConstant: TableStage<PoleZeroOptions> = {
  name: stage,
  version: '1',
  title: 'Find decay constants',
  description:
    'The decay constant of every preamplifier from the slopes of the logarithms of tails, for pole-zero correction.',
  dependsOn: 'dsp',
  provides: 'decay',
  configSchema: poleZeroOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get('dsp')!;
    const all = await reader.tables(1);
    const paths = all.map(({ path }) => path);
    const expressions = [config.slope, ...(config.cut === undefined ? [] : [config.cut])];
    const tables =
      config.tables.length === 0
        ? tablesWith(all, expressions)
        : all.filter(({ path }) => choosePaths(stage, paths, config.tables).includes(path));
    if (tables.length === 0)
      throw new StageError(
        stage,
        `no table of ${reader.name} has ${expressions.join(' and ')}; there are ${paths.join(', ')}`,
      );
    const results: TableResult[] = [];
    for (const [index, table] of tables.entries()) {
      if (context.signal.aborted) break;
      const ask = { expressions: [config.slope], cut: config.cut };
      const [slopes] = await tableValues(stage, reader, table, ask, context);
      const result = resultOf(table, slopes!, config);
      results.push(result);
      yield reportObject(result);
      context.progress(index + 1, tables.length);
    }
    return summaryOf({ analysis: stage, title: 'Decay constants', set: 'dsp' }, results);
  },
};

function resultOf(
  table: InputTable,
  slopes: Float64Array,
  { periodNs, parameter }: PoleZeroOptions,
): TableResult {
  const place = { table: table.path, channel: channelOf(table.path) ?? table.path };
  const failed = (reason: string): TableResult => {
    const report: AnalysisReport = {
      ...place,
      verdict: 'failed',
      remarks: [reason],
      numbers: [],
      tables: [],
      plots: [],
    };
    return { report, content: undefined };
  };
  try {
    const { tau, tauError, slope } = decayConstant(slopes, periodNs / 1000);
    const reach = 8 * slope.sigma;
    const histogram = histogramOf(slopes, slope.mode - reach, slope.mode + reach, reach / 100);
    const share = slope.entries / slopes.length;
    const remarks =
      share < 0.3
        ? [`only ${(100 * share).toFixed(0)} % of the pulses fall alike: choose them by a cut`]
        : [];
    const report: AnalysisReport = {
      ...place,
      verdict: remarks.length === 0 ? 'good' : 'doubtful',
      remarks,
      numbers: [
        reportNumber('tau', 'Decay constant', tau, tauError, 'us'),
        reportNumber('sigma', 'Spread of single pulses', (tau * slope.sigma) / -slope.mode, undefined, 'us'),
        reportNumber('pulses', 'Pulses', slopes.length),
      ],
      tables: [],
      plots: [
        {
          name: 'slopes',
          title: 'Slopes of the tails',
          xLabel: 'Change of the logarithm per sample',
          yLabel: 'Pulses',
          logY: false,
          series: [
            reportSeries('steps', 'slopes', binEdges(histogram), histogram.counts),
            reportMarks('mode', [slope.mode], [`${tau.toFixed(2)} us`]),
          ],
        },
      ],
    };
    return { report, content: treeAt(parameter, `${Number(tau.toPrecision(6))}*us`) };
  } catch (error) {
    if (error instanceof RangeError) return failed(error.message);
    throw error;
  }
}
