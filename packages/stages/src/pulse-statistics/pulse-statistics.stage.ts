import { type PulseReport, pulseReport } from '@countroom/analysis';
import type { AnalysisReport, ReportNumber, ReportTable } from '@countroom/contracts';
import { StageError, type TableStage } from '@countroom/pipeline';
import { reportNumber, reportObject, summaryOf, type TableResult } from '../analysis/report-objects.js';
import { pulseTable } from '../find-pulses/pulse-statistics.js';
import { type StatisticsOptions, statisticsOptions } from './statistics-options.js';
import { statisticsPlots } from './statistics-plots.js';

const stage = 'pulse_statistics';
/** Of a check of randomness that holds, so small a probability comes once in a hundred times. */
const doubtful = 0.01;

/** Rate, waiting times, Poisson check, lifetime and efficiencies of found pulses, with plots. */
export const pulseStatistics: TableStage<StatisticsOptions> = {
  name: stage,
  version: '1',
  title: 'Pulse statistics',
  description: 'Rate, waiting times, Poisson check, lifetime fit and efficiencies of found pulses.',
  dependsOn: 'pulses',
  provides: 'statistics',
  configSchema: statisticsOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get('pulses')!;
    const tables = await reader.tables(0);
    const chosen = tables.find(({ path }) => path === config.table);
    if (chosen === undefined) {
      const known = tables.map(({ path }) => path).join(', ');
      throw new StageError(stage, `there is no table ${config.table} in ${reader.name}; there are ${known}`);
    }
    if (!(config.toUs > config.fromUs))
      throw new StageError(stage, `the fit goes from ${config.fromUs} to ${config.toUs} µs: end it later`);
    const table = pulseTable(chosen.path, await reader.read(chosen.path, [0, chosen.rows]));
    context.progress(chosen.rows, 2 * chosen.rows);
    const found = pulseReport(table, {
      window: { min: config.fromUs, max: config.toUs },
      interval: config.intervalS,
      cut: config.cutV,
      ...(config.liveTimeS === undefined ? {} : { liveTime: config.liveTimeS }),
    });
    const remarks = [...found.remarks, ...doubts(found)];
    const report: AnalysisReport = {
      table: chosen.path,
      channel: table.heights.length === 0 ? 'all' : table.heights.map(({ channel }) => channel).join(' + '),
      verdict: found.accepted === 0 ? 'failed' : remarks.length > 0 ? 'doubtful' : 'good',
      remarks,
      numbers: numbersOf(found),
      tables: efficiencyTable(found),
      plots: statisticsPlots(table, found, config),
    };
    const result: TableResult = { report, content: undefined };
    yield reportObject(result);
    context.progress(chosen.rows, chosen.rows);
    return summaryOf({ analysis: stage, title: 'Pulse statistics', set: null }, [result]);
  },
};

function doubts({ accepted, poisson, lifetime }: PulseReport): string[] {
  return [
    ...(accepted === 0 ? ['no event was accepted: look at the settings of the search'] : []),
    ...(poisson !== null && (poisson.probability < doubtful || poisson.probability > 1 - doubtful)
      ? [
          `the counts do not look random: their dispersion has the probability ${poisson.probability.toPrecision(2)}. A simulated scope whose hours fly, a recording without times, a rate that drifts, or dead time does that`,
        ]
      : []),
    ...(lifetime?.valid === false ? ['the lifetime fit did not end well'] : []),
  ];
}

function numbersOf(found: PulseReport): ReportNumber[] {
  const { waiting, poisson, lifetime, correctedRate } = found;
  const [low, high] = lifetime?.tauInterval ?? [];
  const half = low === undefined || high === undefined ? undefined : (high - low) / 2;
  return [
    reportNumber('tau', 'Lifetime', lifetime?.tau, half, 'µs'),
    reportNumber('rate', 'Rate', waiting?.rate, waiting?.rateError, 'Hz'),
    reportNumber('probability', 'Probability of the Poisson check', poisson?.probability),
    reportNumber('events', 'Events', found.events),
    reportNumber('accepted', 'Accepted', found.accepted),
    reportNumber('double', 'Double pulses', found.doublePulses),
    reportNumber('duration', 'From the first to the last', found.duration, undefined, 's'),
    reportNumber('corrected', 'Rate in the live time', correctedRate?.value, correctedRate?.error, 'Hz'),
    reportNumber('tau_low', 'Lifetime at least', low, undefined, 'µs'),
    reportNumber('tau_high', 'Lifetime at most', high, undefined, 'µs'),
    reportNumber('background', 'Share of background', lifetime?.background, lifetime?.backgroundError),
    reportNumber('used', 'Delays in the fit', lifetime?.used),
    reportNumber('mean', 'Events per interval', poisson?.mean),
    reportNumber('variance', 'Their variance', poisson?.variance),
    reportNumber('intervals', 'Intervals', poisson?.intervals),
  ].filter(({ value }) => value !== null);
}

function efficiencyTable({ efficiencies }: PulseReport): ReportTable[] {
  if (efficiencies.length === 0) return [];
  return [
    {
      title: 'Efficiencies',
      columns: ['Channel', 'Efficiency', 'Uncertainty', 'Found', 'Tagged by all others'],
      rows: efficiencies.map(({ channel, value, error, found, tagged }) => [
        channel,
        Number.isFinite(value) ? Number(value.toFixed(4)) : null,
        Number.isFinite(error) ? Number(error.toFixed(4)) : null,
        found,
        tagged,
      ]),
    },
  ];
}
