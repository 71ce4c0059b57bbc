import { z } from 'zod';

/** Configuration of the replay of a recorded file. */
export const replayConfig = z
  .strictObject({
    path: z
      .string()
      .max(4096)
      .default('')
      .meta({ title: 'File', description: 'recorded DAQ file, as it is or packed by gzip or ZIP' }),
    format: z
      .string()
      .max(40)
      .default('auto')
      .meta({ title: 'Format', description: 'auto: found out from the first bytes' }),
    speed: z
      .number()
      .min(0)
      .max(1_000_000)
      .default(1)
      .meta({ title: 'Speed', description: '1: as recorded, 10: ten times faster, 0: as fast as possible' }),
    sampleNs: z.number().min(1e-3).max(1e9).default(4).meta({
      title: 'Time between samples',
      unit: 'ns',
      description: 'for recordings that do not tell it (archives of mimoCoRB)',
    }),
    keVPerAdc: z.number().min(0).max(1000).default(0).meta({
      title: 'Gain',
      unit: 'keV/adc',
      description: 'for the live spectrum; 0: not known, shown in adc',
    }),
    decayUs: z
      .number()
      .min(0)
      .max(10_000)
      .default(0)
      .meta({ title: 'Decay constant', unit: 'us', description: 'for the live spectrum; 0: not known' }),
    simulatedEvents: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(2000)
      .meta({ title: 'Events of the simulator', description: 'only when run without a file' }),
    seed: z.int().min(0).max(2_147_483_647).default(1).meta({ title: 'Seed of the simulator' }),
  })
  .meta({ title: 'Replay of a recorded file' });

/** Configuration with all defaults filled in. */
export type ReplayConfig = z.output<typeof replayConfig>;
