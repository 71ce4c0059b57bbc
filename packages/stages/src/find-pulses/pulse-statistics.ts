import { type PulseReport, type PulseReportOptions, type PulseTable, pulseReport } from '@countroom/analysis';
import { lh5Backend } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import type { Table } from '@countroom/records';

/** Statistics of found pulses, as values and as text for people. */
export interface PulseStatistics {
  readonly report: PulseReport;
  readonly text: string;
}

/** Statistics of a table that find_pulses made. Throws a StageError when it lacks a column. */
export async function pulseStatisticsOfFile(
  file: string,
  path: string,
  options: PulseReportOptions,
): Promise<PulseStatistics> {
  const reader = await lh5Backend.openReader(file);
  try {
    const table = await reader.readTable(path);
    const report = pulseReport(pulseTable(path, table), options);
    return { report, text: textOf(report) };
  } finally {
    await reader.close();
  }
}

/** Columns of a table that find_pulses made. Throws a StageError when it lacks one. */
export function pulseTable(path: string, table: Table): PulseTable {
  const numbers = (name: string): number[] => {
    const column = table.columns.get(name);
    if (column?.kind === 'array') return Array.from(column.data as Float64Array, Number);
    throw new StageError(
      'pulse statistics',
      `${path} has no column ${name}; make it with find_pulses (pulse_filter)`,
    );
  };
  const heights = [...table.columns.keys()]
    .filter((name) => name.startsWith('height_'))
    .map((name) => ({ channel: name.slice('height_'.length), values: numbers(name) }));
  return { time: numbers('time'), accepted: numbers('accepted'), tau: numbers('tau'), heights };
}

function textOf(report: PulseReport): string {
  const { waiting, poisson, lifetime, efficiencies, remarks } = report;
  const digits = (value: number): string => value.toPrecision(4);
  const lines = [
    `events ${report.events}, accepted ${report.accepted} in ${report.duration.toFixed(1)} s, double pulses ${report.doublePulses}`,
  ];
  if (waiting !== null) lines.push(`rate ${digits(waiting.rate)} +- ${digits(waiting.rateError)} Hz`);
  if (poisson !== null)
    lines.push(
      `Poisson check: mean ${digits(poisson.mean)}, variance ${digits(poisson.variance)} in ${poisson.intervals} intervals, probability ${digits(poisson.probability)}`,
    );
  if (lifetime !== null) {
    const [low, high] = lifetime.tauInterval;
    lines.push(
      `lifetime ${lifetime.tau.toFixed(3)} us (${low.toFixed(3)} .. ${high.toFixed(3)}), background ${lifetime.background.toFixed(3)} +- ${lifetime.backgroundError.toFixed(3)}, ${lifetime.used} delays`,
    );
  }
  for (const one of efficiencies)
    lines.push(
      `efficiency ${one.channel}: ${one.value.toFixed(4)} +- ${one.error.toFixed(4)} (${one.found} of ${one.tagged})`,
    );
  return [...lines, ...remarks].join('\n');
}
