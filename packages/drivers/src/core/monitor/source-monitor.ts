import { columnOf, type RecordBatch, rowLength, type TableSchema } from '@countroom/records';
import { decodeBatch } from '../batch-codec.js';
import type { ChannelFacts } from '../driver.js';
import type { RingConsumer } from '../ring/ring-consumer.js';
import { decimate } from './decimate.js';
import { type Axis, Histogram } from './histogram.js';
import { meterOf } from './meter.js';
import { energyWindows, pulseHeightOnline } from './online-energy.js';

/** The newest waveform of a channel, small enough to draw. */
export interface LiveWaveform {
  readonly channel: number;
  readonly source: string;
  /** 0 when the table has no such column. */
  readonly eventNumber: bigint;
  readonly deviceTimeNs: bigint;
  /** Unix time of the trigger, ms; null when the table has no such column. */
  readonly triggeredAtMs: number | null;
  readonly t0Ns: number;
  readonly dtNs: number;
  /** Samples of the record. */
  readonly samples: number;
  readonly values: Float32Array;
  readonly decimated: boolean;
  readonly unit: string;
  /** Name of the channel on its device. */
  readonly label: string;
  /** Level at which this channel triggers, in `unit`; null when it does not, or the level is not known. */
  readonly triggerLevel: number | null;
  /** Ends of what the channel can measure, in `unit`; null when not known. */
  readonly low: number | null;
  readonly high: number | null;
}

/** What a voltmeter shows of a channel, out of its newest record. */
export interface LiveMeter {
  readonly channel: number;
  readonly source: string;
  readonly label: string;
  readonly unit: string;
  /** Mean of the samples, √(mean of squares) with the DC part, standard deviation, largest absolute value with its sign. */
  readonly mean: number;
  readonly effective: number;
  readonly sigma: number;
  readonly peak: number;
  /** Ends of what the channel can measure, in `unit`; null when not known. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the device triggers on this channel. */
  readonly triggers: boolean;
}

/** A channel that has no value to show: its newest record has none, or none came yet. */
export interface SilentChannel {
  readonly channel: number;
  readonly source: string;
  readonly label: string;
  readonly unit: string;
  /** Time since it last had a value, s; null when it had none. */
  readonly ageS: number | null;
}

/** Energy spectrum of a channel since the last clear. */
export interface LiveSpectrum {
  readonly channel: number;
  readonly source: string;
  readonly histogram: Histogram;
}

/** Settings of a monitor. */
export interface MonitorOptions {
  /** Axis of the spectra; by default what `spectrumAxis` says. */
  readonly axis?: Axis;
  /** Most values per waveform (default 1000). */
  readonly points?: number;
}

/** 0 to 3000 keV in 3000 bins when all channels are calibrated, else 0 to 65536 adc in 4096 bins. */
export function spectrumAxis(channels: readonly ChannelFacts[]): Axis {
  const calibrated = channels.length > 0 && channels.every(({ keVPerAdc }) => keVPerAdc !== undefined);
  return calibrated
    ? { min: 0, max: 3000, bins: 3000, unit: 'keV' }
    : { min: 0, max: 65_536, bins: 4096, unit: 'adc' };
}

interface Watched {
  readonly facts: ChannelFacts;
  readonly histogram: Histogram;
  waveform: LiveWaveform | undefined;
  meter: LiveMeter | undefined;
  /** When it last had a value (performance.now); undefined: never. */
  valueAtMs: number | undefined;
  /** Rows seen. */
  rows: number;
}

function numberAt(batch: RecordBatch, name: string, row: number): number | undefined {
  const index = batch.schema.columns.findIndex((column) => column.name === name);
  const value = batch.columns[index]?.data[row];
  return value === undefined ? undefined : Number(value);
}

function wholeAt(batch: RecordBatch, name: string, row: number): bigint {
  const value = numberAt(batch, name, row);
  return value === undefined || !Number.isFinite(value) ? 0n : BigInt(Math.round(value));
}

/** The column `timestamp` holds seconds. */
function millisecondsAt(batch: RecordBatch, row: number): number | null {
  const seconds = numberAt(batch, 'timestamp', row);
  return seconds === undefined || !Number.isFinite(seconds) ? null : 1000 * seconds;
}

/** Level with which a record was taken: it may be moved during a run. Null when it is not known. */
function triggerLevelAt(batch: RecordBatch, row: number, prepared: number | undefined): number | null {
  const level = numberAt(batch, 'triggerlevel', row);
  return level !== undefined && Number.isFinite(level) ? Number(level.toPrecision(6)) : (prepared ?? null);
}

/**
 * What people look at during a run, made from the batches of one source: spectra with an energy estimate on
 * the fly, newest waveforms, rows seen. No I/O; memory depends on the channels only.
 */
export class SourceMonitor {
  readonly source: string;
  readonly axis: Axis;
  /** Monotonic time (ns) at which the newest record looked at by `drain` was closed; 0 before the first. */
  newestTimeNs = 0n;
  private readonly points: number;
  private readonly tables: readonly TableSchema[];
  private readonly byTable = new Map<string, Watched>();

  /** `tables` as prepared: index = schema id. */
  constructor(
    source: string,
    tables: readonly TableSchema[],
    channels: readonly ChannelFacts[],
    options: MonitorOptions = {},
  ) {
    this.source = source;
    this.tables = tables;
    this.axis = options.axis ?? spectrumAxis(channels);
    this.points = options.points ?? 1000;
    for (const facts of channels) {
      this.byTable.set(facts.table, {
        facts,
        histogram: new Histogram(this.axis),
        waveform: undefined,
        meter: undefined,
        valueAtMs: undefined,
        rows: 0,
      });
    }
  }

