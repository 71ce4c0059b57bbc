import {
  binCenter,
  binEdges,
  type CalibratedLine,
  type Calibration,
  histogramOf,
  lineCounts,
  polynomial,
  polynomialSlope,
  resolutionAt,
} from '@countroom/analysis';
import type { ReportPlot } from '@countroom/contracts';
import { reportMarks, reportSeries } from '../analysis/report-objects.js';
import { curveName } from './curve-name.js';

/** Bins of the whole spectrum, and points of a smooth curve. */
const spectrumBins = 2000;
const curvePoints = 120;

/** All plots of a calibration. `column` names the values, with their unit. */
export function calibrationPlots(
  values: ArrayLike<number>,
  column: string,
  calibration: Calibration,
): ReportPlot[] {
  const { lines, coefficients } = calibration;
  const points = lines.map(({ position }) => position);
  const energies = lines.map(({ line }) => line.energy);
  const keVErrors = lines.map(
    ({ position, positionError }) => positionError * polynomialSlope(position, coefficients),
  );
  const span = curve(0, 1.05 * Math.max(...points));
  return [
    spectrumPlot(values, calibration),
    ...lines.flatMap((line) => linePlots(line, column)),
    {
      ...axes('scale', 'Energy scale', column, 'Energy (keV)'),
      series: [
        reportSeries('points', 'lines', points, energies),
        reportSeries(
          'curve',
          'polynomial',
          span,
          span.map((x) => polynomial(x, coefficients)),
        ),
      ],
    },
    {
      ...axes('scale-residuals', 'Energy scale: residuals', 'Energy (keV)', 'Calibrated − true (keV)'),
      series: [
        reportSeries(
          'points',
          'lines',
          energies,
          lines.map(({ residual }) => residual),
          keVErrors,
        ),
        reportSeries('curve', 'zero', [0, 1.05 * Math.max(...energies)], [0, 0]),
      ],
    },
    resolutionPlot(calibration),
    ...widthResiduals(calibration),
  ];
}

function axes(name: string, title: string, xLabel: string, yLabel: string): Omit<ReportPlot, 'series'> {
  return { name, title, xLabel, yLabel, logY: false };
}

function curve(from: number, to: number): number[] {
  return Array.from({ length: curvePoints + 1 }, (_, i) => from + (i / curvePoints) * (to - from));
}

function spectrumPlot(values: ArrayLike<number>, { lines, coefficients }: Calibration): ReportPlot {
  const top = 1.15 * Math.max(...lines.map(({ line }) => line.energy));
  const energies = Float64Array.from(values, (x) => polynomial(x, coefficients));
  const histogram = histogramOf(energies, 0, top, top / spectrumBins);
  return {
    ...axes(
      'spectrum',
      'Spectrum with the lines that were found',
      'Energy (keV)',
      `Counts per ${(top / spectrumBins).toPrecision(2)} keV`,
    ),
    logY: true,
    series: [
      reportSeries('steps', 'spectrum', binEdges(histogram), histogram.counts),
      reportMarks(
        'lines',
        lines.map(({ line }) => line.energy),
        lines.map(({ line }) => `${line.name} ${line.energy.toFixed(1)}`),
      ),
    ],
  };
}

/** A line with its fit, and the residuals in standard deviations. */
function linePlots({ line, fit, histogram, companions }: CalibratedLine, column: string): ReportPlot[] {
  const edges = binEdges(histogram);
  const expected = Array.from(
    histogram.counts,
    (_, bin) =>
      lineCounts(edges[bin + 1]!, fit.peak, companions) - lineCounts(edges[bin]!, fit.peak, companions),
  );
  const centers = expected.map((_, bin) => binCenter(histogram, bin));
  const residuals = expected.map(
    (count, bin) => (histogram.counts[bin]! - count) / Math.sqrt(Math.max(count, 1)),
  );
  const title = `${line.name} at ${line.energy.toFixed(1)} keV`;
  return [
    {
      ...axes(`line-${line.energy}`, title, column, 'Counts'),
      series: [
        reportSeries('steps', 'data', edges, histogram.counts),
        reportSeries('curve', 'fit', centers, expected),
      ],
    },
    {
      ...axes(`residuals-${line.energy}`, `${title}: residuals`, column, '(data − fit) / σ'),
      series: [reportSeries('points', 'residuals', centers, residuals)],
    },
  ];
}

function resolutionPlot({ lines, resolution, otherResolutions }: Calibration): ReportPlot {
  const part = (broad: boolean, name: string) => {
    const some = lines.filter(({ line }) => (line.broad ?? false) === broad);
    return reportSeries(
      'points',
      name,
      some.map(({ line }) => line.energy),
      some.map(({ fwhm }) => fwhm),
      some.map(({ fwhmError }) => fwhmError),
    );
  };
  const span = curve(0, 1.05 * Math.max(...lines.map(({ line }) => line.energy)));
  const tried = resolution === undefined ? [] : [resolution, ...otherResolutions];
  const fitted = tried.map((one) =>
    reportSeries(
      'curve',
      one === resolution ? curveName(one) : `${curveName(one)}, not taken`,
      span,
      span.map((energy) => resolutionAt(energy, one)),
    ),
  );
  return {
    ...axes('resolution', 'Resolution', 'Energy (keV)', 'FWHM (keV)'),
    series: [part(false, 'lines'), part(true, 'broad lines'), ...fitted],
  };
}

function widthResiduals({ lines, resolution }: Calibration): ReportPlot[] {
  if (resolution === undefined) return [];
  const sharp = lines.filter(({ line }) => line.broad !== true);
  return [
    {
      ...axes('resolution-residuals', 'Resolution: residuals', 'Energy (keV)', '(FWHM − curve) / σ'),
      series: [
        reportSeries(
          'points',
          'lines',
          sharp.map(({ line }) => line.energy),
          sharp.map(
            ({ line, fwhm, fwhmError }) => (fwhm - resolutionAt(line.energy, resolution)) / fwhmError,
          ),
        ),
      ],
    },
  ];
}
