import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeStream } from '../core/decode-stream.js';
import type { Checkpoint, DecodedBatch } from '../core/decoder.js';
import { standardFormats } from '../formats.js';
import { collectTables } from '../testing/collect.js';
import { concatenate, randomBytes } from '../testing/corrupt.js';
import { flashCamExample } from '../testing/orca/orca-examples.js';
import { growingChunks } from './growing-file.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-growing-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

describe('growingChunks', () => {
  it('waits for more until it is told to stop, and says when it has caught up', async () => {
    const content = randomBytes(1000, 1);
    writeFileSync(path('a'), content.subarray(0, 300));
    const stop = new AbortController();
    const taken: Uint8Array[] = [];
    let rounds = 0;
    for await (const chunk of growingChunks(path('a'), { chunkBytes: 256, pollMs: 1, stop: stop.signal })) {
      taken.push(chunk.slice());
      if (chunk.length > 0) continue;
      rounds++;
      if (rounds === 1) appendFileSync(path('a'), content.subarray(300, 700));
      else {
        // Written before the stop: it belongs to the file.
        appendFileSync(path('a'), content.subarray(700));
        stop.abort();
      }
    }
    expect(concatenate(taken)).toEqual(content);
    expect(rounds).toBe(2);
  });

  it('ends when the file does not grow any more', async () => {
    writeFileSync(path('b'), 'complete');
    const sizes: number[] = [];
    for await (const chunk of growingChunks(path('b'), { idleMs: 5, start: 3 })) sizes.push(chunk.length);
    expect(sizes).toEqual([5, 0]);
  });

  it('notices a file that was cut', async () => {
    writeFileSync(path('c'), 'complete');
    const read = async (): Promise<void> => {
      for await (const chunk of growingChunks(path('c'), { pollMs: 1 })) {
        if (chunk.length === 0) truncateSync(path('c'), 2);
      }
    };
    await expect(read()).rejects.toThrow('has become shorter');
    const missing = growingChunks(path('none')).next();
    await expect(missing).rejects.toThrow(/none: the file cannot be opened \(ENOENT\)/);
  });
});

describe('decoding a file while it is written', () => {
  const recording = flashCamExample(40);
  const plain = (batches: readonly DecodedBatch[]): unknown =>
    [...collectTables(batches)].map(([name, { columns }]) => [name, [...columns]]).sort();

  it('gives rows as they come, and goes on later where it was cancelled', async () => {
    const file = path('run.orca');
    const pieces = [0.2, 0.5, 0.9, 1].map((share) => Math.floor(share * recording.length));
    writeFileSync(file, recording.subarray(0, pieces[0]));
    const batches: DecodedBatch[] = [];
    let checkpoint: Checkpoint | undefined;
    const cancel = new AbortController();
    let written = 0;
    const follow = async (resume?: Checkpoint): Promise<void> => {
      const source = growingChunks(file, {
        pollMs: 1,
        chunkBytes: 4096,
        start: resume?.byteOffset ?? 0,
        ...(resume === undefined ? { stop: cancel.signal } : { idleMs: 20 }),
      });
      const stream = decodeStream(source, standardFormats(), {
        signal: cancel.signal,
        onCheckpoint: (reached) => {
          checkpoint = reached;
          const [from, to] = [pieces[written], pieces[written + 1]];
          if (to === undefined) return;
          if (written === 2 && resume === undefined) cancel.abort(new Error('cancelled here'));
          else appendFileSync(file, recording.subarray(from, to));
          written++;
        },
        ...(resume === undefined ? {} : { resume, signal: new AbortController().signal }),
      });
      for await (const batch of stream) batches.push(batch);
    };
    await expect(follow()).rejects.toThrow('cancelled here');
    const before = batches.reduce((rows, { batch }) => rows + batch.rows, 0);
    expect(before).toBeGreaterThan(100);
    appendFileSync(file, recording.subarray(pieces[2]));
    await follow(JSON.parse(JSON.stringify(checkpoint)) as Checkpoint);
    const whole: DecodedBatch[] = [];
    for await (const batch of decodeStream([recording], standardFormats())) whole.push(batch);
    expect(plain(batches)).toEqual(plain(whole));
  });

  it('makes a checkpoint after so many bytes when there is always more', async () => {
    const reached: number[] = [];
    const chunks = Array.from({ length: 50 }, (_, i) => recording.slice(2000 * i, 2000 * (i + 1)));
    const options = {
      checkpointBytes: 10_000,
      onCheckpoint: (at: Checkpoint) => reached.push(at.byteOffset),
    };
    for await (const batch of decodeStream(chunks, standardFormats(), options))
      expect(batch.batch.rows).toBeGreaterThan(0);
    expect(reached.length).toBeGreaterThan(5);
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
  });
});
