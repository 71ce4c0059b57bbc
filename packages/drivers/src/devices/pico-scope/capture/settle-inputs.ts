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
  const { settings, preSamples, samples, timeBase, captures, memory, ets } = setUp;
  if (config.mode === 'streaming' || settings.channels.every(({ dc }) => dc)) return;
  unit.setUp(
    { ...config, generator: { ...config.generator, on: false }, trigger: { ...config.trigger, kind: 'off' } },
    settings,
  );
  const parts = ets?.interleave ?? 1;
  const before = Math.floor(preSamples / parts);
  unit.useEts(undefined);
  unit.run(before, Math.max(1, Math.floor(samples / parts) - before), timeBase);
  for (let look = 0; look < looks && !unit.ready(); look++) await sleep(restMs);
  unit.stop();
  unit.setUp(config, settings);
  if (ets !== undefined) unit.useEts(ets);
  unit.useMemory(memory, captures);
}
