import { describe, expect, it } from 'vitest';
import type { IntegrityReport } from '../core/integrity.js';
import { collectTables, type WholeTable } from '../testing/collect.js';
import { concatenate, corrupted, damaged, randomBytes } from '../testing/corrupt.js';
import { FcioDecoder } from './fcio-decoder.js';
import {
  encodeConfig,
  encodeEvent,
  encodeEventHeader,
  encodeProtocol,
  encodeRecEvent,
  encodeRecord,
  encodeStatus,
} from './fcio-encoder.js';
import { faults } from './fcio-scanner.js';
import { simulateFcio, simulationConfig } from './fcio-simulation.js';

interface Result {
  readonly events: WholeTable | undefined;
  readonly report: IntegrityReport;
}

/** A file of these tests has fewer rows. Thousands are read: room for more in each is what took the time. */
const batchRows = 128;

function decode(bytes: Uint8Array, chunk = 1 << 16): Result {
  const decoder = new FcioDecoder({ batchRows });
  const batches = [];
  for (let at = 0; at < bytes.length; at += chunk)
    batches.push(...decoder.push(bytes.subarray(at, at + chunk)));
  batches.push(...decoder.finish());
  return { events: collectTables(batches).get('FCEvent'), report: decoder.report() };
}

const parts = [...simulateFcio({ events: 30, channels: 2, samples: 64, statusEvery: 10 })];
const file = concatenate(parts);
const startOf = (part: number): number => concatenate(parts.slice(0, part)).length;
const numbers = (events: WholeTable | undefined): number[] => [
  ...new Set(events!.columns.get('eventnumber')!.data as Int32Array),
];

