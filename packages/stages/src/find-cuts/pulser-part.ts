import { distanceToTick, findPulser } from '@countroom/analysis';
import { reportNumber } from '../analysis/report-objects.js';
import type { PulserOptions } from './cut-options.js';
import { type CutPart, cutPart } from './cut-part.js';

/**
 * Flags the events at the ticks of a pulser. Throws a RangeError where no pulser is seen.
 * @param multiplicities how many tables see the event of each row
 */
export function pulserPart(
  options: PulserOptions,
  times: Float64Array,
  energies: Float64Array,
  multiplicities?: Float64Array,
): CutPart {
  const { from, to, tolerance, time, multiplicity } = options;
  const isSeenByMany = (event: number): boolean =>
    multiplicity === undefined || multiplicities === undefined || multiplicities[event]! >= multiplicity;
  const inWindow = (event: number): boolean => energies[event]! >= from && energies[event]! < to;
  const pulser = findPulser(times.filter((_, event) => inWindow(event) && isSeenByMany(event)));
  const { period, periodError, phase, jitter, pulses } = pulser;
  const isPulse = (event: number): boolean => distanceToTick(times[event]!, pulser) < tolerance;
  const tagged = times.reduce((sum, _, event) => sum + (isPulse(event) ? 1 : 0), 0);
  const covered = (2 * tolerance) / period;
  return cutPart({
    doubts: [
      ...(jitter > tolerance / 3
        ? [
            `the pulses lie ${jitter.toPrecision(2)} s around their ticks: ${tolerance} s are too few to flag them all`,
          ]
        : []),
      ...(covered > 0.05
        ? [
            `${(100 * covered).toFixed(0)} % of all time is within ${tolerance} s of a tick: choose a smaller tolerance`,
          ]
        : []),
    ],
    numbers: [
      reportNumber('pulser_period', 'Period of the pulser', period, periodError, 's'),
      reportNumber('pulser_jitter', 'Jitter of the pulser', jitter, undefined, 's'),
      reportNumber('pulser_pulses', 'Pulses that keep time', pulses),
      reportNumber('pulser_events', 'Events of the pulser', tagged),
      ...(multiplicity === undefined
        ? []
        : [
            reportNumber(
              'pulser_multiplicity',
              `Events that ${multiplicity} channels or more see`,
              times.reduce((sum, _, event) => sum + (isSeenByMany(event) ? 1 : 0), 0),
            ),
          ]),
    ],
    operations: {
      is_pulser: {
        expression: `abs((${time}) - pulser_phase - pulser_period*floor(((${time}) - pulser_phase)/pulser_period + 0.5)) < pulser_tolerance`,
        parameters: { pulser_phase: phase, pulser_period: period, pulser_tolerance: tolerance },
      },
    },
    keeps: (event) => !isPulse(event),
  });
}