  /**
   * Takes what waits at a (lossy) consumer for at most `budgetMs`. What does not fit into the time is taken next
   * time or dropped by the ring, which counts it. Returns the number of rows looked at.
   */
  drain(consumer: RingConsumer, budgetMs: number): number {
    const untilMs = performance.now() + budgetMs;
    let rows = 0;
    while (performance.now() < untilMs) {
      const record = consumer.take();
      if (record === undefined) break;
      const schema = this.tables[record.schemaId];
      if (schema === undefined || !this.byTable.has(schema.name)) continue;
      this.add(decodeBatch(schema, record.bytes).batch);
      this.newestTimeNs = record.timeNs;
      rows += record.rows;
    }
    return rows;
  }

  /** Looks at a batch; tables without waveforms are left alone. */
  add(batch: RecordBatch): void {
    const watched = this.byTable.get(batch.schema.name);
    if (watched === undefined || batch.rows === 0) return;
    const { schema, column } = columnOf(batch, 'waveform/values');
    watched.rows += batch.rows;
    if (schema.variableLength || schema.dtype === 'int64' || schema.dtype === 'uint64') return;
    const samples = column.data as Uint16Array | Int16Array;
    const length = rowLength(schema);
    this.fill(watched, batch, samples, length);
    const last = batch.rows - 1;
    const dtNs = numberAt(batch, 'waveform/dt', last) ?? 1;
    const { facts } = watched;
    const newest = samples.subarray(last * length, (last + 1) * length);
    const inVolts = facts.voltsPerCount !== undefined;
    const [scale, offset] = inVolts ? [facts.voltsPerCount, facts.voltsOffset ?? 0] : [1, 0];
    const unit = inVolts ? 'V' : (schema.units ?? 'adc');
    const common = {
      channel: facts.channel,
      source: this.source,
      label: facts.label ?? String(facts.channel),
      unit,
      low: facts.rangeVolts?.[0] ?? null,
      high: facts.rangeVolts?.[1] ?? null,
    };
    const values = meterOf(newest, scale, offset);
    // A sensor that gives no value has none to show.
    const has = Number.isFinite(values.mean);
    watched.meter = has ? { ...common, ...values, triggers: facts.trigger !== undefined } : undefined;
    if (has) watched.valueAtMs = performance.now();
    const { values: drawn, decimated } = decimate(newest, this.points);
    watched.waveform = {
      ...common,
      triggerLevel:
        facts.trigger === undefined ? null : triggerLevelAt(batch, last, facts.trigger.levelVolts),
      eventNumber: wholeAt(batch, 'eventnumber', last),
      deviceTimeNs: wholeAt(batch, 'devicetime', last),
      triggeredAtMs: millisecondsAt(batch, last),
      t0Ns: numberAt(batch, 'waveform/t0', last) ?? 0,
      dtNs,
      samples: length,
      values: inVolts ? drawn.map((value) => value * scale + offset) : drawn,
      decimated,
    };
  }

  /** The newest waveform of each channel that had one. */
  waveforms(): LiveWaveform[] {
    return [...this.byTable.values()].flatMap(({ waveform }) => (waveform === undefined ? [] : [waveform]));
  }

  /** Voltmeter values of each channel that had a record. */
  meters(): LiveMeter[] {
    return [...this.byTable.values()].flatMap(({ meter }) => (meter === undefined ? [] : [meter]));
  }

  /** Channels that have no value now; none of them before the first record of the source. */
  silent(nowMs = performance.now()): SilentChannel[] {
    if (this.rowsSeen === 0) return [];
    const quiet = [...this.byTable.values()].filter(({ meter }) => meter === undefined);
    return quiet.map(({ facts, waveform, valueAtMs }) => ({
      channel: facts.channel,
      source: this.source,
      label: facts.label ?? String(facts.channel),
      unit: waveform?.unit ?? '',
      ageS: valueAtMs === undefined ? null : Math.max(0, nowMs - valueAtMs) / 1000,
    }));
  }

  /** Spectra of all channels; the histograms go on counting. */
  spectra(): LiveSpectrum[] {
    return [...this.byTable.values()].map(({ facts, histogram }) => ({
      channel: facts.channel,
      source: this.source,
      histogram,
    }));
  }

  /** Rows looked at, of all channels. */
  get rowsSeen(): number {
    return [...this.byTable.values()].reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Begins the spectra anew. */
  clear(): void {
    for (const { histogram } of this.byTable.values()) histogram.clear();
  }

  private fill(
    watched: Watched,
    batch: RecordBatch,
    samples: Uint16Array | Int16Array,
    length: number,
  ): void {
    const { facts, histogram } = watched;
    const dtNs = numberAt(batch, 'waveform/dt', 0) ?? 1;
    const t0Ns = numberAt(batch, 'waveform/t0', 0) ?? 0;
    // Records that do not say where the trigger is have it in the middle.
    const onset = t0Ns < 0 ? -t0Ns / dtNs : length / 2;
    const windows = energyWindows(length, onset);
    if (windows === undefined) return;
    const decay = facts.decayNs === undefined ? undefined : facts.decayNs / dtNs;
    const gain = this.axis.unit === 'keV' ? (facts.keVPerAdc ?? 1) : 1;
    for (let row = 0; row < batch.rows; row++) {
      histogram.fill(gain * pulseHeightOnline(samples, row * length, windows, decay));
    }
  }
}
