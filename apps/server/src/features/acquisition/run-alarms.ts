import type { DetectorConfiguration } from '@countroom/contracts';
import { type FigureSample, WindowedFigures } from '@countroom/drivers';
import type { AlarmCondition } from './store/acquisition-alarms.repository.js';

/** Codes of the alarms that a run's limits raise. */
export const runAlarmCodes = ['rate.low', 'rate.high', 'trigger.none', 'live.low'] as const;

export type AlarmLimits = NonNullable<DetectorConfiguration['alarms']>;

/** Compares rate, triggers and live share of one source with the limits of its detector, pauses left out. */
export class RunAlarms {
  private figures: WindowedFigures | undefined;
  private lastEvents = 0n;
  private quietSinceNs = 0n;

  /** Conditions that hold now; `sample`: the counters of the run so far, undefined while none is taken. */
  look(subject: string, limits: AlarmLimits, sample: FigureSample | undefined): AlarmCondition[] {
    if (sample === undefined) {
      this.figures = undefined;
      return [];
    }
    const activeNs = sample.time.runNs - sample.time.pausedNs;
    if (this.figures === undefined || sample.events !== this.lastEvents) this.quietSinceNs = activeNs;
    this.lastEvents = sample.events;
    const windowNs = BigInt(Math.round(limits.averageSeconds * 1e9));
    this.figures ??= new WindowedFigures(windowNs);
    this.figures.add(sample);
    const silentS = Number(activeNs - this.quietSinceNs) / 1e9;
    const found: AlarmCondition[] = [];
    const tell = (code: (typeof runAlarmCodes)[number], message: string): void =>
      void found.push({ subject, code, severity: 'warning', message: `Source ${subject}: ${message}` });
    const { noEventSeconds = Infinity, rateBelowHz, rateAboveHz, livePercentBelow } = limits;
    if (silentS >= noEventSeconds)
      tell('trigger.none', `no event for ${Math.round(silentS)} s. Look at the trigger and the signal.`);
    const { runNs, rateHz, liveFraction } = this.figures.window(windowNs);
    // The beginning of a run says little about rates.
    if (runNs < (windowNs * 9n) / 10n) return found;
    const rate = `${Number(rateHz.toPrecision(3))} Hz over ${limits.averageSeconds} s`;
    if (rateBelowHz !== undefined && rateHz < rateBelowHz)
      tell('rate.low', `${rate}, less than ${rateBelowHz} Hz.`);
    if (rateAboveHz !== undefined && rateHz > rateAboveHz)
      tell('rate.high', `${rate}, more than ${rateAboveHz} Hz.`);
    if (livePercentBelow !== undefined && 100 * liveFraction < livePercentBelow)
      tell(
        'live.low',
        `live for ${(100 * liveFraction).toFixed(1)} % of the time, less than ${livePercentBelow} %.`,
      );
    return found;
  }
}
