import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineCommand } from '../../core/command.js';
import type { PicoLog } from './pico-log.driver.js';

/** Time between the readings of the command, ms. */
const stepMs = 100;

/** Reads all channels some times, to see what is connected where. */
export const readCommand = defineCommand({
  title: 'Read the inputs',
  description: 'Means of some readings of all channels, in V: to see what is connected where.',
  parameters: z.strictObject({
    readings: z.int().min(1).max(1000).default(5).meta({ title: 'Readings' }),
  }),
  allowedIn: ['prepared', 'taking', 'paused'],
  cancellable: true,
  run: async (driver: PicoLog, { readings }, control) => {
    let sums: number[] = [];
    for (let taken = 1; taken <= readings; taken++) {
      const values = driver.valuesNow();
      sums = values.map((value, index) => value + (sums[index] ?? 0));
      control.progress(taken / readings, `reading ${taken} of ${readings}`);
      await sleep(taken < readings ? stepMs : 0, undefined, { signal: control.signal });
    }
    return { readings, volts: sums.map((sum) => Number((sum / readings).toFixed(5))) };
  },
});