describe('integrity of FCIO input', () => {
  it('is clean for a whole file and counts its records', () => {
    const { report, events } = decode(file);
    expect(report).toMatchObject({ clean: true, bytes: file.length, rows: 30 * 2 + 3 * 2 + 1 });
    expect(report.records).toEqual({ Config: 1, Event: 30, Status: 3 });
    expect(events!.rows).toBe(60);
  });

  it('keeps every whole record of a file cut anywhere', () => {
    for (let cut = startOf(5); cut < startOf(7); cut++) {
      const { events, report } = decode(file.subarray(0, cut));
      const whole = cut >= startOf(6) ? 4 : 3;
      const shortened = cut - startOf(whole + 2);
      expect(events!.rows / 2, `cut at ${cut}`).toBeGreaterThanOrEqual(whole);
      if (events!.rows / 2 === whole) {
        const end = shortened === 0 ? null : { offset: startOf(whole + 2), length: shortened };
        expect(report.truncatedEnd).toEqual(end);
      }
    }
  });

  it('takes stray bytes at the end for a truncated record', () => {
    const { events, report } = decode(concatenate([file, Uint8Array.of(1, 2, 3)]));
    expect(events!.rows).toBe(60);
    expect(report.truncatedEnd).toEqual({ offset: file.length, length: 3 });
    expect(report.garbageCount).toBe(0);
  });

  it('steps over garbage between records', () => {
    const noise = randomBytes(999, 4);
    const at = startOf(8);
    const { events, report } = decode(concatenate([file.subarray(0, at), noise, file.subarray(at)]));
    expect(events!.rows).toBe(60);
    expect(report.garbageBytes).toBe(999);
    expect(report.garbage[0]).toMatchObject({ offset: at });
  });

  it('loses one record to a broken frame length and says where', () => {
    const at = startOf(10);
    for (const size of [70_000, 5000, 300, 90, 1, -5]) {
      const broken = file.slice();
      new DataView(broken.buffer).setInt32(at + 4 + 8 + 8 + 44 + 44, size, true);
      const { events, report } = decode(broken);
      expect(events!.rows, `length ${size}`).toBeGreaterThanOrEqual(58);
      expect(report.clean).toBe(false);
      expect(numbers(events).slice(-3)).toEqual([27, 28, 29]);
    }
  });

  it('stays within bounded memory in a sea of zeros and goes on behind it', () => {
    const at = startOf(9);
    const { events, report } = decode(
      concatenate([file.subarray(0, at), new Uint8Array(3_000_000), file.subarray(at)]),
    );
    expect(events!.rows).toBe(60);
    expect(report.garbageBytes).toBeGreaterThan(2_990_000);
  });

  it('refuses a record that would never end', () => {
    const frame = concatenate([new Uint8Array(Int32Array.of(60_000).buffer), new Uint8Array(60_000)]);
    const endless = concatenate([
      new Uint8Array(Int32Array.of(-99).buffer),
      ...Array.from({ length: 60 }, () => frame),
    ]);
    const { events, report } = decode(concatenate([...parts.slice(0, 5), endless, ...parts.slice(5)]));
    expect(events!.rows).toBe(60);
    expect(report.garbage).toMatchObject([{ length: endless.length, reason: faults.recordTooLong }]);
  });

  it('keeps garbage verbatim when asked to', () => {
    const noise = randomBytes(2000, 6);
    const at = startOf(8);
    const bytes = concatenate([file.subarray(0, at), noise, file.subarray(at), Uint8Array.of(1, 2)]);
    for (const chunk of [100, 1 << 16]) {
      const decoder = new FcioDecoder({ keepGarbage: true });
      const batches = [];
      for (let i = 0; i < bytes.length; i += chunk)
        batches.push(...decoder.push(bytes.subarray(i, i + chunk)));
      const garbage = collectTables([...batches, ...decoder.finish()]).get('FCGarbage')!;
      const kept = garbage.columns.get('packets')!.data as Uint8Array;
      expect(kept).toEqual(concatenate([noise, Uint8Array.of(1, 2)]));
      expect((garbage.columns.get('offset')!.data as BigUint64Array)[0]).toBe(BigInt(at));
    }
  });

  it('notes gaps in event numbers and times that run backwards', () => {
    const gap = [...parts.slice(0, 6), ...parts.slice(8)];
    expect(decode(concatenate(gap)).report.anomalies).toMatchObject([
      { kind: 'event-number-gap', detail: 'event 6 follows event 3', offset: startOf(6) },
    ]);
    const swapped = [...parts.slice(0, 4), parts[5]!, parts[4]!, ...parts.slice(6)];
    expect(decode(concatenate(swapped)).report.anomalyCounts).toEqual({
      'event-number-gap': 3,
      'time-backwards': 1,
    });
  });

  it('notes unknown records, records before a configuration and bad configurations', () => {
    const unknown = Uint8Array.from([...new Uint8Array(Int32Array.of(-77, 4, 9).buffer)]);
    expect(
      decode(concatenate([...parts.slice(0, 3), unknown, ...parts.slice(3)])).report.records,
    ).toMatchObject({
      'unknown:77': 1,
      Event: 30,
    });
    expect(
      decode(concatenate([parts[0]!, ...parts.slice(2, 4)])).report.anomalyCounts['no-configuration'],
    ).toBe(2);
    const bad = { ...simulationConfig(), adcs: 5000, traceMap: [] };
    expect(decode(concatenate([encodeProtocol(), encodeConfig(bad)])).report.anomalyCounts).toEqual({
      'bad-configuration': 1,
    });
  });

  it('notes traces of another length and fills the rest with zeros', () => {
    const short = simulationConfig({ channels: 2, samples: 60 });
    const samples = new Uint16Array(60).fill(7);
    const event = encodeEvent(short, { eventNumber: 0, pps: 0, ticks: 5 }, [
      { index: 0, words: [1, 2], samples },
      { index: 1, words: [1, 2], samples },
    ]);
    const { report, events } = decode(concatenate([...parts.slice(0, 2), event, ...parts.slice(3, 4)]));
    expect(report.anomalyCounts['frame-size']).toBe(1);
    expect(events!.rows).toBe(4);
    expect((events!.columns.get('waveform/values')!.data as Uint16Array)[127]).toBe(0);
  });

  it('survives any damage: a report, never an error, and most records kept', { timeout: 60_000 }, () => {
    let kept = 0;
    for (let seed = 1; seed <= 3000; seed++) {
      const { events, report } = decode(corrupted(file, seed), 1 + ((seed * 7919) % 5000));
      kept += events?.rows ?? 0;
      expect(report.garbageBytes).toBeLessThanOrEqual(report.bytes);
    }
    expect(kept / 3000).toBeGreaterThan(30);
  });

  it('survives damage to every kind of record', { timeout: 60_000 }, () => {
    const config = simulationConfig({ channels: 2, samples: 64 });
    const head = { eventNumber: 30, pps: 1, ticks: 5 };
    const words = [1, 2] as const;
    const frame = (length: number): Uint8Array => randomBytes(length, length);
    const fsp = (tag: number, frames: number[]): Uint8Array => encodeRecord(tag, frames.map(frame));
    const records = [
      fsp(8, [4, 8, 4, 4, 4, 4, 8, 24, 8, 8, 8, 8, 8, 12, 4, 8]),
      encodeConfig(config),
      fsp(9, [24, 32, 4, 12, 20, 8, 4, 8, 8, 8, 2]),
      encodeEventHeader(head, [{ index: 1, words }]),
      encodeRecEvent({ ...head, eventNumber: 31 }, [[{ flags: 1, amplitude: 2, time: 3 }], []]),
      fsp(10, [112]),
      encodeStatus(true, [1, 2, 3], [{ id: 0, environment: [1, 2] }]),
    ];
    const mixed = concatenate([...parts.slice(0, 4), ...records, ...records, ...parts.slice(4, 8)]);
    expect(decode(mixed).report.garbageCount).toBe(0);
    for (let seed = 1; seed <= 2000; seed++) {
      expect(() => decode(corrupted(mixed, seed), 1 + ((seed * 7919) % 900)), `seed ${seed}`).not.toThrow();
    }
  });

  it('survives random bytes', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const length = (seed * 37) % 3000;
      const head = seed % 2 === 0 ? concatenate(parts.slice(0, 2)) : new Uint8Array(0);
      const { report } = decode(concatenate([head, randomBytes(length, seed)]));
      expect(report.bytes).toBe(head.length + length);
    }
  });

  it('accounts for every byte of a file of random bytes', () => {
    const bytes = randomBytes(50_000, 9);
    const { report } = decode(bytes, 777);
    expect(report.garbageBytes + (report.truncatedEnd?.length ?? 0)).toBe(bytes.length);
  });

  it('notes a single flipped bit of a record header', () => {
    const at = startOf(10);
    const { report } = decode(damaged(file, 'flip', at + 2, 1, 3));
    expect(report.clean).toBe(false);
  });
});
