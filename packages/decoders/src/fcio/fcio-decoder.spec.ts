import { describe, expect, it } from 'vitest';
import type { DecodedBatch } from '../core/decoder.js';
import { DecodeError } from '../core/errors.js';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { concatenate } from '../testing/corrupt.js';
import { rawIdOf } from './fcio-config.js';
import { FcioDecoder } from './fcio-decoder.js';
import {
  encodeConfig,
  encodeEvent,
  encodeEventHeader,
  encodeProtocol,
  encodeRecEvent,
  encodeSparseEvent,
  encodeStatus,
  type FcioTrace,
} from './fcio-encoder.js';
import type { FcioOptions } from './fcio-session.js';
import { simulateFcio, simulationConfig } from './fcio-simulation.js';

function decode(bytes: Uint8Array, options: FcioOptions = {}, chunk = bytes.length || 1): DecodedBatch[] {
  const decoder = new FcioDecoder(options);
  const batches: DecodedBatch[] = [];
  for (let at = 0; at < bytes.length; at += chunk) batches.push(...decoder.push(bytes.slice(at, at + chunk)));
  return [...batches, ...decoder.finish()];
}

function column(tables: ReadonlyMap<string, WholeTable>, table: string, name: string): unknown[] {
  return Array.from(tables.get(table)!.columns.get(name)!.data as Iterable<unknown>);
}

function plain(batches: DecodedBatch[]): unknown {
  return [...collectTables(batches)].map(([path, { rows, columns }]) => [path, rows, [...columns]]);
}

const config = { ...simulationConfig({ channels: 3, samples: 5 }), streamId: 0x30002 };
const trace = (index: number, seed = index): FcioTrace => ({
  index,
  words: [100 + seed, 200 + seed],
  samples: Uint16Array.from({ length: 5 }, (_, i) => 1000 * seed + i),
});
const opening = [encodeProtocol(), encodeConfig(config)];

