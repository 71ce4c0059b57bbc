import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../testing/eventually.js';
import { putSample, sampleBatch, sampleFacts } from '../../testing/sample-batches.js';
import { cloneBatch } from '../batch-codec.js';
import type { DriverError } from '../errors.js';
import { Ring } from '../ring/ring.js';
import { SegmentReader } from './segment-reader.js';
import type { SpoolOptions } from './spool.api.js';
import { nodeFiles, type SpoolFiles } from './spool-files.js';
import { recoverSpool } from './spool-recovery.js';
import { SpoolWriter } from './spool-writer.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const anchor = { monotonicNs: 5n, epochNs: 2n ** 60n + 1n };

function writer(options: Partial<SpoolOptions> = {}, files: SpoolFiles = nodeFiles): SpoolWriter {
  return new SpoolWriter(
    sampleFacts,
    { folder, name: 'sample', minFreeBytes: 0, ...options },
    files,
    () => anchor,
  );
}

/** Feeds batches `from` to `to` of three rows each. */
function feed(spool: SpoolWriter, from: number, to: number): void {
  const ring = Ring.create({ slots: 16, bytes: 65_536 });
  const producer = ring.producer();
  const consumer = ring.attach('spool', { kind: 'obligatory' });
  for (let i = 0; i < to; i++) {
    putSample(producer, 3 * i, 3);
    const record = consumer.take()!;
    if (i >= from) spool.append(record);
  }
}

function readAll(file: string): { rows: number[]; end: SegmentReader['end'] } {
  const reader = new SegmentReader(file);
  const rows: number[] = [];
  for (let found = reader.nextBatch(); found !== undefined; found = reader.nextBatch()) {
    const first = Number((found.batch.columns[0]!.data[0] as bigint) - 2n ** 60n);
    expect(cloneBatch(found.batch)).toEqual(cloneBatch(sampleBatch(first, found.batch.rows)));
    rows.push(first);
  }
  reader.close();
  return { rows, end: reader.end };
}

