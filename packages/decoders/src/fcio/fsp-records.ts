import type { ColumnSchema, Dtype, TableSchema } from '@countroom/records';
import type { Cell } from '../core/table-buffer.js';
import { tags } from './fcio-protocol.js';
import type { FrameSource } from './fcio-scanner.js';

/**
 * A column of an FSP table and where its value lies in the record. `vector`: all numbers of the frame. `flag`: a byte
 * that is 0 or not. `window`: seconds in this frame and ns in the
 * next one, as ns. `count`: how many int32 the frame has.
 */
interface Field {
  readonly name: string;
  readonly dtype: Dtype;
  readonly frame: number;
  readonly offset?: number;
  readonly as?: 'vector' | 'flag' | 'window' | 'count';
  readonly units?: string;
}

type Extra = Omit<Field, 'name' | 'dtype' | 'frame'>;

const field = (name: string, dtype: Dtype, frame: number, extra: Extra = {}): Field => ({
  name,
  dtype,
  frame,
  ...extra,
});
const vector = { as: 'vector' } as const;

function traceMap(prefix: string, first: number): Field[] {
  return [
    field(`${prefix}_tracemap_format`, 'int32', first),
    field(`${prefix}_tracemap_indices`, 'int32', first + 1, vector),
    field(`${prefix}_tracemap_enabled`, 'int32', first + 2, vector),
  ];
}

const windowNs = { as: 'window', units: 'ns' } as const;

const configFields: readonly Field[] = [
  field('trg_hwm_min_multiplicity', 'int32', 0),
  field('trg_hwm_prescale_ratio', 'int32', 1, vector),
  field('trg_wps_prescale_ratio', 'int32', 2),
  field('trg_wps_coincident_sum_threshold', 'float32', 3),
  field('trg_wps_sum_threshold', 'float32', 4),
  field('trg_wps_prescale_rate', 'float32', 5),
  field('trg_hwm_prescale_rate', 'float32', 6, vector),
  field('trg_enabled_write_flags_event', 'int64', 7),
  field('trg_enabled_write_flags_trigger', 'int64', 7, { offset: 8 }),
  field('trg_pre_trigger_window_nsec', 'int64', 8, windowNs),
  field('trg_post_trigger_window_nsec', 'int64', 10, windowNs),
  field('trg_wps_ref_flags_hwm', 'int64', 12),
  field('trg_wps_ref_flags_ct', 'int64', 13),
  field('trg_wps_ref_flags_wps', 'int64', 14),
  field('trg_wps_ref_map_idx', 'int32', 15, vector),
  field('buffer_max_states', 'int32', 16),
  field('buffer_window_nsec', 'int64', 17, windowNs),
  ...traceMap('dsp_hwm', 19),
  field('dsp_hwm_fpga_energy_threshold_adc', 'uint16', 23, vector),
  ...traceMap('dsp_ct', 24),
  field('dsp_ct_thresholds', 'uint16', 28, vector),
  ...traceMap('dsp_wps', 29),
  field('dsp_wps_apply_gain_scaling', 'int32', 33),
  field('dsp_wps_sum_window_size', 'int32', 34),
  field('dsp_wps_sum_window_start_sample', 'int32', 35),
  field('dsp_wps_sum_window_stop_sample', 'int32', 36),
  field('dsp_wps_sub_event_sum_threshold', 'float32', 37),
  field('dsp_wps_gains', 'float32', 38, vector),
  field('dsp_wps_thresholds', 'float32', 39, vector),
  field('dsp_wps_lowpass', 'float32', 40, vector),
  field('dsp_wps_shaping_widths', 'int32', 41, vector),
  field('dsp_wps_dsp_max_margin_front', 'int32', 42),
  field('dsp_wps_dsp_max_margin_back', 'int32', 43),
  field('dsp_wps_margin_front', 'int32', 44, vector),
  field('dsp_wps_margin_back', 'int32', 45, vector),
  field('dsp_wps_start_sample', 'int32', 46, vector),
  field('dsp_wps_stop_sample', 'int32', 47, vector),
];

const flag = (name: string, offset: number): Field => field(name, 'bool', 0, { as: 'flag', offset });

const eventFields: readonly Field[] = [
  flag('is_written', 16),
  flag('is_extended', 1),
  flag('is_consecutive', 0),
  flag('is_hwm_prescaled', 9),
  flag('is_hwm_multiplicity', 8),
  flag('is_wps_sum', 10),
  flag('is_wps_coincident_sum', 11),
  flag('is_wps_prescaled', 12),
  flag('is_ct_multiplicity', 13),
  field('obs_wps_sum_value', 'float32', 4),
  field('obs_wps_sum_offset', 'int32', 4, { offset: 4 }),
  field('obs_wps_sum_multiplicity', 'int32', 4, { offset: 8 }),
  field('obs_wps_max_peak_value', 'float32', 4, { offset: 12 }),
  field('obs_wps_max_peak_offset', 'int32', 4, { offset: 16 }),
  field('obs_hwm_hw_multiplicity', 'int32', 3),
  field('obs_hwm_sw_multiplicity', 'int32', 3, { offset: 8 }),
  field('obs_hwm_max_value', 'uint16', 3, { offset: 4 }),
  field('obs_hwm_min_value', 'uint16', 3, { offset: 6 }),
  field('obs_ct_multiplicity', 'int32', 5, { as: 'count' }),
  field('obs_ct_trace_idx', 'int32', 5, vector),
  field('obs_ct_max', 'uint16', 6, vector),
  field('obs_ps_hwm_prescaled_trace_idx', 'uint16', 10, vector),
  field('obs_evt_nconsecutive', 'int32', 2),
];

