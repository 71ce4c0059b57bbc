import { makeTemplate, type PulseShape, type PulseTemplate } from '../template/pulse-shape.js';
import { bestPlace, hasShape, largest, laterPlaces } from '../template/search.js';

/** What pulses a filter looks for. The names are those of picoCosmo's configuration files. */
export interface PulseFilterConfig {
  /** One shape per channel; the last one stands for the channels that follow. */
  readonly pulseShape: readonly PulseShape[];
  /** Another shape for the pulse that triggers. */
  readonly trgPulseShape?: readonly PulseShape[] | undefined;
  /** Channels with a pulse, the trigger's included, that an event needs; 2 (1 with one channel) when absent. */
  readonly NminCoincidence?: number | undefined;
  /** Which channels must have a pulse (1) and which must not (0): one of these patterns, instead of a number. */
  readonly acceptPattern?: readonly (readonly number[])[] | undefined;
  /** Look for later pulses; true when absent. */
  readonly doublePulse?: boolean | undefined;
  /** Tolerance in samples; 2 when absent. */
  readonly timingPrecision?: number | undefined;
  /**
   * As picoCosmo does it, faults included: later pulses are looked for with the last channel's shape and delay on every
   * channel, of the settings of `OffsetSubtraction` that of the last shape alone counts, and more coincident channels may
   * be asked for than there are (no event has them).
   */
  readonly compatible?: boolean | undefined;
}

/** How records were taken. */
export interface RecordSetup {
  readonly channels: readonly string[];
  /** Undefined, or not among the channels: no channel triggers. */
  readonly triggerChannel: string | undefined;
  readonly samples: number;
  /** Part of the record before the trigger. */
  readonly pretrigger: number;
  /** Time between samples, s. */
  readonly dT: number;
}

/** A pulse of one channel. */
export interface FoundPulse {
  /** Largest size of its samples, V. */
  readonly height: number;
  /** Its beginning, µs after that of the record. */
  readonly time: number;
}

/** The pulses of one channel in an event. */
export interface ChannelPulses {
  /** The pulse at the trigger. */
  readonly first: FoundPulse | undefined;
  /** Pulses after it, in time. */
  readonly later: readonly FoundPulse[];
}

/** Two pulses in one record: of a muon that stops and of its decay. */
export interface DoublePulse {
  /** Mean delay of the channels that have a later pulse, µs. */
  readonly tau: number;
  /** Delay and height of each channel's last pulse; 0 where there is none. µs, V. */
  readonly delays: readonly number[];
  readonly heights: readonly number[];
}

/** What a filter finds in one event. */
export interface FilteredEvent {
  /** The trigger channel has a pulse where it should; true when no channel triggers. */
  readonly valid: boolean;
  /** The same, but false when no channel triggers. */
  readonly triggered: boolean;
  readonly accepted: boolean;
  /** For events that are not valid: height of what the trigger channel had, V; 0 when it came too late. */
  readonly noise: number;
  readonly channels: readonly ChannelPulses[];
  /** Mean time of the first pulses, µs; NaN without any. */
  readonly time: number;
  readonly double: DoublePulse | undefined;
}

interface Channel {
  readonly template: PulseTemplate;
  /** Samples by which its pulses come later than the trigger's. */
  readonly delay: number;
  /** Samples of the rise, and until the pulse is past its top. */
  readonly rise: number;
  readonly reach: number;
}

/**
 * Searches records of a scope for pulses of a known shape: checks the pulse that triggered, looks for coincident pulses
 * on the other channels, and for later ones. (Specification: picoDAQ, chapter 5.3.)
 */
export class PulseFilter {
  private readonly channels: readonly Channel[];
  private readonly trigger: Channel;
  private readonly triggerIndex: number;
  private readonly start: number;
  private readonly precision: number;
  private readonly least: number;

  /** Throws a RangeError for a configuration that fits no event. */
  constructor(
    private readonly config: PulseFilterConfig,
    private readonly setup: RecordSetup,
  ) {
    const { pulseShape, acceptPattern, NminCoincidence } = config;
    const { channels, dT } = setup;
    if (pulseShape.length === 0) throw new RangeError('pulseShape: at least one shape is needed');
    const wrong = acceptPattern?.find((pattern) => pattern.length !== channels.length);
    if (wrong !== undefined) {
      const pattern = wrong.join(', ');
      throw new RangeError(
        `acceptPattern: [${pattern}] does not have one entry for each of ${channels.length} channels`,
      );
    }
    const made = shapesOf(config).map((shape) => channelOf(shape, dT));
    this.channels = channels.map((_, c) => made[Math.min(c, pulseShape.length - 1)]!);
    this.triggerIndex = channels.indexOf(setup.triggerChannel ?? '');
    this.trigger = made[pulseShape.length] ?? this.channels[Math.max(0, this.triggerIndex)]!;
    this.start = Math.trunc(setup.samples * setup.pretrigger);
    this.precision = config.timingPrecision ?? 2;
    this.least = NminCoincidence ?? Math.min(channels.length, 2);
    if (this.least > channels.length && config.compatible !== true) {
      throw new RangeError(
        `NminCoincidence: ${this.least} channels cannot have a pulse, there are ${channels.length}`,
      );
    }
  }

