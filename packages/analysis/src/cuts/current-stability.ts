import { rowsWhere } from '../rows-where.js';
import { fitCurrentPeak } from './current-peak.js';

/** Mean of A/E of single sites from a moment on, until the next one begins. */
export interface StableSpan {
  /** In the unit of the times; the first span also holds what lies before it. */
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly meanError: number;
}

/** A/E over time. */
export interface CurrentStability {
  readonly spans: readonly StableSpan[];
  /** Of the means around their common one, for one degree of freedom less than there are spans. */
  readonly chiSquare: number;
}

/** Energies of the continuum that tell the mean, keV. */
const continuum = { from: 1000, to: 1300 };
/** Events of a span that tell its mean to some ten thousandths. */
const eventsOfSpan = 2000;

/**
 * Mean of A/E between 1000 and 1300 keV, in spans of time of equally many events, so many as 2000 events each allow and
 * at most `most`. (Specification: hit and event tiers, chapter 6.5.)
 * @param times of events in any order, row by row with A/E and `energies` in keV
 * Throws a RangeError where A/E of a span cannot be fitted.
 */
export function currentStability(
  currents: ArrayLike<number>,
  energies: ArrayLike<number>,
  times: ArrayLike<number>,
  most = 24,
): CurrentStability {
  const isChosen = (i: number): boolean =>
    energies[i]! >= continuum.from &&
    energies[i]! < continuum.to &&
    Number.isFinite(currents[i]) &&
    Number.isFinite(times[i]);
  const chosen = rowsWhere(energies.length, isChosen).sort((a, b) => times[a]! - times[b]!);
  const count = Math.min(most, Math.max(1, Math.floor(chosen.length / eventsOfSpan)));
  const border = (span: number): number => Math.floor((span * chosen.length) / count);
  const spans = Array.from({ length: count }, (_, span): StableSpan => {
    const part = chosen.slice(border(span), border(span + 1));
    const { mean, meanError } = fitCurrentPeak(part.map((i) => currents[i]!));
    return { from: times[part[0]!]!, to: times[part.at(-1)!]!, mean, meanError };
  });
  const weights = spans.map(({ meanError }) => 1 / meanError ** 2);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const mean = spans.reduce((all, span, i) => all + weights[i]! * span.mean, 0) / sum;
  return { spans, chiSquare: spans.reduce((all, span, i) => all + weights[i]! * (span.mean - mean) ** 2, 0) };
}

/** Mean of A/E that holds at a time. */
export function meanAt(time: number, spans: readonly StableSpan[]): number {
  return (spans.findLast(({ from }) => time >= from) ?? spans[0]!).mean;
}
