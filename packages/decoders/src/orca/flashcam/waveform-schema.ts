import { type ColumnSchema, type Dtype, scalarColumn, type TableSchema } from '@countroom/records';

/** Columns that are one number each: name, number type, units, description. */
type Column = readonly [name: string, dtype: Dtype, units?: string, description?: string];

const columns: readonly Column[] = [
  ['packet_id', 'uint32', '', 'number of the packet in the file'],
  ['eventnumber', 'int32', '', 'number of the event, counted by the trigger'],
  ['event_type', 'uint8'],
  ['timestamp', 'float64', 's', 'unix time of the event'],
  ['runtime', 'float64', 's', 'time on the clock of the readout'],
  ['numtraces', 'int32', '', 'traces in the packet'],
  ['fcid', 'uint8', '', 'number of the readout'],
  ['crate', 'uint8'],
  ['slot', 'uint8', '', 'slot of the card in the crate'],
  ['board_id', 'uint16', '', 'address of the board'],
  ['fc_input', 'uint8', '', 'input on the board'],
  ['channel', 'uint16', '', 'index of the trace'],
  ['baseline', 'uint16', '', 'baseline of the FPGA'],
  ['daqenergy', 'uint16', '', 'energy of the FPGA'],
  ['ts_pps', 'int32', '', 'seconds of the FPGA clock'],
  ['ts_ticks', 'int32', '', 'ticks of 4 ns since the second'],
  ['ts_maxticks', 'int32', '', 'ticks of the last second'],
  ['mu_offset_sec', 'int32'],
  ['mu_offset_usec', 'int32'],
  ['to_master_sec', 'int32'],
  ['delta_mu_usec', 'int32'],
  ['abs_delta_mu_usec', 'int32'],
  ['to_start_sec', 'int32'],
  ['to_start_usec', 'int32'],
  ['dr_start_pps', 'int32'],
  ['dr_start_ticks', 'int32'],
  ['dr_stop_pps', 'int32'],
  ['dr_stop_ticks', 'int32'],
  ['dr_maxticks', 'int32'],
  ['dr_ch_idx', 'uint16', '', 'first channel of the dead region'],
  ['dr_ch_len', 'uint16', '', 'channels of the dead region'],
  ['deadtime', 'float64', 's', 'length of the dead region in the packet'],
  ['deadinterval_nsec', 'int64', 'ns', 'dead time since the previous packet of the channel'],
  ['lifetime', 'float64', 's', 'time since the trigger was enabled, without all dead time so far'],
];

/** Columns of a FlashCam waveform of `samples` samples. `exact`: with timestamp_ns, the unix time in whole ns. */
export function flashCamWaveformSchema(path: string, samples: number, exact: boolean): TableSchema {
  const exactTime: Column = ['timestamp_ns', 'int64', 'ns', 'unix time of the event'];
  const numbers = [...columns, ...(exact ? [exactTime] : [])].map(
    ([name, dtype, units, description]): ColumnSchema =>
      scalarColumn(name, dtype, {
        ...(units === undefined || units === '' ? {} : { units }),
        ...(description === undefined ? {} : { description }),
      }),
  );
  return {
    name: path,
    columns: [
      ...numbers,
      scalarColumn('waveform/t0', 'float32', { units: 'ns', description: 'time of the first sample' }),
      scalarColumn('waveform/dt', 'float32', { units: 'ns', description: 'sampling period' }),
      { name: 'waveform/values', dtype: 'uint16', shape: [samples], variableLength: false },
    ],
  };
}
