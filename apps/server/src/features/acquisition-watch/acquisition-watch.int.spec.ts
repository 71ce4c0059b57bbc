import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../create-api.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { startTestApi, type TestApi } from '../../platform/http/testing/test-api.js';
import { createLog } from '../../platform/logging/create-log.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { DetectorFixture, temporaryFolder } from '../acquisition/testing/detector-fixture.js';

let api: TestApi;
let fixture: DetectorFixture;
let acquisition: ChildProcess;

beforeAll(async () => {
  const folder = temporaryFolder();
  api = await startTestApi({ COUNTROOM_DATA: folder, COUNTROOM_BUS_FOLDER: join(folder, 'bus') });
  fixture = new DetectorFixture(api.app.get(AppConfig).databaseUrl!, folder);
  await fixture.create();
  acquisition = await fixture.start();
  await fixture.done('start');
});
afterAll(async () => {
  await fixture.close();
  await api.stop();
});

const codes = ['acquisition.unreachable', 'source.unheard'];
const alarms = (open: boolean) =>
  api.prisma.alarm.findMany({
    where: { code: { in: codes }, clearedAt: open ? null : { not: null } },
    orderBy: { subject: 'asc' },
  });
const recorded = async (): Promise<bigint> => BigInt((await fixture.report())!.counters.recorded);

describe('an acquisition process that stops answering in a run', () => {
  it('raises an alarm for itself and for each of its sources', async () => {
    await fixture.reportWhere('data', ({ counters }) => BigInt(counters.recorded) > 100n);
    acquisition.kill('SIGSTOP');
    const open = await waitFor('the alarms', async () => {
      const rows = await alarms(true);
      return rows.length === 3 ? rows : undefined;
    });
    expect(open.map(({ code, subject, severity }) => `${code} ${subject} ${severity}`)).toEqual([
      'acquisition.unreachable acquisition alarm',
      'source.unheard left alarm',
      'source.unheard right alarm',
    ]);
    expect(open[0]?.message).toMatch(/Run 1 was going on/);
    const line = await api.prisma.logEntry.findFirstOrThrow({ where: { level: 'error' } });
    expect(line.text).toBe(open[0]?.message);
  });

  it('is the same alarm for an api that starts later', async () => {
    const config = api.app.get(AppConfig);
    const other = await createApi({
      config,
      log: createLog('api', 'silent'),
      options: { answersMustFit: true },
    });
    await other.listen(0, '127.0.0.1');
    const before = await alarms(true);
    const { reportedAt } = await api.prisma.detectorActual.findFirstOrThrow();
    // It watches for a while and finds nothing new.
    await waitFor('a few looks', () => Date.now() - reportedAt.getTime() > 14_000);
    await other.close();
    expect(await alarms(true)).toEqual(before);
    expect(await alarms(false)).toEqual([]);
  });

  it('clears them when it answers again; the run has gone on', async () => {
    const before = await recorded();
    acquisition.kill('SIGCONT');
    await waitFor('no alarm', async () => (await alarms(true)).length === 0);
    expect(await alarms(false)).toHaveLength(3);
    await fixture.reportWhere('more data', ({ counters }) => BigInt(counters.recorded) > before);
    expect(await fixture.report()).toMatchObject({ state: 'RUN', run: { number: 1 } });
    expect(await fixture.done('end')).toMatchObject({ kind: 'completed' });
    expect(await fixture.packedRun(1)).toMatchObject({ outcome: 'completed' });
  });
});
