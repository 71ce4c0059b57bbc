import { type HistogramDescriptor, LiveHistogram } from '@countroom/pulses';
import { rowLength } from '@countroom/records';
import type { ChannelFacts } from '../driver.js';
import { DriverError } from '../errors.js';
import type { RingRecord } from '../ring/ring-layout.js';
import type { RingProducer } from '../ring/ring-producer.js';
import type { ConsumerSource, HistogramSnapshot } from './consumer.api.js';
import type { ConsumerChannel, ConsumerContext, CreateConsumer } from './consumer-module.api.js';
import type { ConsumerMessage, ConsumerReport, ConsumerSetup } from './consumer-protocol.js';
import { EventBuilder } from './event-builder.js';
import { keepEvent } from './kept-events.js';
import { LineFiles } from './line-files.js';

/** A consumer of the ring, alone or as a member of a work group. */
export interface RecordTaker {
  readonly ended: boolean;
  take(): RingRecord | undefined;
  release(): void;
  beat(): void;
  wait(timeoutMs: number): Promise<boolean>;
}

/** How often a thread tells what it did, ms. */
const reportMs = 500;

/** Channels that a consumer gets: those it asks for, else all with waveforms. Throws DriverError `consumer` for unknown ones. */
export function chosenChannels(source: ConsumerSource, wanted: readonly number[]): ChannelFacts[] {
  if (wanted.length === 0) return [...source.channels];
  return wanted.map((number) => {
    const found = source.channels.find(({ channel }) => channel === number);
    if (found !== undefined) return found;
    const known = source.channels.map(({ channel }) => channel).join(', ');
    throw new DriverError(
      'consumer',
      source.source,
      `source ${source.source} has no channel ${number} with waveforms; it has ${known}`,
    );
  });
}

/** Runs a consumer over everything that it gets until the ring is closed. Errors of the consumer go to the caller. */
export async function consumeUntilClosed(
  create: CreateConsumer,
  taker: RecordTaker,
  output: RingProducer | undefined,
  setup: ConsumerSetup,
  tell: (message: ConsumerMessage) => void,
): Promise<void> {
  const { settings, source } = setup;
  const channels = chosenChannels(source, settings.channels);
  const builder = new EventBuilder(source.tables, channels, settings.events);
  const files = new LineFiles(setup.folder);
  const figures = new Figures();
  const consumer = await create(contextOf(setup, channels, files, figures, tell));
  let [events, kept] = [0n, 0n];
  let lastMs = performance.now();
  const report = (): void => {
    files.flush();
    tell({ type: 'report', report: { events, kept, incomplete: builder.incomplete, ...figures.snapshot() } });
    lastMs = performance.now();
  };
  tell({ type: 'ready' });
  while (!taker.ended) {
    for (let record = taker.take(); record !== undefined; record = taker.take()) {
      for (const event of builder.add(record)) {
        const answer = consumer.event(event);
        const keep = answer instanceof Promise ? await answer : answer;
        taker.beat();
        events += 1n;
        if (keep === true && output !== undefined) {
          await keepEvent(event, output, () => taker.beat());
          kept += 1n;
        }
      }
      if (performance.now() - lastMs > reportMs) report();
    }
    if (performance.now() - lastMs > reportMs) report();
    await taker.wait(100);
  }
  builder.end();
  await consumer.end?.();
  report();
}

/** Counters, numbers and histograms of a consumer. */
class Figures {
  readonly counts: Record<string, number> = {};
  readonly values: Record<string, number> = {};
  private readonly histograms = new Map<string, LiveHistogram>();

  histogram(name: string, axis: HistogramDescriptor): LiveHistogram {
    const known = this.histograms.get(name);
    if (known !== undefined) return known;
    const made = new LiveHistogram(axis);
    this.histograms.set(name, made);
    return made;
  }

  snapshot(): Pick<ConsumerReport, 'counts' | 'values' | 'histograms'> {
    const histograms = [...this.histograms].map(([name, one]): HistogramSnapshot => {
      const { title, unit = '', min, max, bins, logarithmic } = one.descriptor;
      const { entries, underflow, overflow } = one;
      const axis = { name, title, unit, min, max, bins, logarithmic };
      return { ...axis, counts: one.counts.slice(), entries, underflow, overflow, ...one.moments() };
    });
    return { counts: { ...this.counts }, values: { ...this.values }, histograms };
  }
}

function contextOf(
  { settings, source, thread }: ConsumerSetup,
  channels: readonly ChannelFacts[],
  files: LineFiles,
  figures: Figures,
  tell: (message: ConsumerMessage) => void,
): ConsumerContext {
  return {
    name: settings.name,
    config: settings.config,
    channels: channels.map((facts) => channelOf(source, facts)),
    device: source.device,
    thread,
    threads: settings.threads,
    log: (level, message) => tell({ type: 'log', level, message: message.slice(0, 2000) }),
    count: (name, by = 1) => void (figures.counts[name] = (figures.counts[name] ?? 0) + by),
    value: (name, value) => void (figures.values[name] = value),
    histogram: (name, axis) => figures.histogram(name, axis),
    lines: (fileName) => files.open(fileName),
  };
}

function channelOf({ tables }: ConsumerSource, facts: ChannelFacts): ConsumerChannel {
  const values = tables
    .find(({ name }) => name === facts.table)
    ?.columns.find(({ name }) => name === 'waveform/values');
  return {
    channel: facts.channel,
    label: facts.label ?? String(facts.channel),
    triggers: facts.trigger !== undefined,
    levelVolts: facts.trigger?.levelVolts,
    samples: values === undefined ? 0 : rowLength(values),
    unit: facts.voltsPerCount === undefined ? (values?.units ?? '') : 'V',
  };
}
