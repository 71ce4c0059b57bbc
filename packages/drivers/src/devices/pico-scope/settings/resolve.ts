import type { PicoScopeConfig } from '../pico-scope.config.js';
import { chooseRange, legacyFullScale, type VoltageRange } from './conversion.js';
import { type EtsLimits, etsLimits } from './ets-limits.js';
import { type FamilyFacts, families } from './families.js';
import { type ModelFacts, modelFacts, usableRanges } from './models.js';
import { intervalOf, type ResolvedTimeBase, resolveTimeBase, roundHalfEven } from './time-base.js';

/** A channel as it will be set. */
export interface ResolvedChannel {
  readonly name: string;
  /** Number in the interface: A is 0. */
  readonly index: number;
  readonly range: VoltageRange;
  readonly offsetV: number;
  readonly dc: boolean;
  /** Place in `channels` of the configuration. */
  readonly place: number;
}

/** Equivalent-time sampling as it will be set. */
export interface ResolvedEts extends EtsLimits {
  /** Time between samples, s; the device has the last word. */
  readonly stepS: number;
}

/** What becomes of a configuration on a model. */
export interface ResolvedSettings {
  readonly family: FamilyFacts;
  readonly model: ModelFacts;
  /** With equivalent-time sampling: the shortest interval, and the samples in its steps. */
  readonly timeBase: ResolvedTimeBase;
  /** Present when it is on and the model has it. */
  readonly ets?: ResolvedEts;
  readonly channels: readonly ResolvedChannel[];
  /** Samples before the trigger; the rest comes after it. */
  readonly preSamples: number;
  /** Share of the record before the trigger, as it is used. */
  readonly preTrigger: number;
  readonly thresholdV: number;
  readonly fullScale: number;
}

/** Colours of channels without one, by their place. */
export const channelColours = ['darkblue', 'darkslategrey', 'darkred', 'darkgreen'];

/**
 * Resolves a configuration without touching a device: time base, samples, ranges, threshold. Always gives an
 * answer; whether it may be used is what `checkPicoScope` says. `model` is what the device says it is, when known.
 */
export function resolvePicoScope(
  config: PicoScopeConfig,
  model: string = config.model,
  deviceFullScale?: number,
): ResolvedSettings {
  const family = families[config.family];
  const facts = modelFacts(config.family, model);
  const ranges = usableRanges(facts);
  const ets = resolveEts(config, facts);
  const wished = resolveTimeBase(facts.timeBase, config.recordS, config.samples);
  const timeBase = ets === undefined ? wished : steppedTimeBase(config, facts, ets, wished);
  const preTrigger = family.preTrigger ? config.preTrigger : 0;
  const scale = config.legacyScale && family.legacyScale ? legacyFullScale : undefined;
  return {
    family,
    model: facts,
    timeBase,
    ...(ets === undefined ? {} : { ets }),
    channels: config.channels.map((channel, place) => ({
      name: channel.name,
      index: family.channels.indexOf(channel.name),
      range: chooseRange(channel.rangeV, ranges) ?? ranges.at(-1)!,
      offsetV: family.offset ? channel.offsetV : 0,
      dc: channel.coupling === 'DC',
      place,
    })),
    preSamples: config.mode === 'streaming' ? 0 : roundHalfEven(preTrigger * timeBase.samples),
    preTrigger,
    thresholdV: config.trigger.thresholdV ?? 0.5 * (config.channels[0]?.rangeV ?? 0),
    fullScale: scale ?? deviceFullScale ?? family.fullScale,
  };
}

/** The shortest interval is for one channel alone where intervals double. */
function fastestTimeBase({ channels }: PicoScopeConfig, { timeBase }: ModelFacts): number {
  const lowest = timeBase.lowest ?? 0;
  return timeBase.doubling > 0 && channels.length > 1 ? Math.max(1, lowest) : lowest;
}

function resolveEts(config: PicoScopeConfig, facts: ModelFacts): ResolvedEts | undefined {
  const { mode, interleave, cycles } = config.ets;
  const limits = etsLimits(config.family, facts.known ? facts.model : config.model);
  if (mode === 'off' || config.mode !== 'block' || limits === undefined) return undefined;
  const within = (value: number, most: number): number => Math.min(most, Math.max(1, Math.round(value) || 1));
  const parts = within(interleave, limits.interleave);
  return {
    interleave: parts,
    cycles: Math.max(parts, within(cycles, limits.cycles)),
    stepS: intervalOf(facts.timeBase, fastestTimeBase(config, facts)) / parts,
  };
}

function steppedTimeBase(
  config: PicoScopeConfig,
  facts: ModelFacts,
  { stepS }: ResolvedEts,
  { requestedIntervalS }: ResolvedTimeBase,
): ResolvedTimeBase {
  return {
    timeBase: fastestTimeBase(config, facts),
    intervalS: stepS,
    samples: Math.max(1, roundHalfEven(config.recordS / stepS)),
    requestedIntervalS,
  };
}
