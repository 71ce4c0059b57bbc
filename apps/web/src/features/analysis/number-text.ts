import type { ReportNumber } from '@countroom/contracts';

/** `0.10003 ± 0.00002 keV/unit`: as many digits as the error has room for. */
export function numberText({ value, error, unit }: Pick<ReportNumber, 'value' | 'error' | 'unit'>): string {
  if (value === null) return '–';
  const behind = unit === '' ? '' : ` ${unit}`;
  if (error === null || !(error > 0)) return `${Number(value.toPrecision(6))}${behind}`;
  const digits = Math.max(0, 1 - Math.floor(Math.log10(error)));
  return digits > 15
    ? `${value.toPrecision(6)} ± ${error.toPrecision(2)}${behind}`
    : `${value.toFixed(digits)} ± ${error.toFixed(digits)}${behind}`;
}
