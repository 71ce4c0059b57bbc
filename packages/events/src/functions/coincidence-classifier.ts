import type { EventFunction } from '../building/event-functions.js';
import { EventError } from '../errors.js';
import { Arguments } from './arguments.js';
import { arrivalDensity, arrivalDomain } from './arrival-density.js';

/** Bin of the density of photo-electrons behind which it falls off exponentially. */
const lastBin = 15;

/**
 * How well light in the veto fits to a germanium signal, per event; +∞ without light. With n photo-electrons per pulse and
 * N of them in all: −Σ n·ln f(t)/N + g(N). (Specification: hit and event tiers, 3.4.)
 */
export const coincidenceClassifier: EventFunction = {
  name: 'spms.geds_coincidence_classifier',
  description: 'Statistic that tells light of the same decay from light of chance, per event.',
  prepare(given) {
    const args = new Arguments(this.name, given, [
      'spms_t0',
      'spms_amp',
      'geds_t0_ns',
      'ts_bkg_prob',
      'rc_density',
    ]);
    const [times, amplitudes] = [args.field('spms_t0'), args.field('spms_amp')];
    const start = args.numberOrField('geds_t0_ns');
    const background = args.number('ts_bkg_prob');
    const density = args.numbers('rc_density');
    if (!(background >= 0 && background <= 1)) throw new EventError('ts_bkg_prob must be from 0 to 1');
    return {
      columns: [],
      fields: [times, amplitudes, ...(typeof start === 'string' ? [start] : [])],
      type: (types) => {
        for (const field of [times, amplitudes]) {
          if (types.get(field)!.depth !== 2) throw new EventError(`${field} must hold pulses of channels`);
        }
        return { kind: 'float64', depth: 0 };
      },
      run: ({ fields, selection }) => {
        const t0 = fields.get(times)!;
        const amplitude = fields.get(amplitudes)!;
        const at = typeof start === 'string' ? fields.get(start)! : undefined;
        const [outer, inner] = t0.offsets!;
        const data = Float64Array.from(selection.ends, (_, e) => {
          const zero = at === undefined ? Number(start) : Number(at.data[e * at.step]);
          const pulses: Pulse[] = [];
          for (let i = inner![outer![e]!]!; i < inner![outer![e + 1]!]!; i++) {
            pulses.push({ t: Number(t0.data[i]) - zero, amplitude: Number(amplitude.data[i]) });
          }
          return lightStatistic(pulses, background, density);
        });
        return { kind: 'float64', data, step: 1 };
      },
    };
  },
};

/** A pulse of light: time since the germanium signal in ns, size in photo-electrons. */
export interface Pulse {
  readonly t: number;
  readonly amplitude: number;
}

/**
 * The statistic of one event.
 * @param background share of background light, 0 to 1
 * @param density share of events by number of photo-electrons, from 0 on
 * Throws an EventError for a pulse outside of the domain of arrival times.
 */
export function lightStatistic(
  pulses: readonly Pulse[],
  background: number,
  density: readonly number[],
): number {
  const [from, to] = arrivalDomain;
  let total = 0;
  let sum = 0;
  for (const { t, amplitude } of pulses) {
    if (!(t >= from && t <= to))
      throw new EventError(`a pulse ${t} ns after the signal is not between ${from} and ${to} ns: mask it`);
    const n = amplitude < 1 ? Math.ceil(amplitude) : Math.floor(amplitude + 0.5);
    total += n;
    sum += n === 0 ? 0 : n * Math.log(arrivalDensity(t, background));
  }
  if (total === 0) return Infinity;
  const limit = Math.min(density.length - 1, lastBin);
  const rate = total <= limit ? Math.log(density[total]!) : -(total - limit) / 10 + Math.log(density[limit]!);
  return -sum / total + rate;
}
