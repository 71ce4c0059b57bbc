import type { Calibration, ResolutionCurve } from '@countroom/analysis';
import type { AnalysisReport, JsonValue, ReportNumber, ReportTable, Verdict } from '@countroom/contracts';
import { type ColumnUnits, withUnit } from '../analysis/column-units.js';
import type { Place } from '../analysis/failed-result.js';
import { reportNumber, type TableResult } from '../analysis/report-objects.js';
import type { CalibrateOptions } from './calibrate-options.js';
import { calibrationPlots } from './calibration-plots.js';
import { curveName } from './curve-name.js';

/** Of units in coefficients of a polynomial. */
const powers = ['', '', '²', '³', '⁴'];

/** A calibration as a report, with the parameters for the hit stage. */
export function calibrationResult(
  place: Place,
  values: ArrayLike<number>,
  calibration: Calibration,
  options: CalibrateOptions,
  units: ColumnUnits,
): TableResult {
  const remarks = doubts(calibration, options);
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
    numbers: numbersOf(calibration, options, units),
    tables: [linesTable(calibration, units[options.column]), ...curvesTable(calibration)],
    plots: calibrationPlots(values, withUnit(options.column, units), calibration),
  };
  const nothing = options.calibrated && calibration.resolution === undefined;
  return { report, content: nothing ? undefined : contentOf(calibration, options) };
}

/** What speaks against a calibration, in words; nothing when it is good. */
function doubts(
  { lines, left, coefficients, resolution }: Calibration,
  { calibrated, guess }: CalibrateOptions,
): string[] {
  const remarks: string[] = [];
  for (const { line, residual, positionError, fit } of lines) {
    const error = positionError * Math.abs(coefficients[1] ?? 1);
    // A tenth of a thousandth of the energy is what the straightness of electronics is good for.
    if (Math.abs(residual) > 5 * error + 2e-4 * line.energy)
      remarks.push(
        `${line.energy} keV comes out ${residual.toFixed(2)} keV off: ${calibrated ? 'calibrate anew' : 'try a polynomial of a higher degree'}`,
      );
    if (fit.pValue < 1e-4)
      remarks.push(
        `the fit at ${line.energy} keV does not describe the counts (p = ${fit.pValue.toPrecision(1)})`,
      );
  }
  // A polynomial through as many points as it has coefficients tells nothing of itself.
  if (!calibrated && lines.length <= coefficients.length && left.length > 0)
    remarks.push(
      `${lines.length} of ${left.length + lines.length} lines could be used, which leaves nothing to check the scale by`,
    );
  if (!calibrated) remarks.push(...unchecked(lines, coefficients, guess));
  if (resolution === undefined && lines.length > 1)
    remarks.push('fewer than two sharp lines: no resolution curve');
  if (resolution !== undefined && resolution.pValue < 1e-4)
    remarks.push(
      `the resolution curve does not describe the widths (p = ${resolution.pValue.toPrecision(1)}): mark broader lines as such`,
    );
  return remarks;
}

/** What is odd about a scale that no further line checks: of another source it would look as good. */
function unchecked(
  lines: Calibration['lines'],
  [offset = 0, gain = 0, ...bent]: Calibration['coefficients'],
  guess: number | undefined,
): string[] {
  const found = (offset === 0 ? 1 : 2) + bent.length;
  if (lines.length > found) return [];
  const remarks: string[] = [];
  const highest = Math.max(...lines.map(({ line }) => line.energy));
  if (Math.abs(offset) > 0.02 * highest)
    remarks.push(
      `the scale begins at ${offset.toPrecision(2)} keV, and no further line checks it: are these lines of the source?`,
    );
  if (guess !== undefined && offset === 0 && Math.abs(gain / guess - 1) > 0.05)
    remarks.push(
      `the gain is ${(100 * (gain / guess - 1)).toFixed(0)} % from the guess, and no further line checks it: is this line of the source?`,
    );
  return remarks;
}

function numbersOf(
  { coefficients, errors, resolution, lines, left }: Calibration,
  { calibrated, column }: CalibrateOptions,
  units: ColumnUnits,
): ReportNumber[] {
  const unit = units[column] ?? 'unit';
  const scale = (calibrated ? [] : coefficients).map((value, i) =>
    reportNumber(
      `c${i}`,
      i === 0 ? 'Offset' : i === 1 ? 'Gain' : `Coefficient ${i}`,
      value,
      errors[i],
      i === 0 ? 'keV' : `keV/${unit}${powers[i] ?? ''}`,
    ),
  );
  const curve = resolution === undefined ? [] : curveNumbers(resolution);
  return [
    ...scale,
    ...curve,
    reportNumber('lines', `Lines used, of ${lines.length + left.length}`, lines.length),
  ];
}

