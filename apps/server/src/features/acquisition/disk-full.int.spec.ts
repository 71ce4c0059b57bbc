import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { DetectorFixture, simulatedDetector } from './testing/detector-fixture.js';
import { rowsOf } from './testing/raw-file.js';

/** A file system of a few megabytes; only root may make one. */
function mountSmall(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a disk that is really full', () => {
  let database: TestDatabase;
  let fixture: DetectorFixture;
  let mounted: boolean;

  beforeEach(async () => {
    database = await createTestDatabase();
    fixture = new DetectorFixture(database.url);
    mounted = mountSmall(fixture.storeFolder);
    const content = simulatedDetector();
    await fixture.create({
      ...content,
      sources: content.sources.map((source, index) => ({
        ...source,
        config: {
          recordSamples: 1024,
          preTriggerSamples: 400,
          channels: [0, 1].map((channel) => ({ channel: 2 * index + channel, rateHz: 800 })),
        },
      })),
    });
  });
  afterEach(async () => {
    await fixture.close(() => {
      if (mounted) execFileSync('umount', ['-l', fixture.storeFolder]);
    });
    await database.drop();
  });

  it('ends the run with an alarm and keeps every event that was made durable', async ({ skip }) => {
    if (!mounted) skip('only root may mount the small file system that this needs');
    const first = await fixture.start();
    await fixture.done('start');
    const run = await waitFor('the run ended', async () => {
      const found = await fixture.run(1);
      return (found?.endedAt ?? null) === null ? undefined : found;
    });
    expect(run.outcome).toBe('failed');
    expect(run.reason).toMatch(/could not be written/);
    const durable = BigInt((run.counters as Record<string, string>)['durable']!);
    expect(durable).toBeGreaterThan(1000n);
    const open = async (code: string) => fixture.prisma.alarm.findFirst({ where: { code, clearedAt: null } });
    await waitFor('the alarm', async () => (await open('disk.failed')) ?? undefined);
    await waitFor(
      'the alarm that it could not be packed',
      async () => (await open('run.unpacked')) ?? undefined,
    );
    await fixture.reportWhere('at rest', (report) => report.state === 'STOP' && report.phase === 'idle');
    await fixture.stop(first);

    execFileSync('mount', ['-o', 'remount,size=200m', fixture.storeFolder]);
    await fixture.start();
    const packed = await fixture.packedRun(1);
    const rows = await rowsOf(join(fixture.storeFolder, packed.datasets[0]!.path));
    const events = BigInt(Object.values(rows).reduce((sum, count) => sum + count, 0));
    expect(events).toBeGreaterThanOrEqual(durable);
    expect(packed.recorded).toBe(events);
    await waitFor('the alarm cleared', async () => (await open('run.unpacked')) === null);
    expect(await fixture.done('start')).toMatchObject({ kind: 'completed', result: { run: 2 } });
  });
});
