import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineCommand } from '../../core/command.js';
import type { PicoScope } from './pico-scope.driver.js';

/** Makes the unit's lamp flash, to find it among others. */
export const identifyCommand = defineCommand({
  title: 'Identify',
  description: 'Makes the lamp of the unit flash, to find it among others.',
  parameters: z.strictObject({
    flashes: z.int().min(1).max(60).default(3).meta({ title: 'Flashes' }),
  }),
  allowedIn: ['prepared', 'taking', 'paused'],
  cancellable: true,
  run: async (driver: PicoScope, { flashes }, control) => {
    for (let flash = 1; flash <= flashes; flash++) {
      driver.openUnit.flash();
      control.progress(flash / flashes, `flash ${flash} of ${flashes}`);
      await sleep(300, undefined, { signal: control.signal });
    }
    return { flashes };
  },
});

/** Moves the level of the trigger. */
export const triggerLevelCommand = defineCommand({
  title: 'Trigger level',
  description:
    'Moves the level of the trigger for the rest of the run. It is checked first; the data says from where on it holds. The next run begins with that of the configuration.',
  parameters: z.strictObject({
    thresholdV: z.number().meta({ title: 'Level', unit: 'V', description: 'at the input' }),
  }),
  allowedIn: ['prepared', 'taking', 'paused'],
  cancellable: false,
  run: (driver: PicoScope, { thresholdV }) =>
    Promise.resolve().then(() => ({ thresholdV, ...driver.useTriggerLevel(thresholdV) })),
});
