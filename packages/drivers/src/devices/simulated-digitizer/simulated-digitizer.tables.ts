import { type ColumnSchema, scalarColumn, type TableSchema } from '@countroom/records';
import type { SimulatedDigitizerConfig } from './simulated-digitizer.config.js';

/** Bits of the column `flags`. */
export const recordFlags = {
  /** At least one sample left the range of the ADC. */
  saturated: 1,
  /** More than one pulse in the record. */
  pileUp: 2,
  /** Made by the pulser. */
  pulser: 4,
  /** The device was not armed for a while since the record before. */
  gapBefore: 8,
} as const;

/** Columns of a record, in the order in which the data part writes them. */
export function recordSchema(channel: number, config: SimulatedDigitizerConfig): TableSchema {
  const waveform: ColumnSchema[] = [
    scalarColumn('waveform/t0', 'float32', { units: 'ns', description: 'time of the first sample' }),
    scalarColumn('waveform/dt', 'float32', { units: 'ns', description: 'sample period' }),
    {
      name: 'waveform/values',
      dtype: 'uint16',
      shape: [config.recordSamples],
      variableLength: false,
      units: 'adc',
    },
  ];
  const truth: ColumnSchema[] = [
    scalarColumn('truth_energy', 'float32', {
      units: 'keV',
      description: 'deposited energy of the first pulse',
    }),
    scalarColumn('truth_onset', 'float32', {
      units: 'ns',
      description: 'begin of the first pulse in the record',
    }),
    scalarColumn('truth_rise', 'float32', {
      units: 'ns',
      description: 'charge collection time of the first pulse',
    }),
    scalarColumn('truth_pulses', 'uint16', { description: 'pulses that begin in the record' }),
  ];
  return {
    name: tableName(channel),
    columns: [
      scalarColumn('eventnumber', 'int64', { description: 'number of the event in the source, from 1' }),
      scalarColumn('channel', 'uint32'),
      scalarColumn('timestamp', 'float64', { units: 's', description: 'unix time of the trigger' }),
      scalarColumn('devicetime', 'int64', {
        units: 'ns',
        description: 'time of the trigger since the run began',
      }),
      scalarColumn('hosttime', 'int64', {
        units: 'ns',
        description: 'unix time at which the host had the record',
      }),
      scalarColumn('livetime', 'int64', { units: 'ns', description: 'live time since the record before' }),
      scalarColumn('flags', 'uint32', { description: '1 saturated, 2 pile-up, 4 pulser, 8 gap before' }),
      scalarColumn('baseline', 'uint16', { units: 'adc', description: 'mean of the first samples' }),
      scalarColumn('daqenergy', 'uint16', { units: 'adc', description: 'highest sample above the baseline' }),
      ...waveform,
      ...(config.truth ? truth : []),
    ],
  };
}

/** Path of a channel's table in raw files: seven digits. */
export function tableName(channel: number): string {
  return `ch${String(channel).padStart(7, '0')}/raw`;
}
