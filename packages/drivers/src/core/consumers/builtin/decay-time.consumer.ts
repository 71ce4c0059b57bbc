import { findDecay, type Signature } from '@countroom/pulses';
import { z } from 'zod';
import type { EventConsumer } from '../consumer-module.api.js';
import { defineConsumer } from './builtin-consumer.js';
import { eventMetadata, metadataHead } from './event-metadata.js';

const signature = z.array(z.enum(['+', '-', '0'])).min(1);
const configSchema = z.strictObject({
  analogue_offset: z.number().default(0).meta({ title: 'Analogue offset', unit: 'V' }),
  peak_minimal_prominence_initial: z
    .number()
    .positive()
    .default(90)
    .meta({ title: 'First pulse', unit: 'mV' }),
  peak_minimal_prominence_secondary: z
    .number()
    .positive()
    .default(35)
    .meta({ title: 'Second pulse', unit: 'mV' }),
  peak_minimal_distance: z.number().min(1).default(10).meta({ title: 'Least distance', unit: 'samples' }),
  peak_minimal_width: z.number().min(0).default(7).meta({ title: 'Least width', unit: 'samples' }),
  trigger_position_tolerance: z.number().min(1).default(20).meta({ title: 'Tolerance', unit: 'samples' }),
  signatures: z
    .array(z.tuple([signature, signature]))
    .min(1)
    .meta({ title: 'Signatures', description: 'which channels see the first and the second pulse: + - 0' }),
  scaling: z.array(z.number().positive()).optional().meta({ title: 'Factor of each channel' }),
  logFile: z.string().nullable().default('decays.txt').meta({ title: 'File of decays' }),
  longestUs: z.number().positive().default(15).meta({ title: 'End of the time axis', unit: 'µs' }),
});

/** mimoCoRB's decay-time filter as a consumer: particles that stop and decay, by the topology of their pulses. */
export const decayTimeConsumer = defineConsumer({
  kind: 'decay-time',
  title: 'Decay times',
  description:
    'Finds two groups of pulses in a record that fit one of the given signatures, and the time between them.',
  configSchema,
  create: ({ logFile, longestUs, ...config }, context): EventConsumer => {
    const channels = context.channels.length;
    config.signatures.flat().forEach((one: Signature) => {
      if (one.length !== channels)
        throw new RangeError(
          `signatures: [${one.join(', ')}] does not have one sign for each of ${channels} channels`,
        );
    });
    const { scaling, ...rest } = config;
    const tau = context.histogram('decay_time', {
      min: 0,
      max: longestUs,
      bins: 60,
      yMax: 7.5,
      title: 'decay time',
      unit: 'µs',
      logarithmic: true,
    });
    const file = logFile === null || context.threads > 1 ? undefined : context.lines(logFile);
    const names = context.channels.map(({ label }) => `ch${label}`);
    const columns = ['1st', '2nd'].flatMap((which) =>
      names.flatMap((name) => [`${which}_${name}_h`, `${which}_${name}_p`, `${which}_${name}_int`]),
    );
    file?.write([...metadataHead, 'signature', 'decay_time', ...columns].join('\t'));
    return {
      event: (event) => {
        const records = event.channels.map((_, i) => event.volts(i).map((value) => 1000 * value));
        const found = findDecay(records, {
          ...rest,
          ...(scaling === undefined ? {} : { scaling }),
          sample_time_ns: event.dtNs,
        });
        if (found === undefined) return false;
        context.count(`signature ${found.signature + 1}`);
        tau.fill(found.decayTime / 1000);
        const values = [...found.first, ...found.second].flatMap((one) => [
          one.height,
          one.position,
          one.integral,
        ]);
        const head = [...eventMetadata(event), found.signature + 1, found.decayTime];
        file?.write([...head, ...values].join('\t'));
        return true;
      },
    };
  },
});
