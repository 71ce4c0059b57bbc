import { DriverError } from '../../../core/errors.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { checkPicoScope } from '../settings/check.js';
import { type Finding, findingText } from '../settings/finding.js';
import { type ResolvedSettings, resolvePicoScope } from '../settings/resolve.js';
import { roundHalfEven } from '../settings/time-base.js';
import { sampleMemory } from '../unit/sample-memory.js';
import type { SampleMemory, ScopeUnit } from '../unit/scope-unit.js';
import { type ConfirmedStep, confirmStep } from './confirm-step.js';
import { deviceFindings } from './device-limits.js';
import { type TimedOut, timedOutTest } from './timed-out.js';

/** A unit that was set up, and how its records look. */
export interface CaptureSetUp extends ConfirmedStep {
  /** With the time base that the unit confirmed. */
  readonly settings: ResolvedSettings;
  readonly samples: number;
  readonly preSamples: number;
  /** Captures per arming. */
  readonly captures: number;
  readonly memory: SampleMemory;
  /** Level of the trigger, V at the input; NaN where there is not one. */
  readonly triggerLevelV: number;
  readonly timedOut: TimedOut | undefined;
  /** Findings that do not keep the unit from being used. */
  readonly warnings: readonly Finding[];
}

/** Room of a stream between two looks, s. */
const streamRoomS = 0.2;

/**
 * Sets a unit up. Throws a DriverError `bad-configuration` with every finding when the configuration cannot be used
 * with this model; the unit is not touched then.
 */
export function setUpUnit(unit: ScopeUnit, config: PicoScopeConfig): CaptureSetUp {
  const wished = resolvePicoScope(config, unit.facts.model, unit.fullScale);
  const findings = [...checkPicoScope(config, unit.facts.model), ...deviceFindings(unit, config, wished)];
  const faults = findings.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) {
    const lines = faults.map((fault) => `${fault.place}: ${findingText(fault)}`).join('; ');
    throw new DriverError(
      'bad-configuration',
      faults[0]!.place,
      `the ${unit.facts.model} cannot be used so: ${lines}`,
    );
  }
  unit.setUp(config, wished);
  const step = confirmStep(unit, config, wished);
  const { intervalNs } = step;
  const streaming = config.mode === 'streaming';
  const samples = streaming
    ? wished.timeBase.samples
    : Math.max(1, roundHalfEven(config.recordS / (intervalNs * 1e-9)));
  const timeBase = { ...wished.timeBase, timeBase: step.timeBase, intervalS: intervalNs * 1e-9, samples };
  const settings = { ...wished, timeBase };
  // Widths of pulses are counted in samples: with another interval they are other numbers.
  if (config.trigger.kind === 'pulse-width' && step.timeBase !== wished.timeBase.timeBase)
    unit.setUp(config, settings);
  const captures = config.mode === 'rapid-block' ? config.captures : 1;
  const room = streaming ? Math.max(samples, Math.ceil((streamRoomS * 1e9) / intervalNs)) : samples;
  const memory = sampleMemory(captures, settings.channels.length, room);
  unit.useMemory(memory, captures);
  const preSamples = streaming ? 0 : roundHalfEven(settings.preTrigger * samples);
  return {
    ...step,
    settings,
    samples,
    preSamples,
    captures,
    memory,
    ...triggerSetUp(config, { ...settings, preSamples }),
    warnings: findings.filter(({ severity }) => severity === 'warning'),
  };
}

/** What follows from the level of the trigger. */
export function triggerSetUp(
  config: PicoScopeConfig,
  settings: ResolvedSettings,
): Pick<CaptureSetUp, 'triggerLevelV' | 'timedOut'> {
  const { kind } = config.trigger;
  const levelled = (kind === 'simple' || kind === 'pulse-width') && config.mode !== 'streaming';
  return {
    triggerLevelV: levelled ? settings.thresholdV : Number.NaN,
    timedOut: timedOutTest(config, settings),
  };
}
