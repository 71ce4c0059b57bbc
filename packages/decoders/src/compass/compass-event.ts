import { type ColumnSchema, scalarColumn, type TableSchema } from '@countroom/records';
import { samplesAt } from '../core/samples.js';
import type { Cell, TableBuffer } from '../core/table-buffer.js';
import type { CompassLayout } from './compass-layout.js';

/** Key of an event: board · 512 + channel. */
export function compassKey(view: DataView, at: number): number {
  return view.getUint16(at, true) * 512 + (view.getUint16(at + 2, true) & 15);
}

/** Time of an event on the clock of its board, s. */
export function compassSeconds(view: DataView, at: number): number {
  return Number(view.getBigUint64(at + 4, true)) / 1e12;
}

/** How a table of events is laid out. */
export interface CompassTableForm {
  /** Samples of every trace; `any` when they differ, 0 when there are none. */
  readonly samples: number | 'any';
  /** Also the time as the integer that the file holds: float64 is exact up to 2.5 h only. */
  readonly exactTimes: boolean;
}

/** One row per event. What the events of the file do not have is 0, the calibrated energy NaN. */
export function compassEventSchema(path: string, { samples, exactTimes }: CompassTableForm): TableSchema {
  const number = (name: string, description: string): ColumnSchema =>
    scalarColumn(name, 'uint32', { description });
  const values = scalarColumn('waveform/values', 'uint16');
  const ps = (name: string, dtype: 'float64' | 'uint64', description: string): ColumnSchema =>
    scalarColumn(name, dtype, { units: 'ps', description });
  return {
    name: path,
    columns: [
      number('packet_id', 'number of the record in the file'),
      number('board', 'number of the board'),
      number('channel', 'channel of the board'),
      ps('timestamp', 'float64', 'time since the start of the acquisition'),
      ...(exactTimes ? [ps('timestamp_ps', 'uint64', 'time since the start of the acquisition')] : []),
      number('energy', 'energy in ADC channels'),
      scalarColumn('energy_calibrated', 'float64', { description: 'energy as calibrated by the program' }),
      number('energy_short', 'energy of the short gate'),
      number('flags', 'flags of the event'),
      scalarColumn('num_samples', 'int64', { description: 'samples of the trace' }),
      ...(samples === 0
        ? []
        : [
            scalarColumn('waveform/t0', 'float32', { units: 'ns' }),
            scalarColumn('waveform/dt', 'float32', { units: 'ns' }),
            samples === 'any' ? { ...values, variableLength: true } : { ...values, shape: [samples] },
          ]),
    ],
  };
}

/** Adds the event at `at` as a row. `samplePeriodNs` is that of its board. */
export function appendEvent(
  table: TableBuffer,
  view: DataView,
  at: number,
  layout: CompassLayout,
  row: { readonly packetId: number; readonly samples: number; readonly samplePeriodNs: number },
): void {
  const short = (place: number): number => (place < 0 ? 0 : view.getUint16(at + place, true));
  const start = at + layout.headBytes;
  const cells: Record<string, Cell> = {
    packet_id: row.packetId,
    board: view.getUint16(at, true),
    channel: view.getUint16(at + 2, true),
    timestamp: Number(view.getBigUint64(at + 4, true)),
    timestamp_ps: view.getBigUint64(at + 4, true),
    energy: short(layout.energyAt),
    energy_calibrated: layout.calibratedAt < 0 ? NaN : view.getFloat64(at + layout.calibratedAt, true),
    energy_short: short(layout.shortAt),
    flags: view.getUint32(at + layout.flagsAt, true),
    num_samples: row.samples,
    'waveform/dt': row.samplePeriodNs,
    'waveform/values': samplesAt(view, start, row.samples),
  };
  table.append(cells);
}
