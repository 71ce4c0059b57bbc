import type { JsonValue, ReportNumber, ReportPlot, ReportTable } from '@countroom/contracts';

/** What one kind of cut gives to the report of a table, and to its proposal. */
export interface CutPart {
  /** What speaks against it, and what else is to be said. */
  readonly doubts: readonly string[];
  readonly remarks: readonly string[];
  readonly numbers: readonly ReportNumber[];
  readonly tables: readonly ReportTable[];
  readonly plots: readonly ReportPlot[];
  /** Operations of dsp_to_hit by the name of their column. */
  readonly operations: { readonly [column: string]: JsonValue };
  /** What else was found. */
  readonly results: { readonly [name: string]: JsonValue };
  /** Whether an event, by its index among the values, is kept for the cuts that follow. */
  readonly keeps: (event: number) => boolean;
}

/** A part with nothing in it but what is given. */
export function cutPart(part: Partial<CutPart>): CutPart {
  return {
    doubts: [],
    remarks: [],
    numbers: [],
    tables: [],
    plots: [],
    operations: {},
    results: {},
    keeps: () => true,
    ...part,
  };
}

/** A value with as many digits as a thousandth of its standard deviation has. */
export function roundedTo(value: number, sigma: number): number {
  if (!(sigma > 0)) return value;
  const digits = 3 - Math.floor(Math.log10(sigma));
  return digits >= 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
}

/** A value for a table of a report. */
export function tableNumber(value: number, digits = 4): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}
