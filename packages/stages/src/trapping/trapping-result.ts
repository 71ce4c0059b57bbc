import {
  binCenter,
  binEdges,
  type ChargeTrapping,
  chargeTrapping,
  lineCounts,
  polynomial,
} from '@countroom/analysis';
import type { AnalysisReport, ReportNumber, ReportPlot, ReportTable } from '@countroom/contracts';
import type { ColumnUnits } from '../analysis/column-units.js';
import { failedResult, type Place } from '../analysis/failed-result.js';
import { reportMarks, reportNumber, reportSeries, type TableResult } from '../analysis/report-objects.js';
import type { TrappingOptions } from './trapping-options.js';

/** The correction of trapped charge for one table, or why there is none. */
export function trappingResult(
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  options: TrappingOptions,
  units: ColumnUnits,
): TableResult {
  const { column, drift, energy, below, above, guess, largest, steps, fraction } = options;
  try {
    const found = chargeTrapping(columns.get(column)!, columns.get(drift)!, {
      line: { energy, below, above },
      ...{ guess, largest, steps, fraction },
    });
    const remarks = doubts(found, options);
    const perTime = `1/${units[drift] ?? 'unit of time'}`;
    const report: AnalysisReport = {
      ...place,
      verdict: remarks.length === 0 ? 'good' : 'doubtful',
      remarks,
      numbers: numbersOf(found, options, perTime),
      tables: [scanTable(found, options)],
      plots: [scanPlot(found, perTime), spectrumPlot(found, options)],
    };
    const name = options.output ?? `${column}_ctc`;
    const operation = {
      expression: `(${column})*(1 + ctc_alpha*(${drift}))`,
      parameters: { ctc_alpha: Number(found.alpha.toPrecision(6)) },
    };
    const { alpha, alphaError, after } = found;
    const results = {
      alpha,
      error: alphaError,
      line: energy,
      fwhm: { value: after.fwhm, error: after.fwhmError },
    };
    return {
      report,
      content: { operations: { [name]: operation }, results: { [name]: { trapping: results } } },
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failedResult(place, error.message);
  }
}

function doubts(found: ChargeTrapping, { largest, energy }: TrappingOptions): string[] {
  const { alpha, alphaError, before, after } = found;
  const remarks: string[] = [];
  if (alpha > 0.98 * largest)
    remarks.push(`the line at ${energy} keV is still getting narrower at the largest α: try larger ones`);
  else if (alpha < 2 * alphaError)
    remarks.push('no trapping is seen: α is within two standard deviations of 0');
  else if (before.width - after.width < after.widthError)
    remarks.push('no trapping is seen: the line is not narrower by more than its error');
  if (!after.spectrum.fit.valid)
    remarks.push(`the corrected line could not be fitted: ${after.spectrum.fit.reason ?? ''}`);
  else if (after.fwhm > before.fwhm + before.fwhmError)
    remarks.push('the correction makes the line wider: look at the drift time');
  return remarks;
}

function numbersOf(
  { alpha, alphaError, before, after, events }: ChargeTrapping,
  options: TrappingOptions,
  perTime: string,
): ReportNumber[] {
  const { energy, fraction } = options;
  const percent = `${Number((100 * fraction).toPrecision(3))} %`;
  return [
    reportNumber('alpha', 'α', alpha, alphaError, perTime),
    reportNumber('fwhm', `FWHM at ${energy} keV, corrected`, after.fwhm, after.fwhmError, 'keV'),
    reportNumber('fwhm_before', `FWHM at ${energy} keV, before`, before.fwhm, before.fwhmError, 'keV'),
    reportNumber(
      'width',
      `Width at ${percent} of the height, corrected`,
      after.width,
      after.widthError,
      'keV',
    ),
    reportNumber('width_before', `Width at ${percent}, before`, before.width, before.widthError, 'keV'),
    reportNumber('events', 'Events around the line', events),
  ];
}

function scanTable({ scan }: ChargeTrapping, { fraction }: TrappingOptions): ReportTable {
  const digits = (value: number, places: number): number => Number(value.toPrecision(places));
  return {
    title: 'Values of α',
    columns: ['α', 'FWHM over height', '±', 'FWHM (keV)', '± ', `Width at ${fraction} (keV)`, '±  '],
    rows: scan.map((one) => [
      digits(one.alpha, 4),
      digits(one.figure, 4),
      digits(one.figureError, 2),
      digits(one.fwhm, 4),
      digits(one.fwhmError, 2),
      digits(one.width, 4),
      digits(one.widthError, 2),
    ]),
  };
}

function scanPlot({ scan, curve, alpha }: ChargeTrapping, perTime: string): ReportPlot {
  const last = scan.at(-1)!.alpha;
  const [first] = scan;
  const x = Array.from({ length: 101 }, (_, i) => first!.alpha + (i / 100) * (last - first!.alpha));
  const middle = (first!.alpha + last) / 2;
  return {
    name: 'alpha',
    title: 'FWHM over the height of the line',
    xLabel: `α (${perTime})`,
    yLabel: 'FWHM / height, of α = 0',
    logY: false,
    series: [
      reportSeries(
        'points',
        'tried',
        scan.map((one) => one.alpha),
        scan.map(({ figure }) => figure),
        scan.map(({ figureError }) => figureError),
      ),
      reportSeries(
        'curve',
        'fourth degree',
        x,
        x.map((at) => polynomial(at - middle, curve.coefficients)),
      ),
      reportMarks('best', [alpha], [alpha.toExponential(2)]),
    ],
  };
}

function spectrumPlot({ before, after }: ChargeTrapping, { energy }: TrappingOptions): ReportPlot {
  const { histogram, fit } = after.spectrum;
  const edges = binEdges(histogram);
  return {
    name: 'line',
    title: `Line at ${energy} keV`,
    xLabel: 'Energy (keV)',
    yLabel: 'Counts',
    logY: false,
    series: [
      reportSeries('steps', 'corrected', edges, histogram.counts),
      reportSeries('steps', 'before', binEdges(before.spectrum.histogram), before.spectrum.histogram.counts),
      reportSeries(
        'curve',
        'fit',
        Array.from(histogram.counts, (_, bin) => binCenter(histogram, bin)),
        Array.from(
          histogram.counts,
          (_, bin) => lineCounts(edges[bin + 1]!, fit.peak) - lineCounts(edges[bin]!, fit.peak),
        ),
      ),
    ],
  };
}
