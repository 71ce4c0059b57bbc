import { z } from 'zod';

/** What the simulated scope sees and how it behaves; used by the simulator alone. */
export const simulationConfig = z
  .strictObject({
    signal: z.enum(['muons', 'photomultiplier', 'sipm', 'generator']).default('muons').meta({
      title: 'Signal',
      description:
        'muons: photomultipliers on layers, with decays; sipm: single photons, dark counts, cross-talk; generator: the output led to channel B',
    }),
    seed: z.int().min(0).max(2_147_483_647).default(1).meta({ title: 'Seed of the random numbers' }),
    rateHz: z.number().min(0).max(1_000_000).default(20).meta({ title: 'Rate of particles', unit: 'Hz' }),
    amplitudeV: z
      .number()
      .min(-50)
      .max(50)
      .default(-0.12)
      .meta({ title: 'Most probable pulse height; of one photon with sipm', unit: 'V' }),
    noiseV: z.number().min(0).max(10).default(0.002).meta({ title: 'Noise per sample (sigma)', unit: 'V' }),
    efficiency: z.number().min(0).max(1).default(0.95).meta({ title: 'Efficiency of each layer' }),
    stoppedShare: z.number().min(0).max(1).default(0.1).meta({ title: 'Share of muons that stop and decay' }),
    lifetimeNs: z.number().min(1).max(1e9).default(2197).meta({ title: 'Lifetime', unit: 'ns' }),
    darkRateHz: z
      .number()
      .min(0)
      .max(10_000_000)
      .default(20_000)
      .meta({ title: 'Dark counts of a sipm', unit: 'Hz' }),
    crossTalk: z.number().min(0).max(0.9).default(0.15).meta({ title: 'Cross-talk of a sipm' }),
    humV: z.number().min(0).max(10).default(0).meta({ title: 'Hum of 50 Hz', unit: 'V' }),
    roundTripUs: z
      .number()
      .min(0)
      .max(1_000_000)
      .default(250)
      .meta({ title: 'Time of a USB round trip', unit: 'us' }),
    bandwidthMBps: z
      .number()
      .min(0.01)
      .max(10_000)
      .default(35)
      .meta({ title: 'USB bandwidth', unit: 'MB/s' }),
    rearmUs: z
      .number()
      .min(0)
      .max(100_000)
      .default(2)
      .meta({ title: 'Re-arm time in a rapid block', unit: 'us' }),
    pacing: z
      .enum(['real-time', 'fast'])
      .default('real-time')
      .meta({ title: 'Pacing', description: 'fast: the clock of the device runs as fast as data is taken' }),
    truth: z.boolean().default(false).meta({ title: 'Add columns with the true pulses' }),
    fault: z.enum(['none', 'crash', 'unplug', 'stall', 'overflow', 'slow', 'status']).default('none').meta({
      title: 'Fault',
      description:
        'crash: the library ends the process; unplug: gone for some seconds; stall: never ready; status: one call fails',
    }),
    faultAfter: z.int().min(0).max(1_000_000_000).default(100).meta({ title: 'Captures before the fault' }),
    faultForMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(2000)
      .meta({ title: 'Time until the unit is plugged in again', unit: 'ms' }),
  })
  .prefault({})
  .meta({ title: 'Simulation', description: 'only when the detector is simulated' });

/** Settings of the simulation with all defaults filled in. */
export type SimulationConfig = z.output<typeof simulationConfig>;
