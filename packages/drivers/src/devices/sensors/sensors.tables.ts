import { scalarColumn, type TableSchema } from '@countroom/records';
import type { RowWriter } from '../../core/driver.js';
import type { NamedChannel } from './sensor-channels.js';

/** Bits of the column `flags`. */
export const sensorFlags = {
  /** Outside of what the sensor can measure, or of the limits that were given. */
  outside: 1,
  /** The value of an earlier reading: the sensor has an interval of its own. */
  held: 2,
  /** The sensor gave no value: it is NaN. */
  noValue: 4,
  /** Readings are missing since the one before (pause, full buffer, a sensor too slow for the interval). */
  gapBefore: 8,
} as const;

/** Facts of one reading of all sensors. */
export interface ReadingFacts {
  readonly eventNumber: bigint;
  /** Unix time, s. */
  readonly timestamp: number;
  readonly deviceNs: bigint;
  readonly hostNs: bigint;
  readonly liveNs: bigint;
  readonly gap: boolean;
}

/** Path of the table of a channel. */
export function sensorTable(channel: number): string {
  return `ch${String(channel).padStart(7, '0')}/raw`;
}

/** Columns of a channel: those of every record, with one sample that is the value itself, in its unit. */
export function sensorSchema({ number, unit, label }: NamedChannel): TableSchema {
  return {
    name: sensorTable(number),
    columns: [
      scalarColumn('eventnumber', 'int64', {
        description: 'number of the reading, from 1; one for all channels',
      }),
      scalarColumn('channel', 'uint32', {
        description: 'number of the channel, in the order of the settings',
      }),
      scalarColumn('timestamp', 'float64', { units: 's', description: 'unix time of the reading' }),
      scalarColumn('devicetime', 'int64', {
        units: 'ns',
        description: 'time of the reading since the run began',
      }),
      scalarColumn('hosttime', 'int64', {
        units: 'ns',
        description: 'unix time at which the value was there',
      }),
      scalarColumn('livetime', 'int64', { units: 'ns', description: 'live time since the reading before' }),
      scalarColumn('flags', 'uint32', {
        description: '1 outside the limits, 2 held from before, 4 no value, 8 gap before',
      }),
      scalarColumn('waveform/t0', 'float32', { units: 'ns', description: 'time of the first sample' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns', description: 'sample period' }),
      {
        name: 'waveform/values',
        dtype: 'float64',
        shape: [1],
        variableLength: false,
        units: unit,
        description: `${label}; NaN without a value`,
      },
    ],
  };
}

/** Writes one row. The writer must be ready. */
export function writeReading(
  writer: RowWriter,
  channel: NamedChannel,
  reading: ReadingFacts,
  value: number,
  held: boolean,
): void {
  const { columns, rows: row } = writer;
  const outside = value < channel.low || value > channel.high;
  const flags =
    (outside ? sensorFlags.outside : 0) |
    (held ? sensorFlags.held : 0) |
    (Number.isNaN(value) ? sensorFlags.noValue : 0) |
    (reading.gap ? sensorFlags.gapBefore : 0);
  const { eventNumber, timestamp, deviceNs, hostNs, liveNs } = reading;
  const values = [eventNumber, channel.number, timestamp, deviceNs, hostNs, liveNs, flags, 0, 1, value];
  values.forEach((each, index) => (columns[index]!.data[row] = each));
  writer.advance();
}
