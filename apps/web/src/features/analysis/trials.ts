import type { ReportPlot, ReportTrials } from '@countroom/contracts';
import type { HeatMap } from './heat-option';

/** Values that other parameters are held at, by name; those that are not in it take whatever is best. */
export type Held = Readonly<Record<string, string>>;

type Axis = ReportTrials['axes'][number];

/** A point of a search: its place in the list, the figure there, and why there is none. */
export interface TriedPoint {
  readonly point: number;
  /** Place on every axis: of a value in a grid, of the point itself in a search. */
  readonly places: readonly number[];
  readonly value: number | null;
  readonly error: number | null;
  readonly fault: string | null;
}

/** `trap.rise (us)`. */
export function axisLabel({ name, unit, numbers }: Axis): string {
  return numbers === null || unit === '' ? name : `${name} (${unit})`;
}

/** A value of an axis without its unit, where that stands beside the axis. */
export function axisText(axis: Axis, place: number): string {
  const number = axis.numbers?.[place];
  return number === undefined ? (axis.values[place] ?? '') : String(number);
}

/** `FWHM of trapEmax (ADC)`. */
export function figureText({ label, unit }: Pick<ReportTrials, 'label' | 'unit'>): string {
  return unit === '' ? label : `${label} (${unit})`;
}

/** All points, in the order in which they were tried. */
export function triedPoints({ layout, axes, values, errors, faults }: ReportTrials): TriedPoint[] {
  const reasons = new Map(faults.map(({ point, reason }) => [point, reason]));
  return values.map((value, point) => ({
    point,
    places: layout === 'search' ? axes.map(() => point) : gridPlaces(axes, point),
    value,
    error: errors[point] ?? null,
    fault: value === null ? (reasons.get(point) ?? 'there is no figure') : null,
  }));
}

/** The first axis changes slowest. */
function gridPlaces(axes: readonly Axis[], point: number): number[] {
  const places: number[] = [];
  let rest = point;
  for (const { values } of [...axes].reverse()) {
    places.unshift(rest % values.length);
    rest = Math.floor(rest / values.length);
  }
  return places;
}

/** The point with the smallest figure; of points without one the first. */
export function bestTried(points: readonly TriedPoint[]): TriedPoint | undefined {
  return points.reduce<TriedPoint | undefined>(
    (best, one) =>
      best === undefined || (one.value !== null && (best.value === null || one.value < best.value))
        ? one
        : best,
    undefined,
  );
}

/** The points at the values that other parameters are held at. */
function heldPoints(trials: ReportTrials, free: readonly number[], held: Held): TriedPoint[] {
  const points = triedPoints(trials);
  if (trials.layout === 'search') return points;
  return points.filter(({ places }) =>
    trials.axes.every(({ name, values }, axis) => {
      const wanted = free.includes(axis) ? undefined : held[name];
      return wanted === undefined || !values.includes(wanted) || values[places[axis]!] === wanted;
    }),
  );
}

/** A grid as a map over two of its axes: the best of all points that fall into a field, or why there is none. */
export function trialsMap(trials: ReportTrials, across: number, up: number, held: Held): HeatMap {
  const points = heldPoints(trials, [across, up], held);
  const [x, y] = [trials.axes[across]!, trials.axes[up]!];
  const fields = y.values.map((_, row) =>
    x.values.map((__, column) =>
      bestTried(points.filter(({ places }) => places[across] === column && places[up] === row)),
    ),
  );
  return {
    x: x.values.map((_, place) => axisText(x, place)),
    y: y.values.map((_, place) => axisText(y, place)),
    label: figureText(trials),
    values: fields.map((row) => row.map((one) => one?.value ?? null)),
    faults: fields.map((row) => row.map((one) => one?.fault ?? null)),
  };
}

/** The figure over one parameter, with errors; the best and the points without a figure are marked. */
export function trialsCurve(trials: ReportTrials, across: number, held: Held, plot: ReportPlot): ReportPlot {
  const axis = trials.axes[across]!;
  const all = heldPoints(trials, [across], held);
  const points =
    trials.layout === 'search'
      ? all
      : axis.values.flatMap(
          (_, place) => bestTried(all.filter(({ places }) => places[across] === place)) ?? [],
        );
  const at = ({ places }: TriedPoint): number => {
    const place = places[across]!;
    return axis.numbers?.[place] ?? place + 1;
  };
  const best = bestTried(points);
  const failed = points.filter(({ value }) => value === null);
  const mark = (name: string, x: readonly number[], labels: readonly string[]) => ({
    kind: 'marks' as const,
    name,
    x: [...x],
    y: [],
    labels: [...labels],
  });
  return {
    name: plot.name,
    title: `${trials.label} by ${axis.name}`,
    xLabel: axis.numbers === null ? `${axis.name} (place in the list)` : axisLabel(axis),
    yLabel: figureText(trials),
    logY: false,
    series: [
      {
        kind: 'points',
        name: 'tried',
        x: points.map(at),
        y: points.map(({ value }) => value),
        error: points.map(({ error }) => error),
      },
      ...(best === undefined || best.value === null
        ? []
        : [mark('best', [at(best)], [`best: ${axis.values[best.places[across]!] ?? ''}`])]),
      ...(failed.length === 0
        ? []
        : [
            mark(
              'no figure',
              failed.map(at),
              failed.map(() => 'no figure'),
            ),
          ]),
    ],
  };
}
