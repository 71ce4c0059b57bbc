import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray, StringArray, Struct, Table } from '@countroom/records';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { putSample, sampleFacts, sampleSchema } from '../../testing/sample-batches.js';
import { publishBatch } from '../batch-writer.js';
import { infoBatch } from '../info-table.js';
import { Ring } from '../ring/ring.js';
import { accountBatch, type SourceAccount } from '../source-account.js';
import { nodeFiles } from '../spool/spool-files.js';
import { SpoolWriter } from '../spool/spool-writer.js';
import { packSegments } from './pack-segments.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Closed segments of one source: a first line, batches of three rows, a last line. */
async function segments(
  source: string,
  batches: number,
  options: { runId?: string; table?: string; rowsPerEvent?: number; account?: SourceAccount } = {},
): Promise<string[]> {
  const schemas = [sampleFacts.schemas[0]!, { ...sampleSchema, name: options.table ?? sampleSchema.name }];
  const run = { ...sampleFacts.run, runId: options.runId ?? sampleFacts.run.runId };
  const facts = { ...sampleFacts, source, schemas, run, rowsPerEvent: options.rowsPerEvent ?? 1 };
  const spool = new SpoolWriter(
    facts,
    { folder, name: source, minFreeBytes: 0, segmentBytes: 2000 },
    nodeFiles,
    () => ({
      monotonicNs: 0n,
      epochNs: 0n,
    }),
  );
  const ring = Ring.create({ slots: 16, bytes: 65_536 });
  const producer = ring.producer();
  const consumer = ring.attach('spool', { kind: 'obligatory' });
  const move = async (): Promise<void> => {
    for (let record = consumer.take(); record !== undefined; record = consumer.take()) spool.append(record);
    await spool.tend();
  };
  publishBatch(producer, 0, infoBatch([{ timeNs: 100n, message: 'Beginning run' }]));
  for (let i = 0; i < batches; i++) {
    putSample(producer, 3 * i, 3);
    await move();
  }
  if (options.account !== undefined) publishBatch(producer, 0, accountBatch(options.account), 0);
  publishBatch(producer, 0, infoBatch([{ timeNs: 900n, message: 'Ending run' }]));
  await move();
  await spool.close();
  return [...spool.closedSegments];
}

const account: SourceAccount = {
  timeNs: 800n,
  triggers: 10n,
  recorded: 9n,
  dropped: 1n,
  runNs: 700n,
  pausedNs: 100n,
  liveNs: 500n,
  deadNs: 60n,
  bufferNs: 40n,
};

