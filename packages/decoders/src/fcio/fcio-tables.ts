import { type ColumnSchema, type Dtype, scalarColumn, type TableSchema } from '@countroom/records';

/** int32 columns of an event, in the order in which EventHead keeps their values. */
export const eventIntColumns = [
  'eventnumber',
  'event_type',
  'numtraces',
  'ts_pps',
  'ts_ticks',
  'ts_maxticks',
  'mu_offset_sec',
  'mu_offset_usec',
  'to_master_sec',
  'delta_mu_usec',
  'abs_delta_mu_usec',
  'to_start_sec',
  'to_start_usec',
  'dr_start_pps',
  'dr_start_ticks',
  'dr_stop_pps',
  'dr_stop_ticks',
  'dr_maxticks',
] as const;

const intDescriptions: Readonly<Partial<Record<(typeof eventIntColumns)[number], string>>> = {
  eventnumber: 'number of the event, counted by the trigger',
  event_type: 'type of the event; 11: the dead region concerns dr_ch_idx … only',
  numtraces: 'traces in the event',
  ts_pps: 'seconds of the FPGA clock',
  ts_ticks: 'ticks of 4 ns since the second',
  ts_maxticks: 'ticks of the last second',
  mu_offset_sec: 'server time minus FPGA time, seconds',
  mu_offset_usec: 'server time minus FPGA time, microseconds',
  to_master_sec: 'absolute time minus FPGA time when an external clock disciplines it',
  delta_mu_usec: 'clock offset of this event to the first',
  dr_start_pps: 'begin of the dead region before the event',
  dr_stop_pps: 'end of the dead region before the event',
};

const numbers = (
  dtype: Dtype,
  units: string | undefined,
  description: string | undefined,
  name: string,
): ColumnSchema =>
  scalarColumn(name, dtype, {
    ...(units === undefined ? {} : { units }),
    ...(description === undefined ? {} : { description }),
  });

const vector = (column: ColumnSchema): ColumnSchema => ({ ...column, variableLength: true });
const several = (column: ColumnSchema, length: number): ColumnSchema => ({ ...column, shape: [length] });

const perEvent: readonly ColumnSchema[] = [
  numbers('uint32', undefined, 'number of the record in the stream', 'packet_id'),
  numbers('uint16', undefined, 'number of the readout', 'fcid'),
  ...eventIntColumns.map((name) => numbers('int32', undefined, intDescriptions[name], name)),
  numbers('float64', 's', 'unix time of the event', 'timestamp'),
  numbers('uint16', undefined, 'first channel of the dead region', 'dr_ch_idx'),
  numbers('uint16', undefined, 'channels of the dead region', 'dr_ch_len'),
];

const perTrace: readonly ColumnSchema[] = [
  numbers('uint16', undefined, 'address of the board', 'board_id'),
  numbers('uint16', undefined, 'input on the board', 'fc_input'),
  numbers('float64', 's', 'time since the trigger was enabled', 'runtime'),
  numbers('float64', 's', 'run time minus dead time', 'lifetime'),
  numbers('float64', 's', 'dead time so far', 'deadtime'),
  numbers('int64', 'ns', 'dead time since the previous event of the channel', 'deadinterval_nsec'),
  numbers('uint16', undefined, 'baseline of the FPGA', 'baseline'),
  numbers('uint16', undefined, 'energy of the FPGA', 'daqenergy'),
];

/** Unix time as an integer, for tables with exact times. */
const exactTime = (exact: boolean): ColumnSchema[] =>
  exact ? [numbers('int64', 'ns', 'unix time of the event', 'timestamp_ns')] : [];

/** One row per trace of an event, with a waveform of `samples` samples. */
export function fcEventSchema(path: string, samples: number, exact = false): TableSchema {
  return {
    name: path,
    columns: [
      ...perEvent,
      ...exactTime(exact),
      ...perTrace,
      numbers('uint16', undefined, 'index of the trace', 'channel'),
      numbers('float32', 'ns', 'time of the first sample', 'waveform/t0'),
      numbers('float32', 'ns', 'sampling period', 'waveform/dt'),
      several(numbers('uint16', undefined, undefined, 'waveform/values'), samples),
    ],
  };
}

