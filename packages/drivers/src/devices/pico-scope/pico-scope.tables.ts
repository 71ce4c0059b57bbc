import { type ColumnSchema, scalarColumn, type TableSchema } from '@countroom/records';
import type { RowWriter } from '../../core/driver.js';
import type { TimeShares } from '../../core/time-account.js';

/** Bits of the column `flags`. */
export const scopeFlags = {
  /** At least one sample left the range. */
  saturated: 1,
  /** The unit was not there for a while since the record before. */
  gapBefore: 8,
  /** No trigger: the time to wait for one was over. Told of a simple trigger whose channel is read. */
  timedOut: 16,
} as const;

/** What the simulator knows of a record. */
export interface RecordTruth {
  /** Time of the trigger by the clock of the unit, s: the machine's monotonic one when it is simulated in real time. */
  readonly triggerS: number;
  /** Pulses that begin in the record, all channels. */
  readonly pulses: number;
  /** Height of the first one, V. */
  readonly heightV: number;
  /** Delay of the decay after the first pulse, ns; NaN without one. */
  readonly decayNs: number;
}

/** Facts of one record beside its samples. */
export interface ScopeRecord {
  readonly eventNumber: bigint;
  /** Unix time of the trigger, s. */
  readonly timestamp: number;
  readonly deviceNs: bigint;
  /** The trigger came at most this much before or after `deviceNs`. */
  readonly uncertaintyNs: bigint;
  readonly hostNs: bigint;
  /** Time since the record before. */
  readonly time: TimeShares;
  readonly flags: number;
  /** Place in its rapid block; 0 for a record alone. */
  readonly segment: number;
  /** 1 at the beginning of a run, one more with every change of the settings during it. */
  readonly epoch: number;
  /** Level of the trigger when it was armed, V at the input; NaN without one level. */
  readonly triggerLevelV: number;
  /** Position of the trigger between samples, ns. */
  readonly triggerOffsetNs: number;
  /** Time of the first sample from the trigger, ns. */
  readonly t0Ns: number;
  readonly dtNs: number;
  /** Times of the samples from the trigger, ns; of equivalent-time sampling alone. */
  readonly sampleNs?: Float64Array | undefined;
  readonly truth: RecordTruth | undefined;
}

/** Path of the table of a channel by its number in the interface (A is 0). */
export function scopeTable(index: number): string {
  return `ch${String(index).padStart(7, '0')}/raw`;
}

/**
 * Columns of a channel's records; all channels of an event have the same event number and row. `sampleTimes`: with the
 * times of the single samples.
 */
export function scopeSchema(
  index: number,
  samples: number,
  truth: boolean,
  sampleTimes = false,
): TableSchema {
  const known: ColumnSchema[] = [
    scalarColumn('truth_pulses', 'uint16', { description: 'pulses that begin in the record, all channels' }),
    scalarColumn('truth_height', 'float32', { units: 'V', description: 'height of the first pulse' }),
    scalarColumn('truth_decay', 'float32', {
      units: 'ns',
      description: 'delay of the decay after the first pulse; NaN without one',
    }),
  ];
  const times: ColumnSchema = {
    name: 'sampletime',
    dtype: 'float32',
    shape: [samples],
    variableLength: false,
    units: 'ns',
    description:
      'times of the samples from the trigger: the steps of equivalent-time sampling are not all alike',
  };
  return {
    name: scopeTable(index),
    columns: [
      scalarColumn('eventnumber', 'int64', { description: 'number of the event in the source, from 1' }),
      scalarColumn('channel', 'uint32', { description: 'number of the input: A is 0' }),
      scalarColumn('timestamp', 'float64', { units: 's', description: 'unix time of the trigger' }),
      scalarColumn('devicetime', 'int64', {
        units: 'ns',
        description: 'time of the trigger since the run began',
      }),
      scalarColumn('timeuncertainty', 'int64', {
        units: 'ns',
        description: 'the trigger came at most this much earlier or later',
      }),
      scalarColumn('hosttime', 'int64', {
        units: 'ns',
        description: 'unix time at which the host had the record',
      }),
      scalarColumn('livetime', 'int64', { units: 'ns', description: 'live time since the record before' }),
      scalarColumn('deadtime', 'int64', {
        units: 'ns',
        description: 'dead time of the device since the record before',
      }),
      scalarColumn('bufferwait', 'int64', {
        units: 'ns',
        description: 'time since the record before in which the buffer had no room',
      }),
      scalarColumn('flags', 'uint32', { description: '1 saturated, 8 gap before, 16 without a trigger' }),
      scalarColumn('segment', 'uint32', { description: 'place in its rapid block, from 0' }),
      scalarColumn('epoch', 'uint32', {
        description: '1, and one more with every change of the settings during the run',
      }),
      scalarColumn('triggerlevel', 'float32', {
        units: 'V',
        description: 'level of the trigger; NaN without one',
      }),
      scalarColumn('triggeroffset', 'float32', {
        units: 'ns',
        description: 'position of the trigger between samples',
      }),
      scalarColumn('waveform/t0', 'float32', { units: 'ns', description: 'time of the first sample' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns', description: 'sample period' }),
      {
        name: 'waveform/values',
        dtype: 'int16',
        shape: [samples],
        variableLength: false,
        units: 'adc',
      },
      ...(truth ? known : []),
      ...(sampleTimes ? [times] : []),
    ],
  };
}

const valuesColumn = 16;

/** Writes one row. The writer must be ready. */
export function writeScopeRecord(
  writer: RowWriter,
  index: number,
  record: ScopeRecord,
  samples: Int16Array,
): void {
  const { columns, rows: row } = writer;
  const values = [
    record.eventNumber,
    index,
    record.timestamp,
    record.deviceNs,
    record.uncertaintyNs,
    record.hostNs,
    record.time.liveNs,
    record.time.deadNs,
    record.time.bufferNs,
    record.flags,
    record.segment,
    record.epoch,
    record.triggerLevelV,
    record.triggerOffsetNs,
    record.t0Ns,
    record.dtNs,
  ];
  for (let i = 0; i < values.length; i++) columns[i]!.data[row] = values[i]!;
  (columns[valuesColumn]!.data as Int16Array).set(samples, row * samples.length);
  const { truth, sampleNs } = record;
  if (truth !== undefined) {
    const known = [truth.pulses, truth.heightV, truth.decayNs];
    known.forEach((value, place) => (columns[valuesColumn + 1 + place]!.data[row] = value));
  }
  if (sampleNs !== undefined) (columns.at(-1)!.data as Float32Array).set(sampleNs, row * samples.length);
  writer.advance();
}
