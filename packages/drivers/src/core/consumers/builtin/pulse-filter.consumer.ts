import {
  type FilteredEvent,
  FilterLog,
  type HistogramDescriptor,
  histogramDescriptor,
  PulseFilter,
  pulseFilterOptions,
} from '@countroom/pulses';
import { z } from 'zod';
import type { ConsumerContext, ConsumerEvent, EventConsumer, LineFile } from '../consumer-module.api.js';
import { defineConsumer } from './builtin-consumer.js';
import { recordPicture } from './record-picture.js';

const axis = z.tuple([
  z.number(),
  z.number(),
  z.int().min(1).max(100_000),
  z.number(),
  z.string(),
  z.number(),
]);
type Axis = z.output<typeof axis>;

/** Axes of the four histograms where none are given: lowest, highest, bins, most, title, logarithmic. */
export const standardAxes: readonly Axis[] = [
  [0, 0.4, 50, 20, 'noise trigger height (V)', 0],
  [0, 0.8, 50, 15, 'valid trigger height (V)', 0],
  [0, 15, 45, 7.5, 'tau (µs)', 1],
  [0, 0.8, 50, 15, 'heights on other channels (V)', 0],
];

const configSchema = z.strictObject({
  ...pulseFilterOptions,
  triggerChannel: z
    .string()
    .optional()
    .meta({ title: 'Trigger channel', description: 'absent: the one that triggers on the device' }),
  logFile: z.string().nullable().default('pFilt.csv').meta({ title: 'File of accepted events' }),
  logFile2: z.string().nullable().default('dPFilt.csv').meta({ title: 'File of double pulses' }),
  histograms: z.array(axis).length(4).optional().meta({ title: 'Axes of the four histograms' }),
  pictures: z.int().min(0).max(10_000).default(0).meta({
    title: 'Pictures of double pulses',
    description: 'so many of the first ones, as SVG files to be evaluated by hand',
  }),
  keep: z
    .enum(['accepted', 'double', 'none'])
    .default('accepted')
    .meta({ title: 'Raw records to keep', description: 'goes on to the output of the consumer' }),
});
type Config = z.output<typeof configSchema>;

/** picoCosmo's pulse filter as a consumer. */
export const pulseFilterConsumer = defineConsumer({
  kind: 'pulse-filter',
  title: 'Pulse filter',
  description:
    'Checks the pulse that triggered, looks for coincident pulses of a known shape on the other channels and for later ones: rates per pattern, double pulses, decay times.',
  configSchema,
  create: (config, context) => new PulseFilterConsumer(config, context),
});

class PulseFilterConsumer implements EventConsumer {
  private filter: PulseFilter | undefined;
  private readonly log: FilterLog;
  private readonly lines: LineFile | undefined;
  private readonly doubles: LineFile | undefined;
  private readonly triggerIndex: number;
  private readonly histograms: readonly ReturnType<ConsumerContext['histogram']>[];
  private liveNs = 0n;
  private records: Float64Array[] = [];
  private drawn = 0;

  constructor(
    private readonly config: Config,
    private readonly context: ConsumerContext,
  ) {
    const { channels } = context;
    this.log = new FilterLog(channels.length);
    this.triggerIndex =
      config.triggerChannel === undefined
        ? channels.findIndex(({ triggers }) => triggers)
        : channels.findIndex(({ label }) => label === config.triggerChannel);
    this.lines = this.file(config.logFile, FilterLog.head);
    this.doubles = config.doublePulse ? this.file(config.logFile2, FilterLog.doubleHead) : undefined;
    const axes = config.histograms ?? standardAxes;
    this.histograms = ['noise_trigger', 'valid_trigger', 'tau', 'other_pulse_heights'].map((name, i) =>
      context.histogram(name, describe(axes[i]!, i === 2 ? 'µs' : 'V')),
    );
    // A faulty configuration shows before the first event.
    this.makeFilter(channels[0]?.samples ?? 1, 1, 1e-9);
  }

  event(event: ConsumerEvent): boolean {
    this.filter ??= this.makeFilter(
      event.channels[0]!.counts.length,
      Math.max(0, Math.round(-event.t0Ns / event.dtNs)),
      event.dtNs * 1e-9,
    );
    this.liveNs += event.liveNs;
    this.records = event.channels.map((_, i) => event.volts(i));
    const found = this.filter.process(this.records);
    const { line, double } = this.log.add(found, Number(event.number), Number(event.deviceTimeNs) / 1e9);
    if (line !== undefined) this.lines?.write(line);
    if (double !== undefined) this.doubles?.write(double);
    if (found.double !== undefined) this.draw(event);
    this.fill(found);
    const { keep } = this.config;
    return keep === 'accepted' ? found.accepted : keep === 'double' && found.double !== undefined;
  }

  end(): void {
    const { lines, double } = this.log.summary(Number(this.liveNs) / 1e9);
    for (const line of lines) this.lines?.write(line);
    for (const line of double) this.doubles?.write(line);
  }

  private draw(event: ConsumerEvent): void {
    const { context, config } = this;
    if (this.drawn >= config.pictures) return;
    this.drawn += 1;
    const number = String(this.drawn).padStart(3, '0');
    const thread = context.threads > 1 ? `-${context.thread + 1}` : '';
    const picture = recordPicture(this.records, {
      title: `event ${event.number}, double pulse ${this.drawn}`,
      labels: event.channels.map(({ label }) => label),
      dtNs: event.dtNs,
      t0Ns: event.t0Ns,
    });
    context.lines(`double-${number}${thread}.svg`).write(picture);
  }

  private fill(found: FilteredEvent): void {
    const { context } = this;
    const [noise, valid, tau, others] = this.histograms as [
      (typeof this.histograms)[0],
      (typeof this.histograms)[0],
      (typeof this.histograms)[0],
      (typeof this.histograms)[0],
    ];
    context.count('seen');
    if (!found.valid) {
      noise.fill(found.noise);
      return;
    }
    context.count('valid');
    found.channels.forEach(({ first }, c) => {
      if (first === undefined) return;
      (c === this.triggerIndex ? valid : others).fill(first.height);
      context.value(`height ${context.channels[c]!.label} (V)`, first.height);
    });
    context.count(`pattern ${found.channels.map(({ first }) => (first === undefined ? '0' : '1')).join('')}`);
    if (!found.accepted) return;
    context.count('accepted');
    if (found.double === undefined) return;
    context.count('double');
    tau.fill(found.double.tau);
    context.value('tau (µs)', found.double.tau);
  }

  private makeFilter(samples: number, before: number, dT: number): PulseFilter {
    const channels = this.context.channels.map(({ label }) => label);
    const triggerChannel = channels[this.triggerIndex];
    // Half a sample more, so that rounding cannot lose one.
    return new PulseFilter(this.config, {
      channels,
      triggerChannel,
      samples,
      pretrigger: (before + 0.5) / samples,
      dT,
    });
  }

  /** Event numbers in the files run over all events, so threads that share the work write none. */
  private file(name: string | null, head: string): LineFile | undefined {
    if (name === null || this.context.threads > 1) return undefined;
    const file = this.context.lines(name);
    file.write(head);
    return file;
  }
}

function describe(list: Axis, unit: string): HistogramDescriptor {
  return { ...histogramDescriptor(list), unit };
}
