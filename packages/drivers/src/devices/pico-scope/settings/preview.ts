import { optionIssues } from '@countroom/contracts/option-issues';
import { type PicoScopeConfig, picoScopeShape } from '../pico-scope.config.js';
import { checkPicoScope } from './check.js';
import { checkSampling } from './check-sampling.js';
import { externalScale, toCounts, toVolts } from './conversion.js';
import { type Finding, Findings } from './finding.js';
import { hasTwoLimits, resolveWidth } from './pulse-width.js';
import { type ResolvedSettings, resolvePicoScope } from './resolve.js';

/** A setting as it was asked for, beside what the device makes of it. */
export interface ResolvedValue {
  /** Path of the key that decides it: `channels.1.rangeV`. */
  readonly place: string;
  /** For a person. */
  readonly title: string;
  /** Unit of both values; empty for plain numbers. */
  readonly unit: string;
  /** Null for what cannot be asked for, such as the number of the time base. */
  readonly requested: number | null;
  /** Null where a finding at the place says why there is none. */
  readonly resolved: number | null;
}

/** What becomes of a configuration, found without a device. */
export interface PicoScopePreview {
  /** The model that the values hold for; null when the configuration has not the right shape. */
  readonly model: string | null;
  readonly values: readonly ResolvedValue[];
  /** Everything that is wrong or worth knowing. */
  readonly findings: readonly Finding[];
}

/**
 * Requested next to resolved values of a configuration that may be wrong in any way, with every finding. Never
 * throws. Without a model the values are those of the family's most common one.
 */
export function previewPicoScope(given: unknown): PicoScopePreview {
  const parsed = picoScopeShape.safeParse(given);
  if (!parsed.success) {
    const findings = optionIssues(parsed.error.issues, picoScopeShape).map(({ path, message }): Finding => {
      const remedy = 'give what the schema of the driver asks for';
      return { place: path, severity: 'error', problem: message, remedy };
    });
    return { model: null, values: [], findings };
  }
  const config = parsed.data;
  const sampling = new Findings();
  const settings = resolvePicoScope(checkSampling(config, sampling));
  const wrong = new Set(sampling.list.map(({ place }) => place));
  return {
    model: settings.model.model,
    values: [
      ...recordValues(config, settings, wrong),
      ...channelValues(config, settings),
      ...triggerValues(config, settings),
      ...widthValues(config, settings),
      ...etsValues(config, settings),
    ].map((value) => ({ ...value, resolved: finite(value.resolved) })),
    findings: checkPicoScope(config),
  };
}

function recordValues(
  config: PicoScopeConfig,
  { timeBase, preTrigger, preSamples }: ResolvedSettings,
  wrong: ReadonlySet<string>,
): ResolvedValue[] {
  const { recordS, samples } = config;
  const sampled = !wrong.has('recordS') && !wrong.has('samples');
  const before = !wrong.has('preTrigger');
  const known = (value: number, when = sampled): number | null => (when ? value : null);
  return [
    {
      place: 'recordS',
      title: 'Length of a record',
      unit: 's',
      requested: recordS,
      resolved: known(timeBase.samples * timeBase.intervalS),
    },
    {
      place: 'samples',
      title: 'Samples per record',
      unit: '',
      requested: samples,
      resolved: known(timeBase.samples),
    },
    {
      place: 'samples',
      title: 'Time between samples',
      unit: 's',
      requested: sampled ? finite(recordS / samples) : null,
      resolved: known(timeBase.intervalS),
    },
    {
      place: 'samples',
      title: 'Number of the time base',
      unit: '',
      requested: null,
      resolved: known(timeBase.timeBase),
    },
    {
      place: 'preTrigger',
      title: 'Share before the trigger',
      unit: '',
      requested: config.preTrigger,
      resolved: known(config.mode === 'streaming' ? 0 : preTrigger, before),
    },
    {
      place: 'preTrigger',
      title: 'Samples before the trigger',
      unit: '',
      requested: null,
      resolved: known(preSamples, sampled && before),
    },
  ];
}

