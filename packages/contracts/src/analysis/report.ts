import { z } from 'zod';
import { jsonObject } from '../http/common.js';

/** What an analysis thinks of its own result: `doubtful` and `failed` come with remarks that say why. */
export const verdict = z.enum(['good', 'doubtful', 'failed']).meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof verdict>;

/** One number of a result; null when it could not be found. `error` is one standard deviation. */
export const reportNumber = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    value: z.number().nullable(),
    error: z.number().nullable(),
    unit: z.string(),
  })
  .meta({ id: 'ReportNumber' });
export type ReportNumber = z.infer<typeof reportNumber>;

/** Rows for people, such as one per line of a spectrum. */
export const reportTable = z
  .strictObject({
    title: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  })
  .meta({ id: 'ReportTable' });
export type ReportTable = z.infer<typeof reportTable>;

const points = z.array(z.number().nullable());

/**
 * What is drawn in a plot. `steps`: bins, with one more edge in `x` than counts in `y`; `points`: with `error` as bars;
 * `curve`: a line; `marks`: vertical lines at `x` with `labels`.
 */
export const reportSeries = z
  .strictObject({
    kind: z.enum(['steps', 'points', 'curve', 'marks']),
    name: z.string(),
    x: points,
    y: points,
    error: points.optional(),
    labels: z.array(z.string()).optional(),
  })
  .meta({ id: 'ReportSeries' });
export type ReportSeries = z.infer<typeof reportSeries>;

/**
 * Every point that was tried in a search over parameters, with the figure that is to be small. `grid`: all combinations of the
 * values of the axes, the first axis changing slowest; `search`: one after the other, a value on every axis for each point.
 */
export const reportTrials = z
  .strictObject({
    layout: z.enum(['grid', 'search']),
    axes: z.array(
      z.strictObject({
        name: z.string(),
        /** As they were tried, such as `4*us`. */
        values: z.array(z.string()),
        /** The same as numbers in `unit`; null when they are none. */
        numbers: z.array(z.number()).nullable(),
        unit: z.string(),
      }),
    ),
    /** What the figure is. */
    label: z.string(),
    unit: z.string(),
    /** One per point; null where there is none. */
    values: points,
    errors: points,
    /** Points without a figure, by their place in `values`, and why. */
    faults: z.array(z.strictObject({ point: z.number().int(), reason: z.string() })),
  })
  .meta({ id: 'ReportTrials' });
export type ReportTrials = z.infer<typeof reportTrials>;

/** A plot: series over one pair of axes, a map of values over two, or the points of a search over parameters. */
export const reportPlot = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    xLabel: z.string(),
    yLabel: z.string(),
    logY: z.boolean(),
    series: z.array(reportSeries),
    /** Values by row (`y`) and column (`x`), both as texts of what was tried. */
    map: z
      .strictObject({
        x: z.array(z.string()),
        y: z.array(z.string()),
        label: z.string(),
        values: z.array(points),
      })
      .optional(),
    trials: reportTrials.optional(),
  })
  .meta({ id: 'ReportPlot' });
export type ReportPlot = z.infer<typeof reportPlot>;

/** What an analysis found in one table. */
export const analysisReport = z
  .strictObject({
    table: z.string(),
    channel: z.string(),
    verdict,
    remarks: z.array(z.string()),
    numbers: z.array(reportNumber),
    tables: z.array(reportTable),
    plots: z.array(reportPlot),
  })
  .meta({ id: 'AnalysisReport' });
export type AnalysisReport = z.infer<typeof analysisReport>;

/** One table of an analysis in a list. `path` is where the file keeps its report. */
export const analysisTable = analysisReport
  .omit({ tables: true, plots: true })
  .extend({ path: z.string() })
  .meta({ id: 'AnalysisTable' });
export type AnalysisTable = z.infer<typeof analysisTable>;

/** What an analysis found, and which parameters it proposes. It is the report of the data set that the analysis makes. */
export const analysisSummary = z
  .strictObject({
    /** Stage that made it. */
    analysis: z.string(),
    title: z.string(),
    /** Which set of parameters the values are for; null when there is nothing to keep. */
    set: z.string().nullable(),
    tables: z.array(analysisTable),
    /** Channel → tree of values; channels that failed are not in it. */
    content: jsonObject,
  })
  .meta({ id: 'AnalysisSummary' });
export type AnalysisSummary = z.infer<typeof analysisSummary>;

/** Texts and numbers as a report may hold them: NaN and infinities are null. */
export function reportable(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
