import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setSignalCommand } from '@countroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { DetectorFixture, simulatedDetector } from './testing/detector-fixture.js';
import { rowsOf } from './testing/raw-file.js';

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

const recorded = async (): Promise<bigint> => BigInt((await fixture.report())?.counters.recorded ?? '0');

describe('a run', () => {
  it('goes from start over pause to a raw file whose rows are the counters', async () => {
    const child = await fixture.start();
    const started = await fixture.done('start', { run: { tags: ['test'], comment: 'first light' } });
    expect(started).toMatchObject({ kind: 'completed', result: { run: 1 } });
    await fixture.reportWhere(
      'both sources take data',
      (report) =>
        report.sources.length === 2 &&
        report.sources.every((source) => BigInt(source.counters.recorded) > 10n),
    );
    expect(await fixture.done('pause')).toMatchObject({ kind: 'completed' });
    await fixture.reportWhere('paused', (report) => report.phase === 'paused');
    const before = await recorded();
    expect(await fixture.done('resume')).toMatchObject({ kind: 'completed' });
    await waitFor('more events', async () => (await recorded()) > before + 20n);
    const ended = await fixture.done('end', { reason: 'enough' });
    expect(ended).toMatchObject({ kind: 'completed', result: { run: 1, outcome: 'completed' } });

    const run = await fixture.packedRun(1);
    expect(run).toMatchObject({
      outcome: 'completed',
      reason: 'ended by ada: enough',
      mode: 'physics',
      tags: ['test'],
      comment: 'first light',
      dataKinds: ['raw'],
      spoolPath: null,
    });
    const counters = run.counters as Record<string, string>;
    expect(counters['durable']).toBe(counters['recorded']);
    expect(counters['written']).toBe(counters['recorded']);
    expect(BigInt(counters['triggers']!)).toBe(BigInt(counters['recorded']!) + BigInt(counters['dropped']!));
    expect(BigInt(counters['pausedNs']!)).toBeGreaterThan(0n);
    const rows = await rowsOf(join(fixture.storeFolder, run.datasets[0]!.path));
    expect(Object.keys(rows).sort()).toEqual([
      'ch0000000/raw',
      'ch0000001/raw',
      'ch0000002/raw',
      'ch0000003/raw',
    ]);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    expect(BigInt(total)).toBe(run.recorded);
    expect(run.datasets[0]!.rows).toBe(run.recorded);
    await waitFor(
      'the spool removed',
      () => readdirSync(join(fixture.storeFolder, 'spool/demo')).length === 0,
    );
    const log = await fixture.prisma.logEntry.findMany({ where: { runId: run.id }, orderBy: { id: 'asc' } });
    expect(log.map((line) => line.text).join('\n')).toMatch(
      /begun by ada[\s\S]*paused[\s\S]*goes on[\s\S]*completed[\s\S]*packed/,
    );
    expect(await fixture.stop(child)).toBe(0);
  });

  it('is prepared, released without a run, and numbers have no gaps', async () => {
    await fixture.start();
    expect(await fixture.done('begin')).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/prepare first/) as string,
    });
    expect(await fixture.done('prepare')).toMatchObject({ kind: 'completed', message: 'READY' });
    expect(await fixture.done('end')).toMatchObject({ kind: 'completed', message: 'STOP' });
    expect(await fixture.prisma.run.count()).toBe(0);
    for (const number of [1, 2]) {
      await fixture.done('prepare');
      expect(await fixture.done('begin')).toMatchObject({ kind: 'completed', result: { run: number } });
      expect(await fixture.done(number === 1 ? 'end' : 'abort')).toMatchObject({ kind: 'completed' });
    }
    expect(await fixture.run(2)).toMatchObject({ outcome: 'aborted' });
  });

  it('takes at its beginning what was said at its preparation, unless something else is said', async () => {
    await fixture.start();
    await fixture.done('prepare', { run: { tags: ['early'], comment: 'first', limits: { events: 60 } } });
    await fixture.done('begin', { run: { comment: 'second' } });
    expect(await fixture.packedRun(1)).toMatchObject({
      tags: ['early'],
      comment: 'second',
      reason: 'limit of 60 events reached',
    });
  });

  it('ends by its limits, and then stays ended', async () => {
    await fixture.start();
    await fixture.done('start', { run: { limits: { events: 100 } } });
    const run = await fixture.packedRun(1);
    expect(run).toMatchObject({ outcome: 'completed', reason: 'limit of 100 events reached' });
    expect(run.recorded).toBeGreaterThanOrEqual(100n);
    expect(await fixture.prisma.detectorGoal.findFirst()).toMatchObject({ state: 'STOP' });
    await fixture.done('start', { run: { limits: { seconds: 0.5 } } });
    const second = await fixture.packedRun(2);
    expect(second.reason).toBe('limit of 0.5 s reached');
    await fixture.reportWhere('at rest', (report) => report.state === 'STOP' && report.phase === 'idle');
    expect(await fixture.prisma.run.count()).toBe(2);
  });

  it('obeys nobody who has lost the baton', async () => {
    await fixture.start();
    await fixture.done('start');
    await fixture.prisma.baton.update({ where: { detectorId: fixture.detectorId }, data: { token: 5n } });
    expect(await fixture.done('end', { batonToken: 4n })).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/baton has changed hands/) as string,
    });
    await waitFor(
      'the goal set right',
      async () => (await fixture.prisma.detectorGoal.findFirst())?.state === 'RUN',
    );
    expect((await fixture.report())?.state).toBe('RUN');
    expect(await fixture.done('end', { batonToken: 5n })).toMatchObject({ kind: 'completed' });
  });

  it("runs drivers' commands with progress, and sets signals", async () => {
    await fixture.start();
    await fixture.done('prepare');
    const id = await fixture.sourceCommand('left', 'recalibrate-baseline', { targetAdc: 9000 });
    expect(await fixture.outcomeOf(id)).toMatchObject({ kind: 'completed' });
    const events = await fixture.prisma.intentEvent.findMany({ where: { intentId: id } });
    expect(events.some((event) => event.kind === 'progress' && /%/.test(event.message))).toBe(true);
    const set = await fixture.sourceCommand('left', setSignalCommand, {
      signal: 'ch0/high-voltage-set',
      value: 1234,
    });
    expect(await fixture.outcomeOf(set)).toMatchObject({ kind: 'completed', result: { value: 1234 } });
    await fixture.reportWhere('the setting', ({ sources }) =>
      sources[0]!.signals.some((signal) => signal.name === 'ch0/high-voltage-set' && signal.value === 1234),
    );
    const beyond = await fixture.sourceCommand('left', setSignalCommand, {
      signal: 'ch0/high-voltage-set',
      value: 1e9,
    });
    expect(await fixture.outcomeOf(beyond)).toMatchObject({ kind: 'failed' });
    const wrong = await fixture.sourceCommand('middle', 'pulser', {});
    expect(await fixture.outcomeOf(wrong)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/left, right/) as string,
    });
    const bad = await fixture.sourceCommand('left', 'pulser', { on: 'perhaps' });
    expect(await fixture.outcomeOf(bad)).toMatchObject({ kind: 'failed' });
  });

  it('does not begin with a configuration that no driver understands, and says why', async () => {
    const content = simulatedDetector();
    await fixture.configure({
      ...content,
      sources: content.sources.map((source) => ({ ...source, config: { channels: 'all' } })),
    });
    await fixture.start();
    const outcome = await fixture.done('start');
    expect(outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/left: .*channels/) as string,
    });
    expect(await fixture.prisma.detectorGoal.findFirst()).toMatchObject({ state: 'STOP' });
    await waitFor(
      'the alarm',
      async () =>
        (await fixture.prisma.alarm.findFirst({ where: { code: 'source.unreachable' } })) ?? undefined,
    );
    await fixture.configure(content);
    expect(await fixture.done('start')).toMatchObject({ kind: 'completed', result: { run: 1 } });
    await waitFor(
      'the alarm cleared',
      async () =>
        (await fixture.prisma.alarm.count({ where: { code: 'source.unreachable', clearedAt: null } })) === 0,
    );
  });

  it('does not begin when the disk has less room than is kept free', async () => {
    await fixture.configure(
      simulatedDetector({ spool: { segmentBytes: 1_048_576, minimumFreeBytes: 2 ** 50 } }),
    );
    await fixture.start();
    const outcome = await fixture.done('start');
    if (outcome.kind === 'completed') {
      const run = await waitFor('the run stopped', async () => {
        const found = await fixture.run(1);
        return (found?.endedAt ?? null) === null ? undefined : found;
      });
      expect(run.reason).toMatch(/disk/);
    } else expect(outcome.message).toMatch(/free/);
    await waitFor(
      'the alarm',
      async () =>
        (await fixture.prisma.alarm.findFirst({ where: { code: 'disk.full', clearedAt: null } })) ??
        undefined,
    );
  });
});
