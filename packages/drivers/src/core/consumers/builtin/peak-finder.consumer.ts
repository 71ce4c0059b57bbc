import { spectrumFilter } from '@countroom/pulses';
import { z } from 'zod';
import type { ConsumerContext, EventConsumer } from '../consumer-module.api.js';
import { defineConsumer } from './builtin-consumer.js';
import { eventMetadata, metadataHead } from './event-metadata.js';

const configSchema = z.strictObject({
  analogue_offset: z.number().default(0).meta({ title: 'Analogue offset', unit: 'V' }),
  peak_minimal_prominence: z.number().positive().default(50).meta({ title: 'Least prominence', unit: 'mV' }),
  peak_minimal_distance: z.number().min(1).default(10).meta({ title: 'Least distance', unit: 'samples' }),
  peak_minimal_width: z.number().min(0).default(7).meta({ title: 'Least width', unit: 'samples' }),
  trigger_channel: z.string().optional().meta({ title: 'Trigger channel' }),
  trigger_position_tolerance: z.number().min(1).default(7).meta({ title: 'Tolerance', unit: 'samples' }),
  logFile: z.string().nullable().default('peaks.txt').meta({ title: 'File of peaks' }),
  largestHeight: z.number().positive().default(1000).meta({ title: 'End of the height axes', unit: 'mV' }),
});

/** mimoCoRB's spectrum filter as a consumer: heights, positions and integrals of peaks. */
export const peakFinderConsumer = defineConsumer({
  kind: 'peak-finder',
  title: 'Peak finder',
  description:
    'Finds the peak of each channel that belongs to the trigger by prominence, width and distance: its height, position and integral.',
  configSchema,
  create: ({ logFile, largestHeight, ...config }, context): EventConsumer => {
    const names = context.channels.map(({ label }) => `ch${label}`);
    const trigger = config.trigger_channel ?? context.channels.find(({ triggers }) => triggers)?.label;
    const heights = names.map((name) =>
      context.histogram(`${name}_height`, {
        min: 0,
        max: largestHeight,
        bins: 100,
        yMax: 10,
        title: `height ${name}`,
        unit: 'mV',
        logarithmic: false,
      }),
    );
    const file = logFile === null ? undefined : context.lines(fileName(logFile, context));
    const columns = names.flatMap((name) => [`${name}_height`, `${name}_position`, `${name}_integral`]);
    file?.write([...metadataHead, ...columns].join('\t'));
    return {
      event: (event) => {
        const records = event.channels.map((_, i) => event.volts(i).map((value) => 1000 * value));
        const found = spectrumFilter(records, names, {
          ...config,
          ...(trigger === undefined ? {} : { trigger_channel: trigger }),
          sample_time_ns: event.dtNs,
          pre_trigger_samples: Math.max(0, Math.round(-event.t0Ns / event.dtNs)),
        });
        if (found === undefined) {
          context.count('without trigger peak');
          return false;
        }
        context.count('peaks', found.filter(({ height }) => height > 0).length);
        found.forEach(({ height }, c) => {
          if (height > 0) heights[c]!.fill(height);
        });
        const values = found.flatMap(({ height, position, integral }) => [height, position, integral]);
        file?.write([...eventMetadata(event), ...values].join('\t'));
        return true;
      },
    };
  },
});

/** Threads that share the work write a file each. */
function fileName(name: string, { threads, thread }: ConsumerContext): string {
  return threads === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${thread + 1}$1`);
}
