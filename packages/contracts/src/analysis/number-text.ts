import type { ReportNumber } from './report.js';

/** Below it numbers are written with their power of ten. */
const small = 1e-4;

/**
 * A number of a report for people: `0.10003 ± 0.00002 keV/unit`, with as many digits as the error has room for;
 * `(1.23 ± 0.04)e-6` where both are small, `–` where there is none.
 */
export function numberText({ value, error, unit }: Pick<ReportNumber, 'value' | 'error' | 'unit'>): string {
  if (value === null) return '–';
  const behind = unit === '' ? '' : ` ${unit}`;
  if (error === null || !(error > 0)) return `${Number(value.toPrecision(6))}${behind}`;
  const largest = Math.max(Math.abs(value), error);
  if (largest < small) {
    const power = Math.floor(Math.log10(largest));
    return `(${pair(value / 10 ** power, error / 10 ** power)})e${power}${behind}`;
  }
  return `${pair(value, error)}${behind}`;
}

function pair(value: number, error: number): string {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(error)));
  return digits > 15
    ? `${value.toPrecision(6)} ± ${error.toPrecision(2)}`
    : `${value.toFixed(digits)} ± ${error.toFixed(digits)}`;
}
