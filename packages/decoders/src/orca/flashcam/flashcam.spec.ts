import { describe, expect, it } from 'vitest';
import { collectTables, type WholeTable } from '../../testing/collect.js';
import { concatenate } from '../../testing/corrupt.js';
import { encodeOrcaHeader } from '../../testing/orca/encode-container.js';
import {
  encodeFlashCamTrace,
  encodeListenerConfig,
  type FlashCamTrace,
  type ListenerCards,
} from '../../testing/orca/encode-flashcam.js';
import { type ExampleListener, exampleHeader } from '../../testing/orca/encode-header.js';
import { exampleConfig, exampleHead, exampleSamples } from '../../testing/orca/orca-examples.js';
import { OrcaDecoder } from '../orca-decoder.js';
import type { OrcaOptions } from '../orca-record.js';

const listener: ExampleListener = { id: 1, samples: 8, boards: [0x120], inputs: 2 };
const config = exampleConfig(1, [0x120], 2, 8);
const header = encodeOrcaHeader(exampleHeader({ listeners: [listener] }));

function trace(n: number, given: Partial<FlashCamTrace> = {}): Uint8Array {
  return encodeFlashCamTrace({
    head: exampleHead(n),
    slot: 0,
    board: 0x120,
    input: 1,
    trace: 1,
    words: [1000, 2000],
    samples: exampleSamples(n, 8),
    ...given,
  });
}

function decode(
  packets: Uint8Array[],
  options: OrcaOptions = {},
): { table: WholeTable; decoder: OrcaDecoder } {
  const decoder = new OrcaDecoder(options);
  const batches = [...decoder.push(concatenate([header, ...packets])), ...decoder.finish()];
  return { table: collectTables(batches).get('ORFlashCamADCWaveform')!, decoder };
}

function column(table: WholeTable | undefined, name: string): unknown[] {
  return Array.from((table?.columns.get(name)?.data ?? []) as Iterable<unknown>);
}

describe('FlashCam waveforms in the older form', () => {
  it('give back what was encoded', () => {
    const { table } = decode([encodeListenerConfig(config), trace(0), trace(1)]);
    const expected = {
      packet_id: [2, 3],
      eventnumber: [0, 1],
      event_type: [1, 1],
      board_id: [0x120, 0x120],
      fc_input: [1, 1],
      channel: [1, 1],
      baseline: [1000, 1000],
      daqenergy: [2000, 2000],
      ts_pps: [3, 3],
      ts_ticks: [1000, 3500],
      mu_offset_usec: [123_456, 123_456],
      dr_stop_ticks: [0, 3200],
      dr_ch_len: [2, 2],
      runtime: [3.000004, 3.000014],
      deadtime: [0, 500 / 249_999_999],
      deadinterval_nsec: [0n, 2000n],
      lifetime: [0, 8e-6],
      'waveform/dt': [16, 16],
    };
    for (const [name, values] of Object.entries(expected)) expect(column(table, name), name).toEqual(values);
    expect(column(table, 'timestamp')[0]).toBeCloseTo(1_600_000_003.12346, 6);
    expect(column(table, 'waveform/values').slice(8)).toEqual([...exampleSamples(1, 8)]);
  });

  it('have exact times when asked', () => {
    const { table } = decode([encodeListenerConfig(config), trace(1)], { exactTimes: true });
    expect(column(table, 'timestamp_ns')).toEqual([1_600_000_003_123_470_000n]);
    const gps = decode([encodeListenerConfig({ ...config, gps: 10 }), trace(1)], { exactTimes: true });
    expect(column(gps.table, 'timestamp_ns')).toEqual([40_000_014_000n]);
    expect(column(gps.table, 'timestamp')).toEqual([40.000014]);
  });

  it('change their table with their length', () => {
    const decoder = new OrcaDecoder();
    const longer = trace(1, { samples: exampleSamples(1, 10) });
    const bytes = concatenate([header, encodeListenerConfig(config), trace(0), longer, trace(2)]);
    const tables = collectTables([...decoder.push(bytes), ...decoder.finish()]);
    expect(tables.get('ORFlashCamADCWaveform')!.rows).toBe(2);
    expect(tables.get('ORFlashCamADCWaveform_2')!.columns.get('waveform/values')!.shape).toEqual([1, 10]);
    expect(decoder.report().anomalyCounts).toMatchObject({ 'sample-count': 1 });
  });

  it('take the address of the trace map, silently for older firmware', () => {
    const old = decode([encodeListenerConfig(config), trace(0, { board: 0x200 })]);
    expect(column(old.table, 'board_id')).toEqual([0x120]);
    expect(old.decoder.report().clean).toBe(true);
    const other = decode([
      encodeListenerConfig(config),
      trace(0, { board: 0x340 }),
      trace(1, { board: 0x340 }),
    ]);
    expect(column(other.table, 'board_id')).toEqual([0x120, 0x120]);
    expect(other.decoder.report().anomalyCounts).toEqual({ 'address-mismatch': 1 });
  });

  it('come without a configuration, too', () => {
    const { table, decoder } = decode([trace(0), trace(1)]);
    expect(column(table, 'lifetime')).toEqual([NaN, NaN]);
    expect(column(table, 'board_id')).toEqual([0x120, 0x120]);
    expect(decoder.report().anomalyCounts).toEqual({ 'no-configuration': 1 });
  });

  it('are checked: gaps, times, drift', () => {
    const gps = encodeListenerConfig({ ...config, gps: 5 });
    const { decoder } = decode([gps, trace(0), trace(5), trace(4)]);
    expect(decoder.report().anomalyCounts).toEqual({
      'clock-drift': 3,
      'event-number-gap': 2,
      'time-backwards': 1,
    });
  });
});

describe('configurations in the older form', () => {
  const cards: ListenerCards = {
    revisions: [1, 0x21, 3, 4, 0x55],
    uids: [1n, 0xfedcba9876543210n, 3n, 4n, 5n],
  };
  const boards = [0x10, 0x20, 0x30, 0x40, 0x50];
  const five = exampleConfig(7, boards, 2, 8);

  it.each([undefined, 2400])('with %s entries in the trace map', (mapWords) => {
    const packet = encodeListenerConfig(five, { ...cards, ...(mapWords === undefined ? {} : { mapWords }) });
    const decoder = new OrcaDecoder();
    const tables = collectTables([...decoder.push(concatenate([header, packet])), ...decoder.finish()]);
    const table = tables.get('ORFlashCamListenerConfig');
    expect(column(table, 'board_rev')).toEqual(cards.revisions);
    expect(column(table, 'board_uid')).toEqual(cards.uids);
    expect(column(table, 'ch_board_id')).toEqual(boards.flatMap((board) => [board, board]));
    expect(column(table, 'ch_inputnum')).toEqual(boards.flatMap(() => [0, 1]));
    expect(column(table, 'packet_len')).toEqual([packet.length / 4]);
    expect(column(table, 'readout_id')).toEqual([7]);
    expect(column(table, 'fcid')).toEqual([7]);
  });

  it('repeats the shift of the established decoder on request', () => {
    const decoder = new OrcaDecoder({ compatibility: 'reference' });
    const bytes = concatenate([header, encodeListenerConfig(five, cards)]);
    const tables = collectTables([...decoder.push(bytes), ...decoder.finish()]);
    expect(column(tables.get('ORFlashCamListenerConfig'), 'board_rev')).toEqual([1, 0x10, 0x21, 0x32, 0x55]);
  });
});
