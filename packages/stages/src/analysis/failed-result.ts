import type { TableResult } from './report-objects.js';

/** Where the values of an analysis come from. */
export interface Place {
  readonly table: string;
  readonly channel: string;
}

/** A table in which nothing could be found, and why. */
export function failedResult(place: Place, reason: string): TableResult {
  return {
    report: { ...place, verdict: 'failed', remarks: [reason], numbers: [], tables: [], plots: [] },
    content: undefined,
  };
}
