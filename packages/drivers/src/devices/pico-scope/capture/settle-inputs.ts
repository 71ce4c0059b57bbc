import { setTimeout as sleep } from 'node:timers/promises';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { ScopeUnit } from '../unit/scope-unit.js';
import type { CaptureSetUp } from './capture-set-up.js';

/** Looks at the unit for the block that is thrown away, and the time between two looks, ms. */
const looks = 200;
const restMs = 5;

/**
 * Takes one block without a trigger and throws it away: after switching to AC coupling the first one may be wrong.
 * A unit that gives none is simply armed anew.
 */
export async function settleInputs(
  unit: ScopeUnit,
  config: PicoScopeConfig,
  setUp: CaptureSetUp,
): Promise<void> {
  const { settings, preSamples, samples, timeBase, captures, memory } = setUp;
  if (config.mode === 'streaming' || settings.channels.every(({ dc }) => dc)) return;
  unit.setUp(
    { ...config, generator: { ...config.generator, on: false }, trigger: { ...config.trigger, kind: 'off' } },
    settings,
  );
  unit.run(preSamples, samples - preSamples, timeBase);
  for (let look = 0; look < looks && !unit.ready(); look++) await sleep(restMs);
  unit.stop();
  unit.setUp(config, settings);
  unit.useMemory(memory, captures);
}