describe('packSegments', () => {
  it('makes a table per channel and run/info, whatever the blocks and segments are', async () => {
    const files = await segments('hpge', 40);
    expect(files.length).toBeGreaterThan(1);
    const target = join(folder, 'raw.lh5');
    const report = await packSegments({ segments: files, target, blockRows: 7, compression: 4 }, lh5Backend);
    expect(report).toMatchObject({ written: true, rows: { 'ch0000001/raw': 120, 'run/info': 2 } });
    const reader = await lh5Backend.openReader(target);
    const table = await reader.readTable('ch0000001/raw');
    expect(table.rows).toBe(120);
    const numbers = (table.columns.get('eventnumber') as NdArray).data as BigInt64Array;
    expect(Array.from(numbers)).toEqual(Array.from({ length: 120 }, (_, i) => BigInt(i) + 2n ** 60n));
    const values = (table.columns.get('waveform') as Table).columns.get('values') as NdArray;
    expect(values).toMatchObject({ dtype: 'uint16', shape: [120, 5], attrs: { units: 'adc' } });
    expect(Array.from(values.data.slice(5 * 119) as Uint16Array)).toEqual([119, 120, 121, 122, 123]);
    const info = (await reader.read('run/info')) as Struct;
    expect(info.fields.get('complete')).toMatchObject({ value: true });
    expect(info.fields.get('run_id')).toMatchObject({ value: sampleFacts.run.runId });
    const records = info.fields.get('records') as Table;
    expect((records.columns.get('message') as StringArray).values).toEqual(['Beginning run', 'Ending run']);
    await reader.close();
  });

  it('packs several sources into one file', async () => {
    const files = [...(await segments('a', 3)), ...(await segments('b', 2, { table: 'ch0000002/raw' }))];
    const report = await packSegments({ segments: files, target: join(folder, 'raw.lh5') }, lh5Backend);
    expect(report.rows).toEqual({ 'ch0000001/raw': 9, 'ch0000002/raw': 6, 'run/info': 4 });
    expect(report.events).toBe(15);
  });

  it('counts rows of one event once', async () => {
    const scope = await segments('scope', 3, { rowsPerEvent: 2 });
    const digitizer = await segments('digitizer', 2, { table: 'ch0000002/raw' });
    const options = { segments: [...scope, ...digitizer], target: join(folder, 'raw.lh5') };
    const { events } = await packSegments(options, lh5Backend);
    // The last event of the scope was cut off: nine rows are four events.
    expect(events).toBe(4 + 6);
    expect((await packSegments(options, lh5Backend)).events).toBe(events);
  });

  it('tells whole events and the last account of each source', async () => {
    const files = await segments('scope', 3, { rowsPerEvent: 2, account });
    const { sources } = await packSegments({ segments: files, target: join(folder, 'raw.lh5') }, lh5Backend);
    expect(sources).toEqual([
      {
        source: 'scope',
        events: 4n,
        rowsPerEvent: 2,
        bytes: expect.any(BigInt) as bigint,
        account,
        complete: false,
      },
    ]);
  });

  it('keeps what is there, and packs the same again', async () => {
    const files = await segments('hpge', 5);
    const target = join(folder, 'raw.lh5');
    const first = await packSegments({ segments: files, target }, lh5Backend);
    const kept = await packSegments({ segments: files, target }, lh5Backend);
    expect(kept).toEqual({ ...first, written: false, sources: [] });
    const again = await packSegments({ segments: files, target, existing: 'replace' }, lh5Backend);
    expect(again.rows).toEqual(first.rows);
  });

  it('has tables without rows too', async () => {
    const files = await segments('hpge', 0);
    const report = await packSegments({ segments: files, target: join(folder, 'raw.lh5') }, lh5Backend);
    expect(report.rows).toEqual({ 'ch0000001/raw': 0, 'run/info': 2 });
  });

  it.each([
    [
      'a missing segment',
      async () => [...(await segments('x', 30)).slice(1)],
      /begins with batch \d+ where 0 was expected/,
    ],
    [
      'a segment of another run',
      async () => [...(await segments('x', 2)), ...(await segments('y', 2, { runId: 'z' }))],
      /is of run z/,
    ],
    [
      'a file that is not there',
      () => Promise.resolve([join(folder, 'nothing.spool')]),
      /nothing\.spool is missing/,
    ],
    ['no segments', () => Promise.resolve([]), /there are no segments/],
    [
      'a cut segment',
      async () => {
        const [file] = await segments('x', 3);
        truncateSync(file!, statSync(file!).size - 40);
        return [file!];
      },
      /was not closed .* recover it first/,
    ],
  ])('leaves nothing behind after %s', async (_what, make, message) => {
    const target = join(folder, 'raw.lh5');
    await expect(packSegments({ segments: await make(), target }, lh5Backend)).rejects.toThrow(message);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder).filter((name) => !name.endsWith('.spool'))).toEqual([]);
  });

  it('can be cancelled', async () => {
    const segmentsOf = await segments('hpge', 3);
    const target = join(folder, 'raw.lh5');
    const packing = packSegments({ segments: segmentsOf, target, signal: AbortSignal.abort() }, lh5Backend);
    await expect(packing).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(target)).toBe(false);
  });
});
