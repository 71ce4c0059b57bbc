import { DriverError } from '../../../core/errors.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import { checkPicoScope } from '../settings/check.js';
import { type Finding, findingText } from '../settings/finding.js';
import { type ResolvedSettings, resolvePicoScope } from '../settings/resolve.js';
import { roundHalfEven } from '../settings/time-base.js';
import { sampleMemory } from '../unit/sample-memory.js';
import type { SampleMemory, ScopeUnit } from '../unit/scope-unit.js';

/** A unit that was set up, and how its records look. */
export interface CaptureSetUp {
  readonly settings: ResolvedSettings;
  readonly timeBase: number;
  readonly intervalNs: number;
  readonly samples: number;
  readonly preSamples: number;
  /** Captures per arming. */
  readonly captures: number;
  readonly memory: SampleMemory;
  /** Findings that do not keep the unit from being used. */
  readonly warnings: readonly Finding[];
}

/** A time base that is refused is raised by one, at most this often. */
const raises = 8;
/** Room of a stream between two looks, s. */
const streamRoomS = 0.2;

/**
 * Sets a unit up. Throws a DriverError `bad-configuration` with every finding when the configuration cannot be used
 * with this model; the unit is not touched then.
 */
export function setUpUnit(unit: ScopeUnit, config: PicoScopeConfig): CaptureSetUp {
  const findings = checkPicoScope(config, unit.facts.model);
  const faults = findings.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) {
    const lines = faults.map((fault) => `${fault.place}: ${findingText(fault)}`).join('; ');
    throw new DriverError(
      'bad-configuration',
      faults[0]!.place,
      `the ${unit.facts.model} cannot be used so: ${lines}`,
    );
  }
  const settings = resolvePicoScope(config, unit.facts.model, unit.fullScale);
  unit.setUp(config, settings);
  const streaming = config.mode === 'streaming';
  const { timeBase, intervalNs } = streaming
    ? { timeBase: 0, intervalNs: settings.timeBase.intervalS * 1e9 }
    : confirmedTimeBase(unit, settings);
  const samples = streaming
    ? settings.timeBase.samples
    : Math.max(1, roundHalfEven(config.recordS / (intervalNs * 1e-9)));
  const captures = config.mode === 'rapid-block' ? config.captures : 1;
  const room = streaming ? Math.max(samples, Math.ceil((streamRoomS * 1e9) / intervalNs)) : samples;
  const memory = sampleMemory(captures, settings.channels.length, room);
  unit.useMemory(memory, captures);
  return {
    settings,
    timeBase,
    intervalNs,
    samples,
    preSamples: streaming ? 0 : roundHalfEven(settings.preTrigger * samples),
    captures,
    memory,
    warnings: findings.filter(({ severity }) => severity === 'warning'),
  };
}

/** The fastest intervals are for few channels: the unit is asked, and the next slower one taken. */
function confirmedTimeBase(
  unit: ScopeUnit,
  { timeBase, model }: ResolvedSettings,
): { timeBase: number; intervalNs: number } {
  for (let number = timeBase.timeBase; number <= timeBase.timeBase + raises; number++) {
    const told = unit.intervalNs(number, 1);
    if (told === undefined) continue;
    // The unit answers with single precision: where it agrees, the formula is the exact one.
    const exact = timeBase.intervalS * 1e9;
    const agrees = number === timeBase.timeBase && Math.abs(told - exact) <= 1e-5 * exact;
    return { timeBase: number, intervalNs: agrees ? exact : told };
  }
  throw new DriverError(
    'device',
    'recordS',
    `the ${model.model} refuses the time base ${timeBase.timeBase} and the ${raises} after it`,
  );
}
