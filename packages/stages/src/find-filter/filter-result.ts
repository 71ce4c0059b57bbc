import { binEdges, histogramOf } from '@countroom/analysis';
import type { ReportNumber, ReportPlot, ReportTable } from '@countroom/contracts';
import { mergeTrees } from '@countroom/parameters';
import { failedResult, type Place } from '../analysis/failed-result.js';
import { waveformNames } from '../analysis/read-waveforms.js';
import { reportNumber, reportSeries, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import type { FilterOptions } from './filter-options.js';
import { type FilterSearch, type FilterTrial, sampleNoise, searchFilters } from './filter-trials.js';

/** The best filter for the pulses of one table, or why there is none. */
export function filterResult(
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  options: FilterOptions,
): TableResult {
  const values = columns.get(waveformNames.values)!;
  const samples = columns.get(waveformNames.samples)![0]!;
  const periodUs = columns.get(waveformNames.periodNs)![0]! / 1000;
  try {
    const search = searchFilters({ values, samples }, periodUs, options);
    const { best } = search;
    if (best === undefined)
      return failedResult(place, `no filter shows the line at ${options.energy} keV: look at the guess`);
    const remarks = doubts(search, best, options);
    const kernel = Array.from(best.filter.kernel, (weight) => Number(weight.toPrecision(7)));
    const { parameter } = options;
    return {
      report: {
        ...place,
        verdict: remarks.length === 0 ? 'good' : 'doubtful',
        remarks,
        numbers: numbersOf(search, best, options),
        tables: [trialTable(search, options), choiceTable(search)],
        plots: plotsOf(search, best, periodUs, options),
      },
      content: mergeTrees(
        treeAt(`${parameter}.kernel`, kernel),
        treeAt(`${parameter}.length`, kernel.length),
      ),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failedResult(place, error.message);
  }
}

function figureLabel({ figure, energy }: FilterOptions): string {
  return figure === 'line' ? `FWHM at ${energy} keV` : 'FWHM of noise';
}

function doubts({ trials, choice }: FilterSearch, best: FilterTrial, options: FilterOptions): string[] {
  const remarks: string[] = [];
  const { times } = best;
  // Below 1 the noise of the pulses themselves counts for more than its weight.
  const atEnd = times === Math.max(...options.noise) || (times > 1 && times === Math.min(...options.noise));
  if (atEnd && options.noise.length > 2 && options.figure === 'line')
    remarks.push(
      `the best weight of noise is at the end of those that were tried (${times}): try further ones`,
    );
  const missing = trials.filter(({ value }) => !Number.isFinite(value)).length;
  if (missing > trials.length / 2)
    remarks.push(`${missing} of ${trials.length} filters do not show the line`);
  if (choice.pulses.length < choice.offered / 2)
    remarks.push(`only ${choice.pulses.length} of ${choice.offered} pulses are alike: look at the baseline`);
  return remarks;
}

function numbersOf(search: FilterSearch, best: FilterTrial, options: FilterOptions): ReportNumber[] {
  const { filter } = best;
  const { scale } = best;
  return [
    reportNumber('figure', figureLabel(options), best.value, best.error, 'keV'),
    reportNumber('noise', 'FWHM of its answer to noise alone', filter.noise * scale, undefined, 'keV'),
    reportNumber(
      'sample_noise',
      'FWHM of the noise of a sample',
      sampleNoise(search.noise) * scale,
      undefined,
      'keV',
    ),
    reportNumber('weight_noise', 'Weight of noise', best.times),
    reportNumber('weight_area', 'Weight of no area', filter.weights.zeroArea),
    reportNumber('weight_tail', 'Weight of no tail', filter.weights.poleZero),
    reportNumber('length', 'Length of the filter', filter.kernel.length, undefined, 'samples'),
    reportNumber(
      'pulses',
      `Pulses that it is made of, of ${search.choice.offered}`,
      search.choice.pulses.length,
    ),
    reportNumber('blocks', 'Blocks of baseline', search.noise.blocks),
  ];
}

function trialTable({ trials }: FilterSearch, options: FilterOptions): ReportTable {
  const digits = (value: number, places: number): number | null =>
    Number.isFinite(value) ? Number(value.toPrecision(places)) : null;
  const order = (value: number): number => (Number.isFinite(value) ? value : Infinity);
  return {
    title: 'Filters that were tried',
    columns: ['Noise', 'No area', 'No tail', `${figureLabel(options)} (keV)`, '±', 'Noise alone (keV)'],
    rows: [...trials]
      .sort((a, b) => order(a.value) - order(b.value))
      .slice(0, 20)
      .map(({ filter, times, value, error, scale }) => [
        times,
        filter.weights.zeroArea,
        filter.weights.poleZero,
        digits(value, 5),
        digits(error, 2),
        digits(filter.noise * scale, 4),
      ]),
  };
}

function choiceTable({ choice: { pulses, offered, left } }: FilterSearch): ReportTable {
  const rows: [string, number][] = [
    ['around the line', offered - left.height],
    ['with a noise that is not usual', left.noise],
    ['not at the usual place', left.place],
    ['not risen in the usual time', left.rise],
    ['with another one on their tail, or before', left.piled],
    ['used', pulses.length],
  ];
  return { title: 'Pulses', columns: ['Pulses', 'Number'], rows };
}

function plotsOf(
  { trials, noise, signal, heights }: FilterSearch,
  best: FilterTrial,
  periodUs: number,
  options: FilterOptions,
): ReportPlot[] {
  const { kernel } = best.filter;
  const times = kernel.map((_, i) => (i - kernel.length / 2) * periodUs);
  const energies = heights(best.filter).map((height) => height * best.scale);
  const { energy, reach } = options;
  const histogram = histogramOf(energies, energy - reach, energy + reach, 0.2);
  const time = 'Time (us)';
  return [
    {
      ...plot('kernel', 'Filter, for a convolution', time, 'Weight'),
      series: [reportSeries('curve', 'filter', times, kernel)],
    },
    {
      ...plot('pulse', 'Mean pulse that it is made for', time, 'Height'),
      series: [reportSeries('curve', 'mean pulse', times, signal.mean)],
    },
    {
      ...plot('noise', 'Noise of samples at a distance', 'Distance (us)', 'Covariance over variance'),
      series: [
        reportSeries(
          'curve',
          'noise',
          kernel.map((_, i) => i * periodUs),
          noise.values.subarray(0, noise.length).map((value) => value / noise.variance),
        ),
      ],
    },
    {
      ...plot(
        'weights',
        `${figureLabel(options)} by the weight of noise`,
        'log₁₀ of the weight of noise',
        'FWHM (keV)',
      ),
      series: [
        reportSeries(
          'points',
          'filters',
          trials.map(({ times }) => Math.log10(times)),
          trials.map(({ value }) => value),
          trials.map(({ error }) => error),
        ),
      ],
    },
    {
      ...plot('line', `Line at ${energy} keV with the best filter`, 'Energy (keV)', 'Counts'),
      series: [reportSeries('steps', 'pulses', binEdges(histogram), histogram.counts)],
    },
  ];
}

function plot(name: string, title: string, xLabel: string, yLabel: string): Omit<ReportPlot, 'series'> {
  return { name, title, xLabel, yLabel, logY: false };
}
