import {
  type CurrentEnergy,
  currentClassifier,
  currentMean,
  currentOverEnergy,
  currentSigma,
  lineBefore,
  lineSurvival,
  type Survival,
  type SurvivalCut,
  survivalCurve,
  survivalCut,
  windowSurvival,
} from '@countroom/analysis';
import type { ReportPlot, ReportTable } from '@countroom/contracts';
import { reportMarks, reportNumber, reportSeries } from '../analysis/report-objects.js';
import { correctedCurrent } from './current-corrections.js';
import type { CurrentOptions, FindCutsOptions } from './cut-options.js';
import { type CutPart, cutPart, tableNumber } from './cut-part.js';
import { avoidedLines, comptonWindow, escapePeak, survivingLines } from './thorium-lines.js';

/**
 * Cuts on A/E. Throws a RangeError where the cut cannot be found.
 * @param column values of an expression for the events, with their energies in keV
 */
export function currentPart(
  options: CurrentOptions,
  place: Pick<FindCutsOptions, 'energy' | 'escape'>,
  column: (expression: string) => Float64Array,
): CutPart {
  const { keep, high } = options;
  const { energy, escape } = place;
  const energies = column(energy);
  const corrected = correctedCurrent(options, place, column);
  const dependence = currentOverEnergy(corrected.values, energies, { lines: [...avoidedLines, escape] });
  const classifier = corrected.values.map((current, i) =>
    currentClassifier(current, energies[i]!, dependence),
  );
  const found = survivalCut(classifier, energies, { line: escapePeak(escape), keep });
  const passes = (event: number): boolean => classifier[event]! > found.cut && classifier[event]! < high;
  const { rows, remarks } = survivals(energies, passes, escape);
  const [m0, m1] = dependence.mean;
  const [s0, s1, s2] = dependence.sigma;
  const share = dependence.left.length / (dependence.left.length + dependence.bands.length);
  return cutPart({
    doubts: [
      ...corrected.doubts,
      ...(found.cutError > 0.5
        ? [`A/E: the cut is known to ${found.cutError.toFixed(1)} σ only: more events are needed`]
        : []),
      ...(share > 0.5
        ? [`A/E could not be fitted in ${dependence.left.length} bands of energy: more events are needed`]
        : []),
    ],
    remarks,
    numbers: [
      reportNumber('aoe_cut', 'Low cut on A/E', found.cut, found.cutError, 'σ'),
      reportNumber('aoe_high', 'High cut on A/E', high, undefined, 'σ'),
      ...corrected.numbers,
      ...rows.map(({ name, label, survival }) =>
        reportNumber(
          `survival_${name}`,
          `Survival: ${label}`,
          100 * survival.fraction,
          100 * survival.error,
          '%',
        ),
      ),
    ],
    tables: [survivalTable(rows)],
    plots: [...corrected.plots, meanPlot(dependence), widthPlot(dependence), cutPlot(found, keep)],
    operations: {
      aoe_classifier: {
        expression: `(${corrected.expression} - (aoe_m0 + aoe_m1*(${energy})))/sqrt(aoe_s0 + (aoe_s1/(${energy}))**aoe_s2)`,
        parameters: { ...corrected.parameters, aoe_m0: m0, aoe_m1: m1, aoe_s0: s0, aoe_s1: s1, aoe_s2: s2 },
      },
      aoe_accepted: {
        expression: '(aoe_classifier > aoe_low) & (aoe_classifier < aoe_high)',
        parameters: { aoe_low: Number(found.cut.toFixed(4)), aoe_high: high },
      },
    },
    results: {
      aoe: {
        cut: { value: found.cut, error: found.cutError },
        survival: Object.fromEntries(
          rows.map(({ name, survival: { fraction, error } }) => [name, { value: fraction, error }]),
        ),
      },
    },
  });
}

interface Row {
  readonly name: string;
  readonly label: string;
  readonly survival: Survival;
}

/** What of lines and of the continuum survives both cuts; lines that cannot be fitted are told. */
function survivals(energies: Float64Array, passes: (event: number) => boolean, escape: number) {
  const rows: Row[] = [];
  const remarks: string[] = [];
  const attempt = (name: string, label: string, find: () => Survival): void => {
    try {
      rows.push({ name, label, survival: find() });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      remarks.push(`Survival: ${error.message}`);
    }
  };
  for (const line of survivingLines(escape)) {
    attempt(String(Math.round(line.energy)), `${line.name}, ${line.energy.toFixed(1)} keV`, () =>
      lineSurvival(energies, passes, lineBefore(energies, line)),
    );
  }
  const { from, to } = comptonWindow;
  attempt('compton', `Compton continuum, ${from} to ${to} keV`, () =>
    windowSurvival(energies, passes, comptonWindow),
  );
  return { rows, remarks };
}

function survivalTable(rows: readonly Row[]): ReportTable {
  return {
    title: 'Survival of the A/E cuts',
    columns: ['Events', 'Before', 'Survival (%)', '±'],
    rows: rows.map(({ label, survival: { fraction, error, counts } }) => [
      label,
      Math.round(counts),
      tableNumber(100 * fraction),
      tableNumber(100 * error, 2),
    ]),
  };
}

function overEnergy(
  { bands }: CurrentEnergy,
  plot: Pick<ReportPlot, 'name' | 'title' | 'yLabel'>,
  points: { y: number[]; errors: number[] },
  curve: (energy: number) => number,
): ReportPlot {
  const x = bands.map(({ from, to }) => (from + to) / 2);
  return {
    ...plot,
    xLabel: 'Energy (keV)',
    logY: false,
    series: [
      reportSeries('points', 'bands', x, points.y, points.errors),
      reportSeries('curve', 'fit', x, x.map(curve)),
    ],
  };
}

function meanPlot(dependence: CurrentEnergy): ReportPlot {
  const peaks = dependence.bands.map(({ peak }) => peak);
  const points = { y: peaks.map(({ mean }) => mean), errors: peaks.map(({ meanError }) => meanError) };
  const plot = { name: 'aoe-mean', title: 'Mean of A/E over energy', yLabel: 'A/E' };
  return overEnergy(dependence, plot, points, (energy) => currentMean(energy, dependence));
}

function widthPlot(dependence: CurrentEnergy): ReportPlot {
  const peaks = dependence.bands.map(({ peak }) => peak);
  const points = { y: peaks.map(({ sigma }) => sigma), errors: peaks.map(({ sigmaError }) => sigmaError) };
  const plot = { name: 'aoe-width', title: 'Width of A/E over energy', yLabel: 'σ of A/E' };
  return overEnergy(dependence, plot, points, (energy) => currentSigma(energy, dependence));
}

function cutPlot({ scan, curve, cut }: SurvivalCut, keep: number): ReportPlot {
  const x = scan.map((point) => point.cut);
  return {
    name: 'aoe-cut',
    title: 'Survival of the double escape peak over the low cut',
    xLabel: 'Low cut (σ)',
    yLabel: 'Survival',
    logY: false,
    series: [
      reportSeries(
        'points',
        'survival',
        x,
        scan.map(({ fraction }) => fraction),
        scan.map(({ error }) => error),
      ),
      ...(curve === undefined
        ? []
        : [
            reportSeries(
              'curve',
              'fit',
              x,
              x.map((at) => survivalCurve(at, curve)),
            ),
          ]),
      reportMarks('cut', [cut], [`${(100 * keep).toFixed(0)} % at ${cut.toFixed(2)}`]),
    ],
  };
}
