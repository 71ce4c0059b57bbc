import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.js';
import { sampleFacts } from '../../testing/sample-batches.js';
import { startSource } from '../source-host.js';
import { workerEntry } from '../worker-entry.js';
import { SegmentReader } from './segment-reader.js';
import { startSpool } from './spool-host.js';
import { listSegments, recoverSpool } from './spool-recovery.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-int-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = sampleFacts.run;

interface Progress {
  readonly writtenRows: string;
}

/** A process that takes data into the folder and tells what it counts as written. */
function taker(): { child: ChildProcess; written: () => bigint } {
  const child = fork(workerEntry('../../testing/spool-taker.js', import.meta.url), [folder], {
    stdio: 'inherit',
  });
  let written = 0n;
  child.on('message', (progress: Progress) => {
    written = BigInt(progress.writtenRows);
  });
  return { child, written: () => written };
}

describe('a killed process', () => {
  it('loses nothing that was written, and what is left is whole', async () => {
    const { child, written } = taker();
    await eventually('rows are written', () => written() > 5000n, 30_000);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const acknowledged = written();
    const reports = recoverSpool(folder);
    expect(reports.every(({ usable }) => usable)).toBe(true);
    let rows = 0n;
    let expected = 0n;
    for (const file of listSegments(folder).closed) {
      const reader = new SegmentReader(file);
      expect(reader.header.firstSequence).toBe(expected);
      for (let frame = reader.next(); frame !== undefined; frame = reader.next()) rows += BigInt(frame.rows);
      expect(reader.end?.closed).toBe(true);
      expected = reader.nextSequence;
      reader.close();
    }
    expect(rows).toBeGreaterThanOrEqual(acknowledged);
  });
});

describe('a full disk', () => {
  const mounted = canMount();

  it.skipIf(!mounted)('stops the spool with a typed error, and every frame on it is whole', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    try {
      const faults: unknown[] = [];
      const config = { pacing: 'fast', recordSamples: 512, preTriggerSamples: 256 };
      const source = await startSource({
        source: 'hpge',
        kind: 'simulated-digitizer',
        config,
        simulate: true,
      });
      const { tables, device } = await source.prepare(run);
      const facts = { source: 'hpge', schemas: tables, run, device };
      const options = { folder: disk, name: 'hpge', minFreeBytes: 0 };
      const spool = await startSpool(source.ring, facts, options, { fault: (error) => faults.push(error) });
      await source.start();
      await eventually('the disk is full', () => faults.length > 0, 30_000);
      await expect(spool.finish()).rejects.toMatchObject({ code: 'spool-full', place: disk });
      await eventually('the device is held', () => source.status.bufferFull, 30_000);
      expect(await source.stop(200)).toMatchObject({ drained: false });
      await source.close();
      const [report] = readWhole(disk);
      expect(report).toBe('');
      expect(spool.counters.writtenBytes).toBeGreaterThan(1_000_000n);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

/** Why each segment in a folder ends; nothing for those that end after a whole frame. */
function readWhole(disk: string): string[] {
  const { closed, open } = listSegments(disk);
  return [...closed, ...open].map((file) => {
    const reader = new SegmentReader(file);
    while (reader.next() !== undefined);
    reader.close();
    return reader.end?.reason ?? 'not read';
  });
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}
