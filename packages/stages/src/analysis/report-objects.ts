import {
  type AnalysisReport,
  type AnalysisSummary,
  type JsonValue,
  type ReportNumber,
  type ReportSeries,
  reportable,
} from '@countroom/contracts';
import type { OutputObject } from '@countroom/pipeline';
import type { Scalar } from '@countroom/records';

/** A number for a report. NaN and infinities become null. */
export function reportNumber(
  name: string,
  label: string,
  value: number | undefined,
  error?: number,
  unit = '',
): ReportNumber {
  return {
    name,
    label,
    value: value === undefined ? null : reportable(value),
    error: error === undefined ? null : reportable(error),
    unit,
  };
}

/** A series for a plot. NaN and infinities become null. */
export function reportSeries(
  kind: ReportSeries['kind'],
  name: string,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  error?: ArrayLike<number>,
): ReportSeries {
  const plain = (values: ArrayLike<number>): (number | null)[] => Array.from(values, reportable);
  return { kind, name, x: plain(x), y: plain(y), ...(error === undefined ? {} : { error: plain(error) }) };
}

/** Vertical lines with texts. */
export function reportMarks(name: string, x: readonly number[], labels: readonly string[]): ReportSeries {
  return { kind: 'marks', name, x: x.map(reportable), y: [], labels: [...labels] };
}

/** What is found in one table, and the parameters that come of it; without them nothing is proposed for the channel. */
export interface TableResult {
  readonly report: AnalysisReport;
  readonly content: { readonly [name: string]: JsonValue } | undefined;
}

/** Path of a table's report in the file of an analysis. */
export function reportPath(table: string): string {
  return `reports/${table.replaceAll('/', '_')}`;
}

/** A table's report as an object of the output. */
export function reportObject({ report }: TableResult): OutputObject {
  const object: Scalar = { kind: 'scalar', value: JSON.stringify(report), attrs: {} };
  return { path: reportPath(report.table), object };
}

/** What a stage returns: what was found in short, and what is proposed. */
export function summaryOf(
  facts: Pick<AnalysisSummary, 'analysis' | 'title' | 'set'>,
  results: readonly TableResult[],
): AnalysisSummary {
  const proposed = results.flatMap(({ report, content }) =>
    content === undefined ? [] : [[report.channel, content]],
  );
  return {
    ...facts,
    tables: results.map(({ report: { table, channel, verdict, remarks, numbers } }) => ({
      table,
      channel,
      verdict,
      remarks,
      numbers,
      path: reportPath(table),
    })),
    content: Object.fromEntries(proposed) as AnalysisSummary['content'],
  };
}
