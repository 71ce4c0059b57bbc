import type { Calibration } from '@countroom/analysis';
import type { AnalysisReport, JsonValue, ReportNumber, ReportTable, Verdict } from '@countroom/contracts';
import { reportNumber, type TableResult } from '../analysis/report-objects.js';
import type { CalibrateOptions } from './calibrate-options.js';
import { calibrationPlots } from './calibration-plots.js';

/** Where a table's calibration stands. */
export interface Place {
  readonly table: string;
  readonly channel: string;
}

/** A calibration as a report, with the parameters for the hit stage. */
export function calibrationResult(
  place: Place,
  values: ArrayLike<number>,
  calibration: Calibration,
  options: CalibrateOptions,
): TableResult {
  const remarks = doubts(calibration);
  const verdict: Verdict = remarks.length === 0 ? 'good' : 'doubtful';
  const report: AnalysisReport = {
    ...place,
    verdict,
    remarks: [
      ...remarks,
      ...calibration.left.map(
        ({ line, reason }) => `${line.energy} keV (${line.name}) was left out: ${reason}`,
      ),
    ],
    numbers: numbersOf(calibration),
    tables: [linesTable(calibration)],
    plots: calibrationPlots(values, options.column, calibration),
  };
  return { report, content: contentOf(calibration, options) };
}

/** A table that could not be calibrated. */
export function failedResult(place: Place, reason: string): TableResult {
  const report: AnalysisReport = {
    ...place,
    verdict: 'failed',
    remarks: [reason],
    numbers: [],
    tables: [],
    plots: [],
  };
  return { report, content: undefined };
}

/** What speaks against a calibration, in words; nothing when it is good. */
function doubts({ lines, left, coefficients, resolution }: Calibration): string[] {
  const remarks: string[] = [];
  for (const { line, residual, fit } of lines) {
    const error = (fit.errors['mu'] ?? 0) * Math.abs(coefficients[1] ?? 1);
    // A tenth of a thousandth of the energy is what the straightness of electronics is good for.
    if (Math.abs(residual) > 5 * error + 2e-4 * line.energy)
      remarks.push(
        `${line.energy} keV comes out ${residual.toFixed(2)} keV off: try a polynomial of a higher degree`,
      );
    if (fit.pValue < 1e-4)
      remarks.push(
        `the fit at ${line.energy} keV does not describe the counts (p = ${fit.pValue.toPrecision(1)})`,
      );
  }
  // A polynomial through as many points as it has coefficients tells nothing of itself.
  if (lines.length <= coefficients.length && left.length > 0)
    remarks.push(
      `${lines.length} of ${left.length + lines.length} lines could be used, which leaves nothing to check the scale by`,
    );
  if (resolution === undefined && lines.length > 1)
    remarks.push('fewer than two sharp lines: no resolution curve');
  return remarks;
}

function numbersOf({ coefficients, errors, resolution, lines, left }: Calibration): ReportNumber[] {
  const scale = coefficients.map((value, i) =>
    reportNumber(
      `c${i}`,
      i === 0 ? 'Offset' : i === 1 ? 'Gain' : `Coefficient ${i}`,
      value,
      errors[i],
      i === 0 ? 'keV' : 'keV/unit',
    ),
  );
  const curve =
    resolution === undefined
      ? []
      : [
          reportNumber('fwhm', `FWHM at ${resolution.at} keV`, resolution.fwhm, resolution.fwhmError, 'keV'),
          reportNumber('fwhm_a', 'a of FWHM = √(a + bE)', resolution.a, resolution.aError, 'keV²'),
          reportNumber('fwhm_b', 'b of FWHM = √(a + bE)', resolution.b, resolution.bError, 'keV'),
        ];
  return [
    ...scale,
    ...curve,
    reportNumber('lines', `Lines used, of ${lines.length + left.length}`, lines.length),
  ];
}

function linesTable({ lines }: Calibration): ReportTable {
  return {
    title: 'Lines',
    columns: [
      'Line',
      'Energy (keV)',
      'Counts',
      'Position',
      '± ',
      'Off (keV)',
      'FWHM (keV)',
      '±',
      'Tail',
      'χ²/dof',
      'p',
    ],
    rows: lines.map(({ line, fit, residual, fwhm, fwhmError }) => [
      line.name,
      line.energy,
      Math.round(fit.peak.nSig),
      rounded(fit.peak.mu, 7),
      rounded(fit.errors['mu'] ?? Number.NaN, 2),
      rounded(residual, 3),
      rounded(fwhm, 4),
      rounded(fwhmError, 2),
      rounded(fit.peak.htail, 2),
      rounded(fit.chiSquare / fit.degrees, 3),
      rounded(fit.pValue, 2),
    ]),
  };
}

function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** An operation of dsp_to_hit, and beside it what else was found: LEGEND's layout of parameter files. */
function contentOf(
  { coefficients, resolution }: Calibration,
  { column, output }: CalibrateOptions,
): { readonly [name: string]: JsonValue } {
  const name = output ?? `${column}_cal`;
  const terms = coefficients.map((_, i) =>
    i === 0 ? 'c0' : i === 1 ? `c1*(${column})` : `c${i}*(${column})**${i}`,
  );
  const operation = {
    expression: terms.join(' + '),
    parameters: Object.fromEntries(coefficients.map((value, i) => [`c${i}`, value])),
    lgdo_attrs: { units: 'keV' },
  };
  return {
    operations: { [name]: operation },
    ...(resolution === undefined
      ? {}
      : {
          results: {
            [name]: { fwhm: { a: resolution.a, b: resolution.b, at: resolution.at, value: resolution.fwhm } },
          },
        }),
  };
}