/** One row per event without traces; what belongs to a trace is a vector with an entry per trace. */
export function fcEventHeaderSchema(path: string, exact = false): TableSchema {
  const tracelist = numbers('uint16', undefined, 'indices of the traces', 'tracelist');
  return { name: path, columns: [...perEvent, ...exactTime(exact), ...[...perTrace, tracelist].map(vector)] };
}

/** One row per reconstructed pulse. */
export function fcRecEventSchema(path: string, exact = false): TableSchema {
  return {
    name: path,
    columns: [
      ...perEvent,
      ...exactTime(exact),
      numbers('uint16', undefined, 'address of the board', 'board_id'),
      numbers('uint16', undefined, 'input on the board', 'fc_input'),
      numbers('uint16', undefined, 'index of the trace', 'channel'),
      numbers('int32', undefined, 'flags of the pulse', 'flags'),
      numbers('float32', undefined, 'amplitude of the pulse', 'amplitude'),
      numbers('float32', undefined, 'time of the pulse', 'time'),
    ],
  };
}

/** One row per Config record. */
export function fcConfigSchema(path: string): TableSchema {
  const fields = ['nsamples', 'nadcs', 'ntriggers', 'streamid', 'adcbits', 'sumlength', 'blprecision'];
  const cards = ['mastercards', 'triggercards', 'adccards', 'gps'];
  return {
    name: path,
    columns: [
      numbers('uint32', undefined, 'number of the record in the stream', 'packet_id'),
      ...[...fields, ...cards].map((name) => numbers('int32', undefined, undefined, name)),
      vector(numbers('uint32', undefined, 'address times 65536 plus input, per trace', 'tracemap')),
    ],
  };
}

/**
 * One row per card of a Status record. `fpga_time_nsec` is 32 bits wide in existing raw files and wraps around
 * after 4.3 s; `wide` makes it uint64.
 */
export function fcStatusSchema(path: string, wide: boolean): TableSchema {
  const errors = ['total', 'environment', 'cti', 'link'].map((kind) =>
    numbers('uint32', undefined, undefined, `n_${kind}_errors`),
  );
  return {
    name: path,
    columns: [
      numbers('uint32', undefined, 'number of the record in the stream', 'packet_id'),
      numbers('bool', undefined, 'true when there are no errors', 'status'),
      numbers('float32', 's', 'FPGA time of the record', 'fpga_time'),
      numbers('float64', 's', 'unix time of the server', 'server_time'),
      numbers('float64', 's', 'begin of the run on the FPGA clock', 'fpga_start_time'),
      numbers('uint32', undefined, '0 master, 0x1000 trigger, 0x2000 ADC, 0x4000 sub-master cards', 'id'),
      numbers('uint32', undefined, 'last event number of the card', 'eventnumber'),
      numbers(wide ? 'uint64' : 'uint32', 'ns', 'FPGA time of the card', 'fpga_time_nsec'),
      ...errors,
      several(numbers('uint32', undefined, undefined, 'n_other_errors'), 5),
      several(numbers('int32', 'mC', 'temperatures of the board', 'mb_temps'), 5),
      several(numbers('int32', 'mV', 'supply voltages of the board', 'mb_voltages'), 6),
      numbers('int32', 'mA', 'current of the board', 'mb_current'),
      numbers('int32', 'o/oo', 'humidity at the board', 'mb_humidity'),
      vector(numbers('int32', 'mC', 'temperatures of the ADCs', 'adc_temps')),
      vector(numbers('uint32', undefined, undefined, 'cti_links')),
      vector(numbers('uint32', undefined, undefined, 'link_states')),
    ],
  };
}