const seconds = { units: 's' } as const;

const statusFields: readonly Field[] = [
  ...['start_time', 'log_time', 'dt_logtime', 'runtime'].map((name, i) =>
    field(name, 'float64', 0, { offset: 8 * i, ...seconds }),
  ),
  ...['n_read', 'n_written', 'n_discarded', 'dt_n_read', 'dt_n_written', 'dt_n_discarded'].map((name, i) =>
    field(`${name}_events`, 'int32', 0, { offset: 32 + 4 * i }),
  ),
  field('dt', 'float64', 0, { offset: 56, ...seconds }),
  ...[
    'dt_rate_read',
    'dt_rate_write',
    'dt_rate_discard',
    'avg_rate_read',
    'avg_rate_write',
    'avg_rate_discard',
  ].map((name, i) => field(`${name}_events`, 'float64', 0, { offset: 64 + 8 * i, units: 'Hz' })),
];

/** The three records of the software trigger processor, by tag. */
export type FspTag = (typeof tags)['fspConfig' | 'fspEvent' | 'fspStatus'];

const kinds: Readonly<Record<FspTag, { readonly decoder: string; readonly fields: readonly Field[] }>> = {
  [tags.fspConfig]: { decoder: 'FSPConfigDecoder', fields: configFields },
  [tags.fspEvent]: { decoder: 'FSPEventDecoder', fields: eventFields },
  [tags.fspStatus]: { decoder: 'FSPStatusDecoder', fields: statusFields },
};

/** True for the tags of the software trigger processor. */
export function isFspTag(tag: number): tag is FspTag {
  return tag === tags.fspConfig || tag === tags.fspEvent || tag === tags.fspStatus;
}

/** Decoder of a tag. */
export function fspDecoder(tag: FspTag): string {
  return kinds[tag].decoder;
}

/** Key of the rows of a tag in front of a record of tag `follower`, of readout `fcid`. */
export function fspKey(tag: FspTag, follower: number, fcid: number): string {
  if (tag === tags.fspConfig) return `swtid_${fcid}/config`;
  if (tag === tags.fspStatus) return `swtid_${fcid}/status`;
  return `swtid_${fcid}/${follower === tags.eventHeader ? 'evt_hdr' : 'event'}`;
}

/** Schema of the table of a tag. */
export function fspSchema(tag: FspTag, path: string): TableSchema {
  const column = ({ name, dtype, as, units }: Field): ColumnSchema => ({
    name,
    dtype,
    shape: [],
    variableLength: as === 'vector',
    ...(units === undefined ? {} : { units }),
  });
  return { name: path, columns: [column(field('packet_id', 'uint32', 0)), ...kinds[tag].fields.map(column)] };
}

/** Columns of a record, without packet_id. What a shorter record lacks is 0 or empty. */
export function fspCells(record: FrameSource, tag: FspTag): Record<string, Cell> {
  return Object.fromEntries(kinds[tag].fields.map((one) => [one.name, readField(record, one)]));
}

function readField(record: FrameSource, { frame, dtype, offset = 0, as }: Field): Cell {
  const length = record.frameLength(frame);
  const view = new DataView(record.bytes.buffer, record.bytes.byteOffset + record.frameStart(frame), length);
  if (as === 'count') return length >> 2;
  if (as === 'flag') return offset < length && view.getUint8(offset) !== 0;
  if (as === 'window') return wholeNumber(record, frame) * 1_000_000_000n + wholeNumber(record, frame + 1);
  if (as === 'vector') {
    const bytes = dtype === 'uint16' ? 2 : 4;
    return Array.from({ length: Math.floor(length / bytes) }, (_, i) =>
      readNumber(view, dtype, i * bytes),
    ) as number[];
  }
  return readNumber(view, dtype, offset);
}

/** A frame that holds one integer of 32 or 64 bits. */
function wholeNumber(record: FrameSource, frame: number): bigint {
  if (record.frameLength(frame) < 8) return BigInt(record.int32(frame));
  return BigInt.asIntN(64, (BigInt(record.int32(frame, 1)) << 32n) | BigInt(record.int32(frame) >>> 0));
}

function readNumber(view: DataView, dtype: Dtype, at: number): number | bigint {
  const big = dtype === 'int64' || dtype === 'float64';
  if (at + (big ? 8 : dtype === 'uint16' ? 2 : 4) > view.byteLength) return 0;
  if (dtype === 'int64') return view.getBigInt64(at, true);
  if (dtype === 'float64') return view.getFloat64(at, true);
  if (dtype === 'float32') return view.getFloat32(at, true);
  return dtype === 'uint16' ? view.getUint16(at, true) : view.getInt32(at, true);
}
