import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { expectCounted, touchSpool } from './testing/cut-off.js';
import { DetectorFixture } from './testing/detector-fixture.js';
import { eventsOf, rowsOf } from './testing/raw-file.js';

describe('an acquisition process', () => {
  let database: TestDatabase;
  let fixture: DetectorFixture;

  beforeEach(async () => {
    database = await createTestDatabase();
    fixture = new DetectorFixture(database.url);
    await fixture.create();
  });
  afterEach(async () => {
    await fixture.close();
    await database.drop();
  });

  const durableAbove = async (least: bigint): Promise<bigint> => {
    const report = await fixture.reportWhere(
      'durable events',
      ({ counters }) => BigInt(counters.durable) > least,
    );
    return BigInt(report.counters.durable);
  };

  it('killed in a run loses nothing that was durable; its successor closes and packs the run', async () => {
    const first = await fixture.start();
    await fixture.done('start');
    const durable = await durableAbove(200n);
    await fixture.kill(first);
    // Neither the last report nor the hour of the recovery has a say in what the spool knows.
    await fixture.prisma.detectorActual.deleteMany();
    const lastTouch = await touchSpool(fixture);
    const second = await fixture.start();
    const run = await fixture.packedRun(1);
    expect(run).toMatchObject({
      outcome: 'interrupted',
      reason: expect.stringMatching(/without closing/) as string,
    });
    expect(run.recorded).toBeGreaterThanOrEqual(durable);
    const rows = await rowsOf(join(fixture.storeFolder, run.datasets[0]!.path));
    expect(run.endedAt).toEqual(lastTouch);
    expectCounted(run, [
      ['left', rows['ch0000000/raw']! + rows['ch0000001/raw']!],
      ['right', rows['ch0000002/raw']! + rows['ch0000003/raw']!],
    ]);
    expect(await fixture.prisma.detectorGoal.findFirst()).toMatchObject({ state: 'STOP' });
    const alarm = { where: { code: 'run.interrupted' } };
    expect(await fixture.prisma.alarm.findFirst(alarm)).toMatchObject({ clearedAt: null, severity: 'alarm' });
    expect(await fixture.done('start')).toMatchObject({ kind: 'completed', result: { run: 2 } });
    await waitFor(
      'the end of the alarm',
      async () => (await fixture.prisma.alarm.findFirst(alarm))?.clearedAt,
    );
    await fixture.stop(second);
  });

  it('told to stop in a run drains it, closes it and says why', async () => {
    const child = await fixture.start();
    await fixture.done('start');
    await durableAbove(50n);
    expect(await fixture.stop(child)).toBe(0);
    const run = await fixture.run(1);
    expect(run).toMatchObject({ outcome: 'interrupted', reason: 'stopped with the server' });
    const counters = run!.counters as Record<string, string>;
    expect(counters['durable']).toBe(counters['recorded']);
    await fixture.start();
    const packed = await fixture.packedRun(1);
    expect(packed.outcome).toBe('interrupted');
    expect(await eventsOf(fixture.storeFolder, packed.datasets[0]!.path)).toBe(BigInt(counters['recorded']!));
  });

  it('waits while another one owns the detector, and takes over when that one is gone', async () => {
    const first = await fixture.start();
    await fixture.done('start');
    const second = fixture.spawn();
    await waitFor('the second one waiting', () => /waiting until it lets go/.test(fixture.output));
    expect(second.exitCode).toBeNull();
    expect((await fixture.report())?.state).toBe('RUN');
    const ready = fixture.ready(second);
    await fixture.stop(first);
    await ready;
    const lease = await fixture.prisma.lease.findUniqueOrThrow({ where: { name: 'acquisition/demo' } });
    expect(lease.instanceId).toContain(`/${second.pid ?? 0}/`);
    expect(lease.token).toBe(2n);
  });

  it('whose detector was taken ends its run and itself', async () => {
    const child = await fixture.start();
    await fixture.done('start');
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await fixture.prisma.lease.updateMany({ data: { instanceId: 'elsewhere/1/x', token: 99n } });
    expect(await ended).toBe(1);
    expect(await fixture.run(1)).toMatchObject({ endedAt: null });
  });

  it('gives up what it had not done when it was killed', async () => {
    const first = await fixture.start();
    await fixture.prisma.detectorGoal.updateMany({ data: { state: 'RUN' } });
    const { id } = await fixture.prisma.intent.create({
      data: {
        detectorId: fixture.detectorId,
        idempotencyKey: 'left-behind',
        command: 'start',
        payload: {},
        goalVersion: 1,
        batonToken: 1n,
        by: 'ada',
        status: 'taken',
      },
    });
    await fixture.kill(first);
    await fixture.start();
    expect(await fixture.outcomeOf(id)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/started anew/) as string,
    });
    await waitFor('the goal', async () => (await fixture.prisma.detectorGoal.findFirst())?.state === 'STOP');
  });
});