function channelValues(config: PicoScopeConfig, settings: ResolvedSettings): ResolvedValue[] {
  return config.channels.flatMap(({ name, rangeV, offsetV }, index) => {
    const { range, offsetV: added } = settings.channels[index]!;
    const fits = rangeV > 0 && range.volts - rangeV >= -1e-4;
    return [
      {
        place: `channels.${index}.rangeV`,
        title: `Range of ${name} (half span)`,
        unit: 'V',
        requested: rangeV,
        resolved: fits ? range.volts : null,
      },
      {
        place: `channels.${index}.offsetV`,
        title: `Offset of ${name}`,
        unit: 'V',
        requested: offsetV,
        resolved: added,
      },
    ];
  });
}

function triggerValues({ trigger, mode }: PicoScopeConfig, settings: ResolvedSettings): ResolvedValue[] {
  if (trigger.kind === 'off' || mode === 'streaming') return [];
  const levels =
    trigger.kind !== 'logic'
      ? [{ place: 'trigger.thresholdV', channel: trigger.channel, thresholdV: trigger.thresholdV }]
      : trigger.levels.map((level, index) => ({ ...level, place: `trigger.levels.${index}.thresholdV` }));
  return levels.map(({ place, channel, thresholdV }) => ({
    place,
    title: `Threshold at ${channel}`,
    unit: 'V',
    requested: thresholdV ?? null,
    resolved: thresholdOf(settings, channel, thresholdV ?? settings.thresholdV),
  }));
}

/** Widths as the device counts them: whole samples. */
function widthValues(config: PicoScopeConfig, settings: ResolvedSettings): ResolvedValue[] {
  const { trigger, mode } = config;
  if (trigger.kind !== 'pulse-width' || mode === 'streaming') return [];
  const { lower, upper } = resolveWidth(config, settings);
  const { intervalS } = settings.timeBase;
  const value = (key: 'fromS' | 'toS', title: string, samples: number): ResolvedValue => ({
    place: `trigger.pulse.${key}`,
    title,
    unit: 's',
    requested: trigger.pulse[key],
    resolved: samples >= 1 ? Number((samples * intervalS).toPrecision(12)) : null,
  });
  const first = value('fromS', 'Width of a pulse', lower);
  return hasTwoLimits(trigger.pulse.width) ? [first, value('toS', 'Upper width of a pulse', upper)] : [first];
}

/** The step that the device gives beside the one that length and samples ask for. */
function etsValues(config: PicoScopeConfig, { ets, timeBase }: ResolvedSettings): ResolvedValue[] {
  if (ets === undefined) return [];
  const number = (key: 'interleave' | 'cycles', title: string): ResolvedValue => ({
    place: `ets.${key}`,
    title,
    unit: '',
    requested: config.ets[key],
    resolved: ets[key],
  });
  return [
    number('interleave', 'Interleave'),
    {
      place: 'ets.interleave',
      title: 'Step of equivalent-time sampling',
      unit: 's',
      requested: finite(timeBase.requestedIntervalS),
      resolved: ets.stepS,
    },
    number('cycles', 'Captures to choose from'),
  ];
}

/** The voltage that the device compares with: a whole number of counts. Null when it cannot be set. */
function thresholdOf(settings: ResolvedSettings, name: string, volts: number): number | null {
  const channel = settings.channels.find((candidate) => candidate.name === name);
  const inputs: readonly string[] = settings.family.triggerInputs;
  if (channel === undefined && !inputs.includes(name)) return null;
  const range = channel?.range.volts ?? externalScale.volts;
  const scale = channel === undefined ? externalScale.counts : settings.fullScale;
  const offset = channel?.offsetV ?? 0;
  const counts = toCounts(volts, range, scale, offset);
  return Math.abs(counts) > scale ? null : Number(toVolts(counts, range, scale, offset).toPrecision(9));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
