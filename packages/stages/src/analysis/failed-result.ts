import type { ReportPlot } from '@countroom/contracts';
import type { TableResult } from './report-objects.js';

/** Where the values of an analysis come from. */
export interface Place {
  readonly table: string;
  readonly channel: string;
}

/** A table in which nothing could be found, why, and what there was to see. */
export function failedResult(place: Place, reason: string, plots: readonly ReportPlot[] = []): TableResult {
  return {
    report: { ...place, verdict: 'failed', remarks: [reason], numbers: [], tables: [], plots: [...plots] },
    content: undefined,
  };
}
