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