describe('SpoolWriter', () => {
  it('writes segments that can be read with nothing else at hand', async () => {
    const spool = writer();
    feed(spool, 0, 5);
    await spool.close();
    const [file] = spool.closedSegments;
    const { header } = new SegmentReader(file!);
    expect(header).toMatchObject({
      ...sampleFacts,
      version: 1,
      endianness: 'little',
      segment: 0,
      firstSequence: 0n,
    });
    expect(header.anchors).toEqual([anchor]);
    expect(readAll(file!)).toMatchObject({ rows: [0, 3, 6, 9, 12], end: { closed: true, reason: '' } });
  });

  it('counts what is gathered, written and durable apart', async () => {
    const spool = writer({ syncMs: 0 });
    feed(spool, 0, 4);
    expect(spool.written.rows).toBe(0n);
    spool.flush();
    expect(spool.written).toMatchObject({ rows: 12n, batches: 4n });
    expect(spool.durable.rows).toBe(0n);
    await spool.tend();
    await eventually('the data is durable', () => spool.durable.rows === 12n);
    await spool.close();
    expect(spool.durable).toEqual(spool.written);
  });

  it('rolls over by size, and the segments follow each other without gaps', async () => {
    const spool = writer({ segmentBytes: 600 });
    for (let i = 0; i < 12; i++) {
      feed(spool, i, i + 1);
      await spool.tend();
    }
    await spool.close();
    expect(spool.closedSegments.length).toBeGreaterThan(2);
    const read = spool.closedSegments.map(readAll);
    expect(read.every(({ end }) => end?.closed)).toBe(true);
    expect(read.flatMap(({ rows }) => rows)).toEqual(Array.from({ length: 12 }, (_, i) => 3 * i));
  });

  it('refuses a batch out of sequence and names that are no file names', () => {
    expect(() => feed(writer(), 1, 2)).toThrow(/batch 1 of sample came where 0 was expected/);
    expect(() => writer({ name: '../x' })).toThrow(/letters, digits/);
  });

  it('stops at a full disk with a typed error and leaves whole frames only', async () => {
    let room = 3000;
    const files: SpoolFiles = {
      ...nodeFiles,
      write: (descriptor, bytes) => {
        if (room <= 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        const part = bytes.subarray(0, room);
        room -= part.length;
        return nodeFiles.write(descriptor, part);
      },
    };
    const spool = writer({}, files);
    let failure: DriverError | undefined;
    let fed = 0;
    try {
      for (; fed < 100; fed++) {
        feed(spool, fed, fed + 1);
        spool.flush();
      }
    } catch (thrown) {
      failure = thrown as DriverError;
    }
    expect(failure).toMatchObject({ code: 'spool-full', place: folder });
    expect(failure?.message).toMatch(/is full while writing .* free space/);
    expect(spool.written.batches).toBe(BigInt(fed));
    expect(() => spool.flush()).toThrow(failure);
    await expect(spool.close()).rejects.toThrow(failure);
    expect(recoverSpool(folder)).toMatchObject([{ usable: true, batches: fed, cutBytes: 0, reason: '' }]);
    expect(readAll(join(folder, 'sample.00000.spool')).end?.closed).toBe(true);
  });

  it('does not begin below the wanted free space, and says when it gets low', () => {
    let free = 1000;
    const files: SpoolFiles = { ...nodeFiles, freeBytes: () => free };
    expect(() => writer({ minFreeBytes: 2000 }, files)).toThrow(/full before the run/);
    const spool = writer({ minFreeBytes: 500 }, files);
    expect(spool.lowSpace()).toBe(false);
    free = 400;
    expect(spool.lowSpace()).toBe(true);
  });
});

describe('recoverSpool', () => {
  /** An open segment with five batches, as a killed process leaves it. */
  function killed(): { file: string; bytes: Buffer } {
    const spool = writer();
    feed(spool, 0, 5);
    spool.flush();
    const file = join(folder, readdirSync(folder)[0]!);
    expect(file).toMatch(/\.spool\.open$/);
    return { file, bytes: readFileSync(file) };
  }

  it('keeps every whole frame wherever the file was cut', () => {
    const { file, bytes } = killed();
    const whole: number[] = [];
    for (let cut = bytes.length; cut > bytes.length - 200; cut--) {
      writeFileSync(file, bytes.subarray(0, cut));
      const [report] = recoverSpool(folder);
      const { rows, end } = readAll(report!.file);
      expect(end?.closed).toBe(true);
      expect(rows).toEqual([0, 3, 6, 9, 12].slice(0, report!.batches));
      expect(report!.keptBytes + report!.cutBytes).toBe(cut);
      if (report!.cutBytes === 0) whole.push(report!.batches);
      rmSync(report!.file);
    }
    expect(whole).toEqual([5, 4]);
  });

  it('cuts at the first damaged byte and says why', () => {
    const { file, bytes } = killed();
    bytes[bytes.length - 20]! ^= 1;
    writeFileSync(file, bytes);
    expect(recoverSpool(folder)).toMatchObject([
      { usable: true, batches: 4, rows: 12n, reason: 'checksum is wrong' },
    ]);
    expect(recoverSpool(folder)).toEqual([]);
    expect(readAll(join(folder, 'sample.00000.spool')).rows).toEqual([0, 3, 6, 9]);
  });

  it('leaves files alone whose header is no good', () => {
    const { file } = killed();
    truncateSync(file, 40);
    expect(recoverSpool(folder)).toMatchObject([{ file, usable: false, batches: 0 }]);
    expect(statSync(file).size).toBe(40);
  });

  it('ends at random bytes without an exception', () => {
    const { file, bytes } = killed();
    const junk = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 7919) % 256));
    writeFileSync(file, Buffer.concat([bytes, junk]));
    expect(recoverSpool(folder)).toMatchObject([{ batches: 5, cutBytes: 500, reason: 'no frame mark' }]);
  });
});