describe('FcioDecoder', () => {
  it('gives exact times, and rows of a window of times, when asked to', () => {
    const at = (pps: number) => ({
      eventNumber: pps,
      pps,
      ticks: 3,
      timeOffset: [1_600_000_000, 7, 0, 0, 0, 0, 0],
    });
    const traces = [0, 1, 2].map((i) => trace(i));
    const sparse = encodeSparseEvent(config, at(2), [trace(1)]);
    const bytes = concatenate([
      ...opening,
      encodeEvent(config, at(1), traces),
      sparse,
      encodeEventHeader(at(3), traces),
    ]);
    const time = { from: 1_600_000_002, to: 1_600_000_004 };
    const tables = collectTables(decode(bytes, { exactTimes: true, limits: { time } }));
    expect(column(tables, 'FCEvent', 'timestamp_ns')).toEqual([1_600_000_002_000_007_012n]);
    expect(column(tables, 'FCEventHeader', 'timestamp_ns')).toEqual([1_600_000_003_000_007_012n]);
    expect(tables.get('FCConfig')!.rows).toBe(1);
  });

  it('gives back what the encoder was given, one row per trace', () => {
    const offsets = [1_600_000_000, 5, 1_700_000_000, -3, 3, 11, 12];
    const head = { eventNumber: 7, pps: 2, ticks: 250, timeOffset: offsets };
    const tables = collectTables(
      decode(
        concatenate([
          ...opening,
          encodeEvent(
            config,
            head,
            [0, 1, 2].map((i) => trace(i)),
          ),
        ]),
      ),
    );
    expect(tables.get('FCEvent')!.rows).toBe(3);
    expect(column(tables, 'FCEvent', 'packet_id')).toEqual([1, 1, 1]);
    expect(column(tables, 'FCEvent', 'eventnumber')).toEqual([7, 7, 7]);
    expect(column(tables, 'FCEvent', 'fcid')).toEqual([2, 2, 2]);
    expect(column(tables, 'FCEvent', 'baseline')).toEqual([100, 101, 102]);
    expect(column(tables, 'FCEvent', 'daqenergy')).toEqual([200, 201, 202]);
    expect(column(tables, 'FCEvent', 'delta_mu_usec')).toEqual([-3, -3, -3]);
    expect(column(tables, 'FCEvent', 'timestamp')[0]).toBe(1_600_000_002.000006);
    expect(column(tables, 'FCEvent', 'dr_ch_len')).toEqual([3, 3, 3]);
    expect(column(tables, 'FCEvent', 'waveform/values')).toEqual(
      [0, 1, 2].flatMap((i) => [...trace(i).samples!]),
    );
    expect(column(tables, 'FCConfig', 'tracemap')).toEqual(config.traceMap);
    expect(column(tables, 'FCConfig', 'nsamples')).toEqual([5]);
  });

  it('takes seconds since the master clock when gps is on', () => {
    const gps = { ...config, gps: 40 };
    const head = { eventNumber: 0, pps: 1, ticks: 1, timeOffset: [5, 6, 1_700_000_000] };
    const bytes = concatenate([
      encodeProtocol(),
      encodeConfig(gps),
      encodeSparseEvent(gps, head, [trace(1)]),
    ]);
    const tables = collectTables(decode(bytes));
    expect(column(tables, 'FCEvent', 'timestamp')).toEqual([1_700_000_001 + 4e-9]);
  });

  it('computes the 12-bit energy in 16-bit arithmetic and the shorter period', () => {
    const fast = { ...config, adcBits: 12, sumLength: 128, blPrecision: 16 };
    const head = { eventNumber: 0, pps: 0, ticks: 1 };
    const event = encodeSparseEvent(fast, head, [
      { ...trace(0), words: [1600, 1700] },
      { ...trace(1), words: [1600, 1590] },
    ]);
    const tables = collectTables(decode(concatenate([encodeProtocol(), encodeConfig(fast), event])));
    expect(column(tables, 'FCEvent', 'baseline')).toEqual([100, 100]);
    expect(column(tables, 'FCEvent', 'daqenergy')).toEqual([800, (8 * 65_526) & 0xffff]);
    expect(column(tables, 'FCEvent', 'waveform/dt')).toEqual([4, 4]);
  });

  it('decodes event headers to vectors', () => {
    const head = { eventNumber: 3, pps: 0, ticks: 100, deadRegion: [0, 0, 0, 50, 0, 1, 2] };
    const tables = collectTables(
      decode(concatenate([...opening, encodeEventHeader(head, [trace(2), trace(0)])])),
    );
    const table = tables.get('FCEventHeader')!;
    expect(table.columns.get('tracelist')!.cumulative).toEqual(BigInt64Array.of(2n));
    expect(column(tables, 'FCEventHeader', 'tracelist')).toEqual([2, 0]);
    expect(column(tables, 'FCEventHeader', 'baseline')).toEqual([102, 100]);
    expect(column(tables, 'FCEventHeader', 'runtime')).toEqual([200e-9, 200e-9]);
    expect(column(tables, 'FCEventHeader', 'dr_ch_idx')).toEqual([1]);
    expect(column(tables, 'FCEventHeader', 'numtraces')).toEqual([2]);
  });

  it('decodes reconstructed pulses, one row each', () => {
    const head = { eventNumber: 3, pps: 0, ticks: 100 };
    const pulse = (flags: number): { flags: number; amplitude: number; time: number } => ({
      flags,
      amplitude: flags + 0.5,
      time: -flags,
    });
    const record = encodeRecEvent(head, [[pulse(1), pulse(2)], [], [pulse(3)]]);
    const tables = collectTables(decode(concatenate([...opening, record])));
    expect(column(tables, 'FCRecEvent', 'channel')).toEqual([0, 0, 2]);
    expect(column(tables, 'FCRecEvent', 'flags')).toEqual([1, 2, 3]);
    expect(column(tables, 'FCRecEvent', 'amplitude')).toEqual([1.5, 2.5, 3.5]);
  });

  it('decodes a row per card of a status', () => {
    const environment = Array.from({ length: 15 }, (_, i) => 10 * i);
    const cards = [
      {
        id: 0,
        eventNumber: 9,
        pps: 5,
        ticks: 25,
        environment: environment.slice(0, 13),
        errors: [10, 1, 2, 7],
      },
      { id: 0x2000, environment, ctiLinks: [4, 5], linkStates: [6, 7, 8] },
    ];
    const bytes = concatenate([
      ...opening,
      encodeStatus(true, [5, 100, 1_600_000_000, 250_000, 0, 1, 500_000], cards),
    ]);
    const tables = collectTables(decode(bytes));
    expect(column(tables, 'FCStatus', 'id')).toEqual([0, 0x2000]);
    expect(column(tables, 'FCStatus', 'status')).toEqual([1, 1]);
    expect(column(tables, 'FCStatus', 'n_link_errors')).toEqual([7, 0]);
    expect(column(tables, 'FCStatus', 'mb_humidity')).toEqual([120, 120]);
    expect(column(tables, 'FCStatus', 'server_time')).toEqual([1_600_000_000.25, 1_600_000_000.25]);
    expect(tables.get('FCStatus')!.columns.get('adc_temps')!.cumulative).toEqual(BigInt64Array.of(0n, 2n));
    expect(column(tables, 'FCStatus', 'link_states')).toEqual([6, 7, 8]);
    expect(column(tables, 'FCStatus', 'fpga_time_nsec')[0]).toBe(5_000_000_100 % 2 ** 32);
    const wide = collectTables(decode(bytes, { wideStatusTime: true }));
    expect(column(wide, 'FCStatus', 'fpga_time_nsec')[0]).toBe(5_000_000_100n);
  });

  it('gives the same rows whatever the chunks', () => {
    const bytes = concatenate(
      simulateFcio({ events: 20, channels: 7, samples: 40, sparse: true, statusEvery: 5 }),
    );
    const whole = plain(decode(bytes));
    for (const size of [1, 2, 3, 7, 64, 1000, 4097])
      expect(plain(decode(bytes, {}, size)), `${size}`).toEqual(whole);
  });

  it('closes batches at their row and byte limits without touching them again', () => {
    const bytes = concatenate(simulateFcio({ events: 50, channels: 2, samples: 30 }));
    const batches = decode(bytes, { batchRows: 16 }).filter(({ decoder }) => decoder === 'FCEventDecoder');
    expect(batches.map(({ batch }) => batch.rows)).toEqual([16, 16, 16, 16, 16, 16, 4]);
    expect(plain(batches)).toEqual(
      plain(decode(bytes).filter(({ decoder }) => decoder === 'FCEventDecoder')),
    );
    const small = decode(bytes, { batchBytes: 2000 }).filter(({ decoder }) => decoder === 'FCEventDecoder');
    expect(small.length).toBeGreaterThan(5);
  });

  it('stops at row, packet and key limits', () => {
    const bytes = concatenate(simulateFcio({ events: 50, channels: 3, samples: 10 }));
    const rows = (options: FcioOptions): number =>
      collectTables(decode(bytes, options)).get('FCEvent')?.rows ?? 0;
    expect(rows({ limits: { rows: 7 } })).toBe(7);
    expect(rows({ limits: { packets: 4 } })).toBe(12);
    expect(rows({ limits: { rowsPerKey: 2 } })).toBe(6);
    expect(rows({ limits: { rows: 0 } })).toBe(0);
    expect(() => rows({ limits: { rows: -1 } })).toThrow(DecodeError);
  });

  it('goes on at a checkpoint as if it had never stopped', () => {
    const bytes = concatenate(
      simulateFcio({ events: 40, channels: 3, samples: 20, deadTimeUs: 3, statusEvery: 7 }),
    );
    const whole = plain(decode(bytes));
    for (const cut of [70, 500, 2000, 5000]) {
      const first = new FcioDecoder();
      const before = first.push(bytes.subarray(0, cut));
      const { batches, checkpoint } = first.flush();
      const resume = JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint;
      const after = decode(bytes.subarray(checkpoint.byteOffset), { resume });
      expect(plain([...before, ...batches, ...after]), `cut at ${cut}`).toEqual(whole);
    }
    const foreign = { ...new FcioDecoder().flush().checkpoint, format: 'orca' };
    expect(() => new FcioDecoder({ resume: foreign })).toThrow(/format orca/);
  });

  it('goes on in a second table when a joined file has another record length', () => {
    const bytes = concatenate([
      ...simulateFcio({ events: 2, samples: 8 }),
      ...simulateFcio({ events: 3, samples: 9 }),
    ]);
    const decoder = new FcioDecoder();
    const tables = collectTables([...decoder.push(bytes), ...decoder.finish()]);
    expect(tables.get('FCEvent')!.rows).toBe(8);
    expect(tables.get('FCEvent_2')!.rows).toBe(12);
    expect(tables.get('FCConfig')!.rows).toBe(2);
    expect(decoder.report().anomalyCounts).toEqual({ layout: 1 });
  });

  it('sends keys to tables by an output specification', () => {
    const bytes = concatenate(simulateFcio({ events: 4, channels: 3, samples: 6 }));
    const keys = [0, 1, 2].map((i) => rawIdOf(simulationConfig({ channels: 3 }), i));
    const outSpec = { FCEventDecoder: { 'ch{key:07d}': { key_list: ['*'], out_name: '{name}/raw' } } };
    expect([...collectTables(decode(bytes, { outSpec })).keys()]).toEqual(
      keys.map((key) => `ch${String(key).padStart(7, '0')}/raw`),
    );
  });

  it('counts but does not return rows of an empty out_stream', () => {
    const bytes = concatenate(simulateFcio({ events: 4, channels: 1, samples: 6 }));
    const outSpec = { FCEventDecoder: { hidden: { key_list: ['*'], out_stream: '' } } };
    const decoder = new FcioDecoder({ outSpec });
    expect([...decoder.push(bytes), ...decoder.finish()]).toEqual([]);
    expect(decoder.report().rows).toBe(4);
    expect(decoder.tables()).toMatchObject([{ path: 'hidden', rows: 4 }]);
  });

  it('says what a layout leaves out, claims twice or names wrongly', () => {
    const bytes = concatenate(simulateFcio({ events: 4, channels: 3, samples: 6, statusEvery: 2 }));
    const key = rawIdOf(simulationConfig({ channels: 3 }), 1);
    const groups = { a: { key_list: [key] }, b: { key_list: [[key, key] as const] } };
    const decoder = new FcioDecoder({ outSpec: { FCEventDecoder: groups, NoDecoder: groups } });
    decoder.push(bytes);
    decoder.finish();
    const { unrequested, anomalies } = decoder.report();
    expect(unrequested).toEqual({ FCEventDecoder: 8, FCStatusDecoder: 4 });
    expect(anomalies.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^out_spec\.NoDecoder: no such decoder here/),
      `out_spec.FCEventDecoder: key ${key} is claimed by a, b; it goes to b`,
    ]);
  });
});
