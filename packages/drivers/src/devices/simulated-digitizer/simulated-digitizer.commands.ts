import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineCommand } from '../../core/command.js';
import type { SimulatedDigitizer } from './simulated-digitizer.driver.js';

/** Steps of a baseline calibration and the time of each, ms. */
const steps = 20;
const stepMs = 50;

/** Switches the pulser. */
export const pulserCommand = defineCommand({
  title: 'Pulser',
  description: 'Test pulses of a fixed energy on all channels, on or off.',
  parameters: z.strictObject({
    on: z.boolean().meta({ title: 'On' }),
    rateHz: z.number().min(0.01).max(1000).default(10).meta({ title: 'Rate', unit: 'Hz' }),
    keV: z.number().min(1).max(10_000).default(1000).meta({ title: 'Energy', unit: 'keV' }),
  }),
  allowedIn: ['prepared', 'taking', 'paused'],
  cancellable: false,
  run: (driver: SimulatedDigitizer, { on, rateHz, keV }) => {
    driver.setPulser(on ? { periodNs: 1e9 / rateHz, keV } : undefined);
    return Promise.resolve({ on, rateHz, keV });
  },
});

/** Moves the baselines to a wanted value step by step. */
export const baselineCommand = defineCommand({
  title: 'Recalibrate baseline',
  description:
    'Moves the baseline of every channel to the wanted value in small steps; takes about a second.',
  parameters: z.strictObject({
    targetAdc: z.number().min(0).max(60_000).default(10_000).meta({ title: 'Wanted baseline', unit: 'adc' }),
  }),
  allowedIn: ['prepared', 'taking', 'paused'],
  cancellable: true,
  run: async (driver: SimulatedDigitizer, { targetAdc }, control) => {
    const before = driver.channelNumbers.map((channel) => ({ channel, adc: driver.baselineOf(channel) }));
    try {
      for (let step = 1; step <= steps; step++) {
        await sleep(stepMs, undefined, { signal: control.signal });
        for (const { channel, adc } of before)
          driver.setBaseline(channel, adc + ((targetAdc - adc) * step) / steps);
        control.progress(step / steps, `step ${step} of ${steps}`);
      }
    } catch (thrown) {
      for (const { channel, adc } of before) driver.setBaseline(channel, adc);
      throw thrown;
    }
    return before.map(({ channel, adc }) => ({ channel, beforeAdc: adc, afterAdc: targetAdc }));
  },
});
