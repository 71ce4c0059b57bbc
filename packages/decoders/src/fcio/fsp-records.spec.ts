import { describe, expect, it } from 'vitest';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { concatenate } from '../testing/corrupt.js';
import { FcioDecoder } from './fcio-decoder.js';
import {
  encodeConfig,
  encodeEventHeader,
  encodeProtocol,
  encodeRecord,
  encodeSparseEvent,
} from './fcio-encoder.js';
import { tags } from './fcio-protocol.js';
import { simulationConfig } from './fcio-simulation.js';

const config = { ...simulationConfig({ channels: 2, samples: 4 }), streamId: 7 };
const ints = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer);
const shorts = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const longs = (...values: bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(values).buffer);

function decode(...records: Uint8Array[]): Map<string, WholeTable> {
  const decoder = new FcioDecoder();
  return collectTables([...decoder.push(concatenate([encodeProtocol(), ...records])), ...decoder.finish()]);
}

function values(table: WholeTable | undefined, column: string): unknown[] {
  return Array.from((table?.columns.get(column)?.data ?? []) as Iterable<unknown>);
}

function fspEvent(nconsecutive: number, hwm: Uint8Array): Uint8Array {
  const write = new Uint8Array(24);
  for (const at of [1, 8, 11, 16]) write[at] = 1;
  const wps = concatenate([floats(1.5), ints(-3, 4), floats(2.5), ints(9)]);
  const frames = [write, new Uint8Array(32), ints(nconsecutive), hwm, wps, ints(1, 0), shorts(7, 8)];
  return encodeRecord(tags.fspEvent, [...frames, ints(), ints(), floats(), shorts(1)]);
}

describe('records of the software trigger processor', () => {
  it('share the number of the record that follows', () => {
    const head = { eventNumber: 0, pps: 0, ticks: 1 };
    const samples = new Uint16Array(4);
    const event = encodeSparseEvent(config, head, [{ index: 0, words: [1, 2], samples }]);
    const header = encodeEventHeader({ ...head, eventNumber: 1 }, [{ index: 1, words: [1, 2] }]);
    const hwm = concatenate([ints(5), shorts(60, 40), ints(3)]);
    const tables = decode(
      encodeConfig(config),
      fspEvent(1, hwm),
      event,
      fspEvent(2, hwm.slice(0, 8)),
      header,
    );
    const table = tables.get('FSPEvent');
    expect(values(table, 'packet_id')).toEqual([1, 2]);
    expect(values(tables.get('FCEvent'), 'packet_id')).toEqual([1]);
    expect(values(table, 'obs_evt_nconsecutive')).toEqual([1, 2]);
    expect(values(table, 'obs_hwm_hw_multiplicity')).toEqual([5, 5]);
    expect(values(table, 'obs_hwm_sw_multiplicity')).toEqual([3, 0]);
    expect(values(table, 'obs_hwm_max_value')).toEqual([60, 60]);
    expect(values(table, 'obs_wps_max_peak_offset')).toEqual([9, 9]);
    expect(values(table, 'obs_ct_multiplicity')).toEqual([2, 2]);
    expect(values(table, 'obs_ct_max')).toEqual([7, 8, 7, 8]);
    const flags = [
      'is_written',
      'is_extended',
      'is_consecutive',
      'is_hwm_multiplicity',
      'is_wps_coincident_sum',
    ];
    expect(flags.map((name) => values(table, name)[0])).toEqual([1, 1, 0, 1, 1]);
  });

  it('of the configuration stand before the configuration', () => {
    const map = [ints(2), ints(10, 11), ints(1, 0), new Uint8Array(16)];
    const trigger = [ints(4), ints(10, 20), ints(30), floats(0.5), floats(1.5), floats(2.5), floats(3.5)];
    const flags = concatenate([longs(-1n, 5n), ints(1, 0)]);
    const windows = [
      flags,
      longs(1n),
      longs(5n),
      ints(-1),
      ints(7),
      longs(1n),
      longs(2n),
      longs(3n),
      ints(8, 9),
    ];
    const rest = [
      ints(100),
      longs(0n),
      longs(200n),
      ...map,
      shorts(3, 4),
      ...map,
      shorts(5),
      ...map,
      ints(1),
      ints(6),
    ];
    const record = encodeRecord(tags.fspConfig, [...trigger, ...windows, ...rest]);
    const table = decode(record, encodeConfig(config)).get('FSPConfig');
    expect(values(table, 'packet_id')).toEqual([0]);
    expect(values(table, 'trg_enabled_write_flags_event')).toEqual([-1n]);
    expect(values(table, 'trg_enabled_write_flags_trigger')).toEqual([5n]);
    expect(values(table, 'trg_pre_trigger_window_nsec')).toEqual([1_000_000_005n]);
    expect(values(table, 'trg_post_trigger_window_nsec')).toEqual([-999_999_993n]);
    expect(values(table, 'trg_hwm_prescale_ratio')).toEqual([10, 20]);
    expect(values(table, 'buffer_window_nsec')).toEqual([200n]);
    expect(values(table, 'dsp_hwm_fpga_energy_threshold_adc')).toEqual([3, 4]);
    expect(values(table, 'dsp_wps_tracemap_indices')).toEqual([10, 11]);
    expect(values(table, 'dsp_wps_sum_window_size')).toEqual([6]);
    expect(values(table, 'dsp_wps_gains')).toEqual([]);
  });

  it('of the status have the widths of the stream', () => {
    const doubles = (...list: number[]): Uint8Array => new Uint8Array(Float64Array.from(list).buffer);
    const frame = concatenate([
      doubles(1, 2, 3, 4),
      ints(5, 6, 7, 8, 9, 10),
      doubles(11, 12, 13, 14, 15, 16, 17),
    ]);
    const status = encodeRecord(tags.status, [
      ints(1),
      ints(...new Array<number>(10).fill(0)),
      ints(0),
      ints(1180),
    ]);
    const table = decode(encodeConfig(config), encodeRecord(tags.fspStatus, [frame]), status).get(
      'FSPStatus',
    );
    const names = ['runtime', 'n_read_events', 'dt_n_discarded_events', 'dt', 'avg_rate_discard_events'];
    expect(names.map((name) => values(table, name)[0])).toEqual([4, 5, 10, 11, 17]);
  });
});
