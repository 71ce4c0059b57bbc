import { z } from 'zod';
import type { ConsumerContext, ConsumerEvent, EventConsumer, LineFile } from '../consumer-module.api.js';
import { defineConsumer } from './builtin-consumer.js';
import { type CalibrationCurve, calibrationCurve } from './logger/calibration-curve.js';
import { ChannelFormulas } from './logger/channel-formulas.js';
import { IntervalMeans, type IntervalValues } from './logger/interval-means.js';
import { NamedPipe } from './logger/named-pipe.js';
import { headLines, type LoggedColumn, valueLine } from './logger/value-lines.js';

const numbers = z.array(z.number()).min(2).max(1000);
const texts = z.array(z.string().max(60)).max(64).default([]);

const configSchema = z.strictObject({
  intervalS: z.number().min(0.05).max(86_400).default(0.5).meta({ title: 'Interval', unit: 's' }),
  averages: z
    .array(z.enum(['mean', 'rms']))
    .max(64)
    .default(['mean'])
    .meta({
      title: 'Value of an interval',
      description: 'per channel mean or effective value; the last stands for the rest',
    }),
  calibration: z
    .array(z.union([z.null(), z.number(), z.strictObject({ true: numbers, raw: numbers })]))
    .max(64)
    .default([])
    .meta({
      title: 'Calibration of each channel',
      description:
        'nothing, a factor, or a table of true and raw values, through which a smooth curve is laid',
    }),
  formulas: z.array(z.string().min(1).max(1000)).max(64).default([]).meta({
    title: 'Formulas',
    description: 'over the calibrated channels c0, c1, …; empty: the channels themselves',
  }),
  names: texts.meta({ title: 'Names of the values', description: 'empty: those of the channels' }),
  labels: texts.meta({ title: 'Labels', description: 'what a value is: U, I, p' }),
  units: texts.meta({ title: 'Units', description: 'empty: those of the channels' }),
  file: z.string().nullable().default('logger.csv').meta({ title: 'File' }),
  separator: z.enum([',', ';', '\t']).default(',').meta({ title: 'Between values' }),
  decimalComma: z
    .boolean()
    .default(false)
    .meta({ title: 'Decimal comma', description: 'not with , between' }),
  digits: z.int().min(1).max(15).default(4).meta({ title: 'Significant digits' }),
  pipe: z.string().min(1).max(4096).nullable().default(null).meta({
    title: 'Named pipe',
    description: 'one that exists; each line begins with the time in s',
  }),
});
type Config = z.output<typeof configSchema>;

/**
 * The data logger of picoDAQ and PhyPiDAQ as a consumer: one value per channel and interval, calibrated, combined by
 * formulas, shown, written to a file that other programs read, and handed to a named pipe.
 */
export const dataLoggerConsumer = defineConsumer({
  kind: 'data-logger',
  title: 'Data logger',
  description:
    'Takes the mean or the effective value of each channel per interval, calibrates it, works formulas out, and writes a table.',
  configSchema,
  create: (config, context) => new DataLogger(config, context),
});

class DataLogger implements EventConsumer {
  private readonly means: IntervalMeans;
  private readonly curves: readonly CalibrationCurve[];
  private readonly formulas: ChannelFormulas | undefined;
  private readonly columns: readonly LoggedColumn[];
  private readonly file: LineFile | undefined;
  private readonly pipe: NamedPipe | undefined;
  private begun = false;

  constructor(
    private readonly config: Config,
    private readonly context: ConsumerContext,
  ) {
    const { channels } = context;
    const { averages, calibration, formulas, file, separator, decimalComma } = config;
    if (context.threads > 1) throw new RangeError('threads: intervals cannot be shared; give 1');
    if (decimalComma && separator === ',')
      throw new RangeError('decimalComma: take another separator than the comma');
    if (calibration.length > channels.length)
      throw new RangeError(`calibration: ${calibration.length} entries for ${channels.length} channels`);
    this.means = new IntervalMeans(
      BigInt(Math.round(config.intervalS * 1e9)),
      channels.map((_, i) => averages[i] ?? averages.at(-1) ?? 'mean'),
    );
    this.curves = channels.map((_, i) => curveOf(calibration[i] ?? null));
    this.formulas = formulas.length === 0 ? undefined : new ChannelFormulas(formulas, channels.length);
    this.columns = columnsOf(config, context);
    this.pipe = config.pipe === null ? undefined : new NamedPipe(config.pipe);
    this.file = file === null ? undefined : context.lines(file);
  }

  event(event: ConsumerEvent): undefined {
    const done = this.means.begin(event.deviceTimeNs);
    if (done !== undefined) this.log(done, event.hostTimeNs);
    event.channels.forEach(({ counts, voltsPerCount, voltsOffset }, i) => {
      this.means.add(i, counts, voltsPerCount, voltsOffset);
    });
    return undefined;
  }

  end(): void {
    this.pipe?.write('');
    this.pipe?.close();
  }

  private log({ interval, values, missed }: IntervalValues, hostNs: bigint): void {
    const { context, config, columns } = this;
    const calibrated = values.map((value, i) => this.curves[i]!(value));
    const results = this.formulas?.evaluate(calibrated) ?? calibrated;
    columns.forEach(({ name, unit }, i) =>
      context.value(unit === '' ? name : `${name} (${unit})`, results[i]!),
    );
    if (missed > 0n) context.count('intervals without a record', Number(missed));
    if (!this.begun) {
      this.begun = true;
      // Recordings that are replayed do not tell when their values were there.
      const begin = hostNs === 0n ? new Date() : new Date(Number(hostNs / 1_000_000n));
      for (const line of headLines(begin, config.intervalS, columns, config)) this.file?.write(line);
    }
    context.count('lines');
    this.file?.write(valueLine(results, config));
    if (this.pipe === undefined) return;
    const time = Number(interval + 1n) * config.intervalS;
    const plain = { separator: ',', decimalComma: false, digits: 4 } as const;
    this.pipe.write(`${time.toFixed(3)},${valueLine(results, plain)}`);
    context.value('lines that the pipe lost', this.pipe.lost);
  }
}

function curveOf(calibration: Config['calibration'][number]): CalibrationCurve {
  if (calibration === null) return (raw) => raw;
  if (typeof calibration === 'number') return (raw) => calibration * raw;
  return calibrationCurve(calibration);
}

function columnsOf(
  { formulas, names, labels, units }: Config,
  { channels }: ConsumerContext,
): LoggedColumn[] {
  const wanted = formulas.length === 0 ? channels.length : formulas.length;
  return Array.from({ length: wanted }, (_, i) => ({
    name: names[i] ?? (formulas.length === 0 ? channels[i]!.label : String(i)),
    label: labels[i] ?? 'U',
    unit: units[i] ?? (formulas.length === 0 ? channels[i]!.unit : 'V'),
  }));
}
