import { z } from 'zod';
import { channelsOf } from './sensor-channels.js';
import { kindOf, sensorSettings } from './sensor-kinds.js';

const simulation = z
  .strictObject({
    seed: z.int().min(0).max(2_147_483_647).default(1).meta({ title: 'Seed of the random numbers' }),
    pacing: z
      .enum(['real-time', 'fast'])
      .default('real-time')
      .meta({ title: 'Pacing', description: 'fast: time runs as fast as the readings are taken' }),
    fault: z.enum(['none', 'no-answer', 'wrong-chip', 'check-sum', 'permission']).default('none').meta({
      title: 'Fault',
      description: 'of the first sensor, or of its bus',
    }),
    faultAfterS: z.number().min(0).max(1e6).default(0).meta({ title: 'Time until the fault', unit: 's' }),
    faultForS: z
      .number()
      .min(0)
      .max(1e6)
      .default(1e6)
      .meta({ title: 'Time until the fault is mended', unit: 's' }),
  })
  .prefault({})
  .meta({ title: 'Simulation', description: 'only when the detector is simulated' });

/** Configuration of sensors that are read together. */
export const sensorsConfig = z
  .strictObject({
    intervalS: z.number().min(0.001).max(86_400).default(0.5).meta({
      title: 'Interval',
      unit: 's',
      description: 'of the readings; it does not drift',
    }),
    devices: z
      .array(sensorSettings)
      .min(1)
      .max(64)
      .prefault([{ kind: 'ads1115' }])
      .meta({ title: 'Sensors', description: 'their values are channels, in this order' }),
    maxEvents: z.int().min(0).default(0).meta({ title: 'Stop after readings', description: '0: no limit' }),
    simulation,
  })
  .superRefine((config, context) => {
    const places = new Map<string, number>();
    config.devices.forEach((device, index) => {
      const path = (key: string): (string | number)[] => ['devices', index, key];
      if (device.intervalS > 0 && device.intervalS < config.intervalS)
        context.addIssue({
          code: 'custom',
          path: path('intervalS'),
          message: `is shorter than the interval of all (${config.intervalS} s): make that shorter`,
        });
      const kind = kindOf(device);
      const wanted = device.channels.length;
      const there = kind.channels(device).length;
      if (wanted > there)
        context.addIssue({
          code: 'custom',
          path: path('channels'),
          message: `${wanted} channels are named, ${kind.title} has ${there}`,
        });
      const place = kind.place(device);
      const other = places.get(place);
      if (other === undefined) places.set(place, index);
      else
        context.addIssue({
          code: 'custom',
          path: path('kind'),
          message: `sensor ${other + 1} is at ${place} already`,
        });
    });
    const names = channelsOf(config.devices).map(({ path }) => path);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['devices'],
        message: `two channels have the name ${twice}: give the sensors names of their own`,
      });
  })
  .meta({ title: 'Sensors' });

/** Configuration with all defaults filled in. */
export type SensorsConfig = z.output<typeof sensorsConfig>;