  /** Looks at one event: a record per channel, V. */
  process(records: readonly ArrayLike<number>[]): FilteredEvent {
    const firsts: (FoundPulse | undefined)[] = records.map(() => undefined);
    const { triggerIndex } = this;
    let place = this.start;
    if (triggerIndex >= 0) {
      const found = this.triggerPulse(records[triggerIndex]!);
      if (typeof found === 'number') {
        const channels = firsts.map(() => ({ first: undefined, later: [] }));
        const none = { valid: false, triggered: false, accepted: false, time: Number.NaN, double: undefined };
        return { ...none, noise: found, channels };
      }
      place = found.place;
      firsts[triggerIndex] = found.pulse;
    }
    this.channels.forEach((channel, c) => {
      if (c !== triggerIndex) firsts[c] = this.coincidentPulse(records[c]!, channel, place);
    });
    const found = firsts.filter((pulse) => pulse !== undefined);
    const time = found.reduce((sum, pulse) => sum + pulse.time, 0) / found.length;
    const accepted = this.accepts(firsts);
    const search = accepted && this.config.doublePulse !== false;
    const channels = firsts.map((first, c) => ({
      first,
      later: search ? this.laterPulses(records[c]!, c, place) : [],
    }));
    const triggered = triggerIndex >= 0;
    return { valid: true, triggered, accepted, noise: 0, channels, time, double: doubleOf(channels, time) };
  }

  /** The pulse that triggered and its place, or how high the signal is where there is none. */
  private triggerPulse(record: ArrayLike<number>): { place: number; pulse: FoundPulse } | number {
    const { template, rise, reach } = this.trigger;
    const from = Math.max(0, this.start - rise - this.precision);
    const place = bestPlace(record, template, from, this.start + this.precision + template.samples.length);
    if (place === undefined || place > this.start + reach + this.precision) return 0;
    const pulse = this.pulseAt(record, template, place, place);
    return hasShape(record, template, place) ? { place, pulse } : pulse.height;
  }

  private coincidentPulse(
    record: ArrayLike<number>,
    channel: Channel,
    trigger: number,
  ): FoundPulse | undefined {
    const { template, delay, reach } = channel;
    const from = delay + Math.max(0, trigger - this.precision);
    const shifted = bestPlace(
      record,
      template,
      from,
      delay + trigger + this.precision + template.samples.length,
    );
    if (shifted === undefined) return undefined;
    const place = shifted - delay;
    if (place > this.start + reach + this.precision || !hasShape(record, template, shifted)) return undefined;
    return this.pulseAt(record, template, shifted, place);
  }

  private laterPulses(record: ArrayLike<number>, c: number, trigger: number): FoundPulse[] {
    const { template, delay } = this.channels.at(this.config.compatible === true ? -1 : c)!;
    return laterPlaces(record, template, trigger + template.samples.length + delay)
      .filter((place) => hasShape(record, template, place))
      .map((place) => this.pulseAt(record, template, place, place - delay));
  }

  private accepts(firsts: readonly (FoundPulse | undefined)[]): boolean {
    const { acceptPattern } = this.config;
    const flags = firsts.map((first) => (first === undefined ? 0 : 1));
    if (acceptPattern !== undefined && acceptPattern.length > 0) {
      return acceptPattern.some((pattern) => pattern.every((want, c) => want === flags[c]));
    }
    return flags.reduce<number>((sum, one) => sum + one, 0) >= this.least;
  }

  private pulseAt(record: ArrayLike<number>, template: PulseTemplate, at: number, place: number): FoundPulse {
    return { height: largest(record, at, template.samples.length), time: place * this.setup.dT * 1e6 };
  }
}

/** The shapes of the channels, then that of the trigger when it has its own. */
function shapesOf({ pulseShape, trgPulseShape = [], compatible }: PulseFilterConfig): readonly PulseShape[] {
  const all = [...pulseShape, ...trgPulseShape.slice(0, 1)];
  if (compatible !== true) return all;
  return all.map((shape, i) => (i === all.length - 1 ? shape : { ...shape, OffsetSubtraction: undefined }));
}

function channelOf(shape: PulseShape, dT: number): Channel {
  return {
    template: makeTemplate(shape, dT),
    delay: Math.trunc((shape.delay ?? 0) / (dT * 1e6) + 0.5),
    rise: Math.trunc(shape.taur / dT),
    reach: (shape.taur + shape.tauon) / dT,
  };
}

function doubleOf(channels: readonly ChannelPulses[], time: number): DoublePulse | undefined {
  const lasts = channels.map(({ later }) => later.at(-1));
  const delays = lasts.map((last) => (last === undefined ? 0 : last.time - time));
  const found = lasts.flatMap((last) => (last === undefined ? [] : [last.time - time]));
  if (found.length === 0) return undefined;
  const tau = found.reduce((sum, delay) => sum + delay, 0) / found.length;
  return { tau, delays, heights: lasts.map((last) => last?.height ?? 0) };
}
