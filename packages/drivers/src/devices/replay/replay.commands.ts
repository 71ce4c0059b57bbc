import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineCommand } from '../../core/command.js';
import type { Replay } from './replay.driver.js';

/** Goes to another time of the recording. */
export const seekCommand = defineCommand({
  title: 'Seek',
  description: 'Goes on at another time of the recording.',
  parameters: z.strictObject({
    seconds: z.number().min(0).meta({ title: 'Time since the begin of the recording', unit: 's' }),
  }),
  allowedIn: ['taking'],
  cancellable: true,
  run: async (driver: Replay, { seconds }, control) => {
    driver.seek(seconds);
    while (driver.seeking) {
      control.progress(0.5, `looking for ${seconds} s`);
      await sleep(20, undefined, { signal: control.signal });
    }
    control.progress(1, `at ${seconds} s`);
    return { seconds };
  },
});
