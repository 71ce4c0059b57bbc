import type { PicoScopeConfig } from '../pico-scope.config.js';
import { chooseRange, legacyFullScale, type VoltageRange } from './conversion.js';
import { type FamilyFacts, families } from './families.js';
import { type ModelFacts, modelFacts, usableRanges } from './models.js';
import { type ResolvedTimeBase, resolveTimeBase, roundHalfEven } from './time-base.js';

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

/** What becomes of a configuration on a model. */
export interface ResolvedSettings {
  readonly family: FamilyFacts;
  readonly model: ModelFacts;
  readonly timeBase: ResolvedTimeBase;
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
  const timeBase = resolveTimeBase(facts.timeBase, config.recordS, config.samples);
  const preTrigger = family.preTrigger ? config.preTrigger : 0;
  const scale = config.legacyScale && family.legacyScale ? legacyFullScale : undefined;
  return {
    family,
    model: facts,
    timeBase,
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
