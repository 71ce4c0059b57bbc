import { z } from 'zod';

/** Most inputs of the series, and of its smaller model. */
const mostInputs = 16;
/** Values of one block, all channels together. */
const mostValues = 1_000_000;

const channel = z
  .strictObject({
    input: z
      .int()
      .min(1)
      .max(mostInputs)
      .meta({ title: 'Input', description: '1 to 12 (1012) or 16 (1216)' }),
    name: z.string().max(40).default('').meta({ title: 'Name', description: 'empty: its number' }),
  })
  .meta({ title: 'Channel' });

const trigger = z
  .strictObject({
    on: z.boolean().default(false).meta({ title: 'On', description: 'blocks only' }),
    input: z
      .int()
      .min(1)
      .max(mostInputs)
      .default(1)
      .meta({ title: 'Input', description: 'one of the channels' }),
    thresholdV: z.number().min(0).max(2.5).default(1).meta({ title: 'Threshold', unit: 'V' }),
    hysteresisV: z.number().min(0).max(2.5).default(0.01).meta({ title: 'Hysteresis', unit: 'V' }),
    direction: z.enum(['rising', 'falling']).default('rising').meta({ title: 'Direction' }),
    before: z.number().min(0).max(1).default(0.5).meta({ title: 'Share of the block before the trigger' }),
    timeoutMs: z.int().min(0).max(65_535).default(100).meta({
      title: 'Block without a trigger after',
      unit: 'ms',
      description: '0: wait for ever',
    }),
  })
  .prefault({})
  .meta({ title: 'Trigger' });

const simulation = z
  .strictObject({
    model: z.enum(['1012', '1216']).default('1216').meta({ title: 'Model' }),
    seed: z.int().min(0).max(2_147_483_647).default(1).meta({ title: 'Seed of the random numbers' }),
    pacing: z
      .enum(['real-time', 'fast'])
      .default('real-time')
      .meta({ title: 'Pacing', description: 'fast: time runs as fast as data is taken' }),
    fault: z.enum(['none', 'unplug', 'stall']).default('none').meta({
      title: 'Fault',
      description: 'unplug: gone for some seconds; stall: never ready',
    }),
    faultAfter: z.int().min(0).max(1_000_000_000).default(100).meta({ title: 'Calls before the fault' }),
    faultForMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(2000)
      .meta({ title: 'Time until the unit is plugged in again', unit: 'ms' }),
  })
  .prefault({})
  .meta({ title: 'Simulation', description: 'only when the detector is simulated' });

/** Configuration of a PicoLog 1000. */
export const picoLogConfig = z
  .strictObject({
    serial: z
      .string()
      .max(31)
      .default('')
      .meta({ title: 'Serial number', description: 'empty: the first free unit' }),
    channels: z
      .array(channel)
      .min(1)
      .max(mostInputs)
      .default([{ input: 1, name: '' }])
      .meta({ title: 'Channels', description: 'the order is that of the data' }),
    mode: z.enum(['single', 'block', 'streaming']).default('single').meta({
      title: 'Mode',
      description: 'single: one value per interval; block: many at once; streaming: without a gap',
    }),
    intervalS: z.number().min(0.001).max(86_400).default(0.5).meta({
      title: 'Interval',
      unit: 's',
      description: 'of single values and of blocks without a trigger; it does not drift',
    }),
    samples: z.int().min(1).max(mostValues).default(100).meta({
      title: 'Samples per record',
      description: 'of each channel; single values have one',
    }),
    sampleUs: z.number().min(1).max(1e6).default(1).meta({
      title: 'Time between samples',
      unit: 'us',
      description: 'of a channel; at least 1 us for each channel is taken',
    }),
    trigger,
    library: z
      .string()
      .max(4096)
      .default('')
      .meta({ title: 'Library', description: 'path of the shared library; empty: the usual places' }),
    maxEvents: z.int().min(0).default(0).meta({ title: 'Stop after records', description: '0: no limit' }),
    simulation,
  })
  .superRefine(({ channels, mode, samples, trigger: { on, input } }, context) => {
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const inputs = channels.map((each) => each.input);
    inputs.forEach((each, index) => {
      if (inputs.indexOf(each) !== index)
        refuse(['channels', index, 'input'], `input ${each} is there twice`);
    });
    if (mode !== 'single' && samples * channels.length > mostValues)
      refuse(
        ['samples'],
        `the unit holds ${mostValues} values: give at most ${Math.floor(mostValues / channels.length)}`,
      );
    if (on && mode !== 'block') refuse(['trigger', 'on'], 'only blocks have a trigger: take the mode block');
    if (on && !inputs.includes(input))
      refuse(['trigger', 'input'], `input ${input} is no channel; channels are ${inputs.join(', ')}`);
  })
  .meta({ title: 'PicoLog 1000' });

/** Configuration with all defaults filled in. */
export type PicoLogConfig = z.output<typeof picoLogConfig>;
