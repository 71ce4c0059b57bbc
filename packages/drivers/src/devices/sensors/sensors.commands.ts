import { z } from 'zod';
import { defineCommand } from '../../core/command.js';
import { DriverError } from '../../core/errors.js';
import type { Sensors } from './sensors.driver.js';

/** Makes what a channel shows now its zero: the tare of a balance, the rest of an accelerometer. */
export const zeroCommand = defineCommand({
  title: 'Set to zero',
  description: 'Makes the mean of the next readings of a channel its zero, until the source is opened anew.',
  parameters: z.strictObject({
    channel: z
      .int()
      .min(0)
      .max(2000)
      .default(0)
      .meta({ title: 'Channel', description: 'its number, from 0' }),
    readings: z.int().min(1).max(1000).default(10).meta({ title: 'Readings' }),
  }),
  allowedIn: ['taking'],
  cancellable: true,
  run: async (driver: Sensors, { channel, readings }, control) => {
    const { channelLabels } = driver;
    const label = channelLabels[channel];
    if (label === undefined) {
      const known = channelLabels.map((name, number) => `${number} (${name})`).join(', ');
      throw new DriverError(
        'bad-parameters',
        'channel',
        `there is no channel ${channel}; there are ${known}`,
      );
    }
    let sum = 0;
    for (let taken = 1; taken <= readings; taken++) {
      sum += (await driver.nextValues(control.signal))[channel]!;
      control.progress(taken / readings, `reading ${taken} of ${readings} of ${label}`);
    }
    const mean = sum / readings;
    if (!Number.isFinite(mean))
      throw new DriverError('device', label, `${label} gave no value: see to the sensor, then try again`);
    return { channel, readings, label, wasShown: mean, offset: driver.zero(channel, mean) };
  },
});