function curveNumbers(curve: ResolutionCurve): ReportNumber[] {
  const { at, fwhm, fwhmError, shape, pValue } = curve;
  const name = curveName(curve);
  return [
    reportNumber('fwhm', `FWHM at ${at} keV`, fwhm, fwhmError, 'keV'),
    reportNumber('fwhm_a', `a of FWHM = ${name}`, curve.a, curve.aError, 'keV²'),
    reportNumber('fwhm_b', `b of FWHM = ${name}`, curve.b, curve.bError, 'keV'),
    ...(shape === 'quadratic' ? [reportNumber('fwhm_c', `c of FWHM = ${name}`, curve.c, curve.cError)] : []),
    reportNumber('fwhm_p', 'Probability of the resolution curve', pValue),
  ];
}

/** The curves that were tried, the chosen one first. */
function curvesTable({ resolution, otherResolutions }: Calibration): ReportTable[] {
  if (resolution === undefined) return [];
  return [
    {
      title: 'Resolution curves',
      columns: [
        'FWHM',
        'a (keV²)',
        '± ',
        'b (keV)',
        '±  ',
        'c',
        '±',
        'χ²',
        'dof',
        'p',
        `at ${resolution.at} keV`,
        '±   ',
      ],
      rows: [resolution, ...otherResolutions].map((curve, i) => [
        `${curveName(curve)}${i === 0 ? ' (taken)' : ''}`,
        rounded(curve.a, 4),
        rounded(curve.aError, 2),
        rounded(curve.b, 4),
        rounded(curve.bError, 2),
        curve.shape === 'linear' ? null : rounded(curve.c, 4),
        curve.shape === 'linear' ? null : rounded(curve.cError, 2),
        rounded(curve.chiSquare, 4),
        curve.degrees,
        rounded(curve.pValue, 2),
        rounded(curve.fwhm, 4),
        rounded(curve.fwhmError, 2),
      ]),
    },
  ];
}

function linesTable({ lines }: Calibration, unit: string | undefined): ReportTable {
  return {
    title: 'Lines',
    columns: [
      'Line',
      'Energy (keV)',
      'Counts',
      unit === undefined ? 'Position' : `Position (${unit})`,
      '± ',
      'Off (keV)',
      'FWHM (keV)',
      '±',
      'Tail',
      'χ²/dof',
      'p',
      'Fit',
    ],
    rows: lines.map(({ line, fit, position, positionError, residual, fwhm, fwhmError }) => [
      line.name,
      line.energy,
      Math.round(fit.peak.nSig),
      rounded(position, 7),
      rounded(positionError, 2),
      rounded(residual, 3),
      rounded(fwhm, 4),
      rounded(fwhmError, 2),
      rounded(fit.peak.htail, 2),
      rounded(fit.chiSquare / fit.degrees, 3),
      rounded(fit.pValue, 2),
      fit.likelihood,
    ]),
  };
}

function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}

/** An operation of dsp_to_hit, and beside it what else was found: LEGEND's layout of parameter files. */
function contentOf(
  { coefficients, resolution }: Calibration,
  { column, output, calibrated }: CalibrateOptions,
): { readonly [name: string]: JsonValue } {
  const name = output ?? (calibrated ? column : `${column}_cal`);
  const terms = coefficients.map((_, i) =>
    i === 0 ? 'c0' : i === 1 ? `c1*(${column})` : `c${i}*(${column})**${i}`,
  );
  const operation = {
    expression: terms.join(' + '),
    parameters: Object.fromEntries(coefficients.map((value, i) => [`c${i}`, value])),
    lgdo_attrs: { units: 'keV' },
  };
  const results = resolution === undefined ? {} : { results: { [name]: { fwhm: storedCurve(resolution) } } };
  return calibrated ? results : { operations: { [name]: operation }, ...results };
}

function storedCurve({ a, b, c, shape, at, fwhm, fwhmError }: ResolutionCurve): JsonValue {
  return { a, b, ...(shape === 'quadratic' ? { c } : {}), at, value: fwhm, error: fwhmError };
}
