import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DetectorStatus, JobInfo } from '@countroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../platform/config/load-config.js';
import { type Caller, startTestApi, type TestApi } from '../../platform/http/testing/test-api.js';
import { type OwnPostgres, startOwnPostgres } from '../../platform/testing/own-postgres.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { chain } from '../jobs/testing/job-fixture.js';
import { StatusService } from '../run-control/status.service.js';
import { DetectorFixture, simulatedDetector } from './testing/detector-fixture.js';
import { eventsOf } from './testing/raw-file.js';

let postgres: OwnPostgres;
let fixture: DetectorFixture;

beforeEach(async () => {
  postgres = await startOwnPostgres();
  fixture = new DetectorFixture(postgres.url);
  // Room for half a minute: what a test machine's disk takes its time over is not the matter here.
  await fixture.create(simulatedDetector({ ring: { slots: 600, slotBytes: 32_768 } }));
});
afterEach(async () => {
  await fixture.close();
  await postgres.remove();
});

describe('a database that goes away in a run', () => {
  it('stops nothing and loses nothing, also when the run ends meanwhile', async () => {
    await fixture.start();
    await fixture.done('start', { run: { limits: { seconds: 6 } } });
    await fixture.reportWhere('data', ({ counters }) => BigInt(counters.recorded) > 20n);
    await postgres.stop();
    const journal = join(fixture.storeFolder, 'raw/demo/demo-run000001-raw.lh5');
    await waitFor('the run ended and packed without a database', () => existsSync(journal), 30_000);
    await postgres.start();
    const run = await fixture.packedRun(1);
    expect(run).toMatchObject({ outcome: 'completed', reason: 'limit of 6 s reached' });
    const counters = run.counters as Record<string, string>;
    expect(BigInt(counters['runTimeNs']!)).toBeGreaterThan(5_000_000_000n);
    expect(await eventsOf(fixture.storeFolder, run.datasets[0]!.path)).toBe(BigInt(counters['recorded']!));
    expect(await fixture.done('start')).toMatchObject({ kind: 'completed', result: { run: 2 } });
  });
});

describe('api, acquisition and worker without their database for 30 s in a run', () => {
  const awayMs = 30_000;
  let api: TestApi;
  let worker: ChildProcess;
  let shifter: Caller;

  beforeEach(async () => {
    const environment = {
      DATABASE_URL: postgres.url,
      COUNTROOM_DATA: fixture.folder,
      COUNTROOM_BUS_FOLDER: join(fixture.folder, 'bus'),
    };
    api = await startTestApi(environment, { url: postgres.url, drop: () => Promise.resolve() });
    shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
    worker = fork(fileURLToPath(new URL('../../../dist/main.worker.js', import.meta.url)), [], {
      env: childEnvironment({ ...environment, COUNTROOM_LOG_LEVEL: 'fatal' }),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    fixture.children.push(worker);
    await fixture.start();
  });
  afterEach(() => api.stop());

  /** What the api knows without asking the database. */
  const heard = (): DetectorStatus => api.app.get(StatusService).remembered('demo')!;
  const status = async (): Promise<DetectorStatus | undefined> => {
    const answer = await api.call('GET', '/detectors/demo/status', { as: shifter });
    return answer.status === 200 ? (answer.body as DetectorStatus) : undefined;
  };

  it('lose nothing, show what they can, and catch up by themselves', { timeout: 180_000 }, async () => {
    await fixture.done('start');
    await waitFor('data in the status', async () => BigInt((await status())?.counters.durable ?? 0) > 100n);
    await postgres.stop();
    const before = BigInt(heard().counters.durable);
    await sleep(awayMs);

    const during = heard();
    expect(during).toMatchObject({ state: 'RUN', phase: 'taking', health: 'degraded', run: { number: 1 } });
    expect(during.message).toContain('the database is away');
    // 800 events/s come in; far more than a few blocks went to disk meanwhile.
    expect(BigInt(during.counters.durable) - before).toBeGreaterThan(BigInt((awayMs / 1000) * 400));
    expect((await api.call('GET', '/detectors/demo/status', { as: shifter })).body).toMatchObject({
      code: 'database.unavailable',
    });
    expect((await api.call('GET', '/health/live')).status).toBe(200);
    expect((await api.call('GET', '/health/ready')).status).toBe(503);

    await postgres.start();
    const after = await waitFor('a status from the database', async () => {
      const shown = await status().catch(() => undefined);
      return shown?.health === 'ok' && shown.phase === 'taking' ? shown : undefined;
    });
    expect(after.run?.number).toBe(1);
    expect(BigInt(after.counters.durable)).toBeGreaterThanOrEqual(BigInt(during.counters.durable));
    expect(await fixture.done('end')).toMatchObject({ kind: 'completed' });
    const run = await fixture.packedRun(1);
    expect(run.outcome).toBe('completed');
    const counters = run.counters as Record<string, string>;
    // What the digitizer misses while it is busy with a pulse counts as dropped; the buffer has held nothing back.
    expect(counters).toMatchObject({ bufferDeadNs: '0', durable: counters['recorded'] });
    expect(Number(counters['dropped'])).toBeLessThan(0.01 * Number(counters['triggers']));
    expect(await eventsOf(fixture.storeFolder, run.datasets[0]!.path)).toBe(BigInt(counters['recorded']!));
    expect(run.recorded).toBeGreaterThan(BigInt(during.counters.recorded));
    expect(await api.prisma.alarm.count({ where: { code: 'acquisition.unreachable' } })).toBe(0);
    expect(await api.prisma.run.count()).toBe(1);

    const body = {
      runs: [{ detector: 'demo', number: 1 }],
      stages: [{ stage: 'raw_to_dsp', config: { config: chain } }],
    };
    const { jobs } = (await api.call('POST', '/jobs', { as: shifter, body })).body as { jobs: JobInfo[] };
    const ended = await waitFor('the job', async () => {
      const job = await api.prisma.job.findUniqueOrThrow({ where: { id: jobs[0]!.id } });
      return job.endedAt === null ? undefined : job;
    });
    expect(ended.status, ended.error ?? '').toBe('completed');
  });
});
