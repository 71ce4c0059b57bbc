import { fitPolynomial } from '../fit/polynomial.js';

/** The ticks of a pulser: at `phase + n·period` for whole n. In the unit of the times. */
export interface Pulser {
  readonly period: number;
  readonly periodError: number;
  readonly phase: number;
  /** Pulses that the ticks were found from. */
  readonly pulses: number;
  /** Standard deviation of the pulses around their ticks. */
  readonly jitter: number;
}

const fewestPulses = 10;

/**
 * Finds the ticks of a pulser from the times of events in the window of energy where its pulses are, in the order of
 * their times: the period from the commonest distance between neighbours (the median of those like it), the phase (and the period more exactly) by a
 * straight line through those that keep time. (Specification: hit and event tiers, chapter 6.4.)
 * Throws a RangeError for fewer than 10 events, for times that go back, and where no period stands out.
 */
export function findPulser(times: ArrayLike<number>): Pulser {
  const all = Array.from(times).filter((time) => Number.isFinite(time));
  if (all.length < fewestPulses)
    throw new RangeError(
      `${all.length} pulses are too few to find a pulser: at least ${fewestPulses} are needed`,
    );
  const steps = all.slice(1).map((time, i) => time - all[i]!);
  if (steps.some((step) => step < 0)) throw new RangeError('the times of the pulses go back');
  const about = commonest(steps);
  const alike = steps.filter((step) => Math.abs(step - about) < 0.05 * about).sort((a, b) => a - b);
  const period = alike[alike.length >> 1]!;
  const tolerance = 0.05 * period;
  // Counted from tick to tick, so that a period that is slightly off does not add up.
  const beats: { n: number; time: number }[] = [];
  const first = steps.findIndex((step) => Math.abs(step - period) < tolerance);
  beats.push({ n: 0, time: all[first]! });
  for (const time of all.slice(first + 1)) {
    const last = beats.at(-1)!;
    const passed = (time - last.time) / period;
    const whole = Math.round(passed);
    if (whole > 0 && Math.abs(passed - whole) * period < tolerance) beats.push({ n: last.n + whole, time });
  }
  if (beats.length < fewestPulses || beats.length < all.length / 4)
    throw new RangeError(
      `${beats.length} of ${all.length} pulses come at equal distances: no pulser is seen`,
    );
  const start = beats[0]!.time;
  const points = {
    x: beats.map(({ n }) => n),
    y: beats.map(({ time }) => time - start),
    errors: beats.map(() => 1),
  };
  const { coefficients, errors, chiSquare } = fitPolynomial(points, 1);
  const jitter = Math.sqrt(chiSquare / (beats.length - 2));
  return {
    period: coefficients[1]!,
    periodError: errors[1]! * jitter,
    phase: start + coefficients[0]!,
    pulses: beats.length,
    jitter,
  };
}

/** How far a time is from the nearest tick, in the unit of the times. NaN gives NaN. */
export function distanceToTick(time: number, { period, phase }: Pick<Pulser, 'period' | 'phase'>): number {
  const passed = (time - phase) / period;
  return Math.abs(passed - Math.round(passed)) * period;
}

/** The middle of the tenth of the values, sorted, that lies closest together. Throws a RangeError for values of 0. */
function commonest(steps: readonly number[]): number {
  const sorted = Float64Array.from(steps).sort();
  const held = Math.max(2, Math.floor(sorted.length / 10));
  let best = 0;
  let width = Infinity;
  for (let i = 0; i + held < sorted.length; i++) {
    // Relative, since chance events of a busy source have many short distances.
    const relative = (sorted[i + held]! - sorted[i]!) / sorted[i + held]!;
    if (relative < width) [best, width] = [i, relative];
  }
  const period = sorted[best + Math.floor(held / 2)]!;
  if (!(period > 0)) throw new RangeError('the pulses all have the same time');
  return period;
}
