import { z } from 'zod';

const label = (title: string, unit?: string): { title: string; unit?: string } =>
  unit === undefined ? { title } : { title, unit };

const channel = z
  .strictObject({
    channel: z.int().min(0).max(9_999_999).meta(label('Channel number')),
    rateHz: z.number().min(0).max(100_000).default(50).meta(label('Rate of pulses', 'Hz')),
    gainKevPerAdc: z.number().min(0.001).max(10).default(0.1).meta(label('Gain', 'keV/adc')),
    enabled: z.boolean().default(true).meta(label('Takes data')),
  })
  .meta(label('Channel'));

/** Configuration of the simulated digitizer. */
export const simulatedDigitizerConfig = z
  .strictObject({
    seed: z.int().min(0).max(2_147_483_647).default(1).meta(label('Seed of the random numbers')),
    channels: z
      .array(channel)
      .min(1)
      .max(256)
      .default([
        { channel: 0, rateHz: 50, gainKevPerAdc: 0.1, enabled: true },
        { channel: 1, rateHz: 50, gainKevPerAdc: 0.1, enabled: true },
      ])
      .meta(label('Channels')),
    recordSamples: z.int().min(64).max(65_536).default(1836).meta(label('Record length', 'samples')),
    preTriggerSamples: z
      .int()
      .min(16)
      .max(65_000)
      .default(911)
      .meta(label('Samples before the trigger', 'samples')),
    samplePeriodNs: z.number().min(1).max(10_000).default(16).meta(label('Sample period', 'ns')),
    fwhmKev: z.number().min(0).max(200).default(2.5).meta(label('Resolution (FWHM) at 2614.5 keV', 'keV')),
    noiseAdc: z.number().min(0).max(1000).default(4).meta(label('Noise per sample (sigma)', 'adc')),
    baselineAdc: z.number().min(0).max(60_000).default(10_000).meta(label('Baseline', 'adc')),
    thresholdKev: z.number().min(1).max(10_000).default(40).meta(label('Trigger threshold', 'keV')),
    riseNs: z
      .strictObject({
        min: z.number().min(1).max(10_000).default(120).meta(label('shortest', 'ns')),
        max: z.number().min(1).max(10_000).default(450).meta(label('longest', 'ns')),
      })
      .prefault({})
      .meta(label('Charge collection time')),
    trappingPerUs: z.number().min(0).max(1).default(0).meta({
      title: 'Trapped charge',
      description: 'α per µs: of a charge that is collected for t arrives 1/(1 + α·t)',
      unit: '1/us',
    }),
    decayUs: z
      .number()
      .min(0.1)
      .max(10_000)
      .default(180)
      .meta(label('Decay constant of the preamplifier', 'us')),
    deadTimeUs: z.number().min(0).max(100_000).default(5).meta(label('Dead time after each record', 'us')),
    truth: z.boolean().default(false).meta(label('Add columns with the true energy and time')),
    pacing: z
      .enum(['real-time', 'fast'])
      .default('real-time')
      .meta({ title: 'Pacing', description: 'fast: the device clock runs as fast as the data is taken' }),
    maxEvents: z.int().min(0).default(0).meta({ title: 'Stop after events', description: '0: no limit' }),
  })
  .superRefine((config, context) => {
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if (config.preTriggerSamples >= config.recordSamples) {
      refuse(['preTriggerSamples'], `must be below the record length of ${config.recordSamples}`);
    }
    if (config.riseNs.min > config.riseNs.max) refuse(['riseNs', 'min'], 'must not be above the longest');
    const numbers = config.channels.map(({ channel: number }) => number);
    numbers.forEach((number, index) => {
      if (numbers.indexOf(number) !== index)
        refuse(['channels', index, 'channel'], `channel ${number} is there twice`);
    });
    if (!config.channels.some(({ enabled }) => enabled))
      refuse(['channels'], 'at least one channel must take data');
  })
  .meta(label('Simulated digitizer'));

/** Configuration with all defaults filled in. */
export type SimulatedDigitizerConfig = z.output<typeof simulatedDigitizerConfig>;
/** Configuration of one channel. */
export type SimulatedChannelConfig = SimulatedDigitizerConfig['channels'][number];
