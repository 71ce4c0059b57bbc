import { createHash, randomInt } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobDetail, JobInfo, JobLogLine, JobsPreview } from '@countroom/contracts';
import { h5wasmBackend } from '@countroom/lh5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../platform/http/testing/test-api.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { JobFixture, pipeline } from './testing/job-fixture.js';

let fixture: JobFixture;
beforeAll(async () => {
  fixture = await JobFixture.start();
});
afterAll(() => fixture.stop());

const request = (number: number, extra: object = {}): object => ({
  runs: [{ detector: 'lab', number }],
  stages: pipeline,
  ...extra,
});
const stagesOf = (jobs: readonly JobInfo[]): string[] =>
  jobs.map(({ stage, status }) => `${stage} ${status}`);

async function preview(body: object): Promise<JobsPreview> {
  const answer = await fixture.api.call('POST', '/jobs/preview', { as: fixture.caller, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as JobsPreview;
}
const actionsOf = ({ runs }: JobsPreview): string[] =>
  runs.flatMap(({ steps }) => steps.map(({ stage, action }) => `${stage} ${action}`));

async function waitForAll(jobs: readonly JobInfo[]): Promise<JobDetail[]> {
  return Promise.all(jobs.map(({ id }) => fixture.ended(id)));
}

async function fileOf(datasetId: string): Promise<string> {
  const { path, checksum } = await fixture.api.prisma.dataset.findUniqueOrThrow({ where: { id: datasetId } });
  const file = join(fixture.data, 'files', path);
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(checksum);
  return file;
}

describe('requests that make no sense', () => {
  beforeAll(async () => {
    const { id } = await fixture.addRun(1, 2);
    const { prisma } = fixture.api;
    const { detectorId } = await prisma.run.findUniqueOrThrow({ where: { id } });
    await prisma.run.create({ data: { detectorId, number: 90, origin: 'live', by: 'test', dataKinds: [] } });
  });

  it.each<[object, number, string]>([
    [request(99), 404, 'There is no run lab/99'],
    [request(90), 409, 'Run lab/90 is still being taken'],
    [{ runs: [{ detector: 'lab', number: 1 }], stages: [{ stage: 'cook' }] }, 422, 'there is no such stage'],
    [
      { runs: [{ detector: 'lab', number: 1 }], stages: [pipeline[2]] },
      422,
      'needs dsp, which no requested stage makes; stored for this run: daq',
    ],
    [
      { runs: [{ detector: 'lab', number: 1 }], stages: [{ stage: 'daq_to_raw', config: { nMax: -1 } }] },
      422,
      'nMax',
    ],
    [{ runs: [{ detector: 'lab', number: 1 }], stages: [] }, 400, ''],
  ])('%j', async (body, status, message) => {
    const answer = await fixture.api.call('POST', '/jobs', { as: fixture.caller, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(message);
    expect(await fixture.api.prisma.job.count()).toBe(0);
  });

  it('are all told of by a preview, which makes no job', async () => {
    const shown = await preview({
      runs: [
        { detector: 'lab', number: 1 },
        { detector: 'lab', number: 99 },
      ],
      stages: [pipeline[0], { stage: 'cook' }, { stage: 'raw_to_dsp', config: { wrong: 1 } }],
    });
    expect(shown.runs).toEqual([]);
    expect(shown.refused.map(({ run, stage, code }) => [run?.number ?? null, stage, code])).toEqual([
      [null, 'cook', 'input.invalid'],
      [null, 'raw_to_dsp', 'input.invalid'],
      [99, null, 'not-found'],
    ]);
    expect(shown.refused[1]?.issues.map(({ path }) => path)).toContain('stages.raw_to_dsp');
    const noInput = await preview({ runs: [{ detector: 'lab', number: 1 }], stages: [pipeline[2]] });
    expect(noInput.refused).toMatchObject([{ run: { number: 1 }, stage: 'dsp_to_hit' }]);
    expect(await fixture.api.prisma.job.count()).toBe(0);
    expect(await fixture.api.prisma.auditEntry.count({ where: { action: 'jobs.preview' } })).toBe(0);
  });
});

describe('jobs without a worker', () => {
  beforeAll(() => fixture.addRun(2, 2));

  it('tell which stored configuration they were asked for with', async () => {
    await fixture.addRun(21, 2);
    const { id } = await fixture.api.prisma.configuration.create({
      data: { kind: 'daq_to_raw', name: 'whole files' },
    });
    const version = await fixture.api.prisma.configurationVersion.create({
      data: { configurationId: id, version: 4, hash: 'whole', content: {}, author: 'test' },
    });
    const stages = [{ stage: 'daq_to_raw', configurationVersionId: version.id }, ...pipeline.slice(1)];
    const jobs = await fixture.submit(request(21, { stages }));
    expect(jobs.map(({ configuration }) => configuration)).toEqual([
      { id, name: 'whole files', version: 4 },
      null,
      null,
    ]);
    for (const job of jobs.toReversed()) {
      await fixture.api.call('POST', `/jobs/${job.id}/cancel`, { as: fixture.caller, body: {} });
    }
  });

  it('wait in order, are joined instead of doubled, and end when cancelled', async () => {
    expect(actionsOf(await preview(request(2)))).toEqual([
      'daq_to_raw compute',
      'raw_to_dsp compute',
      'dsp_to_hit compute',
    ]);
    const jobs = await fixture.submit(request(2));
    expect(stagesOf(jobs)).toEqual(['daq_to_raw queued', 'raw_to_dsp waiting', 'dsp_to_hit waiting']);
    expect(jobs[1]?.dependsOn).toEqual([jobs[0]?.id]);
    const known = await preview(request(2));
    expect(known.counts).toEqual({ compute: 0, stored: 0, joined: 3 });
    expect(known.runs[0]?.steps.map(({ jobId }) => jobId)).toEqual(jobs.map(({ id }) => id));
    const again = await fixture.submit(request(2));
    expect(again.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));

    const cancelled = await fixture.api.call('POST', `/jobs/${jobs[0]!.id}/cancel`, {
      as: fixture.caller,
      body: {},
    });
    expect((cancelled.body as JobInfo).status).toBe('cancelled');
    expect((await fixture.job(jobs[2]!.id)).status).toBe('cancelled');
    expect((await fixture.job(jobs[1]!.id)).error).toContain(
      'daq_to_raw, which makes its input, was cancelled',
    );

    const second = await fixture.api.call('POST', `/jobs/${jobs[0]!.id}/cancel`, {
      as: fixture.caller,
      body: {},
    });
    expect(second.status).toBe(409);
  });
});

describe('permission to run stages', () => {
  beforeAll(() => fixture.addRun(20, 2));

  it('is asked for each detector of the request, and of a job', async () => {
    const mine = await fixture.api.signIn('lab-shifter', [
      { role: 'viewer', detector: null },
      { role: 'shifter', detector: 'lab' },
    ]);
    await fixture.api.prisma.detector.create({ data: { name: 'attic', kind: 'files' } });
    const theirs = await fixture.api.signIn('attic-shifter', [
      { role: 'viewer', detector: null },
      { role: 'shifter', detector: 'attic' },
    ]);
    const submit = (as: Caller) =>
      fixture.api.call('POST', '/jobs', { as, body: { ...request(20), stages: pipeline.slice(0, 1) } });
    const refused = await submit(theirs);
    expect(refused).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
    expect(JSON.stringify(refused.body)).toContain('shifter for detector lab');
    const { jobs } = (await submit(mine)).body as { jobs: JobInfo[] };
    const cancel = (as: Caller) => fixture.api.call('POST', `/jobs/${jobs[0]!.id}/cancel`, { as, body: {} });
    expect((await cancel(theirs)).status).toBe(403);
    expect((await fixture.job(jobs[0]!.id)).status).toBe('queued');
    expect((await cancel(mine)).status).toBe(200);
  });
});

describe('with a worker', () => {
  beforeAll(async () => {
    fixture.startWorker();
    await waitFor(
      'the worker to be seen',
      async () => (await fixture.api.prisma.workerHeartbeat.count()) === 1,
      60_000,
    );
  });

  it('runs a chain, follows lineage, and computes nothing twice', async () => {
    await fixture.addRun(3, 50);
    const ended = await waitForAll(await fixture.submit(request(3)));
    expect(stagesOf(ended)).toEqual(['daq_to_raw completed', 'raw_to_dsp completed', 'dsp_to_hit completed']);
    const reader = await h5wasmBackend.openReader(await fileOf(ended[2]!.outputDatasetId!));
    expect(await reader.rowCount('FCEvent')).toBe(50);
    await reader.close();

    const files = fixture.results().length;
    const again = await fixture.submit(request(3));
    expect(again.map(({ status, fromCatalogue }) => [status, fromCatalogue])).toEqual(
      Array(3).fill(['completed', true]),
    );
    expect(again.map(({ outputDatasetId }) => outputDatasetId)).toEqual(
      ended.map(({ outputDatasetId }) => outputDatasetId),
    );
    expect(fixture.results().length).toBe(files);

    const other = structuredClone(pipeline) as {
      config: { config?: { operations?: { energy: { parameters: { a: number } } } } };
    }[];
    other[2]!.config.config!.operations!.energy.parameters.a = 0.7;
    const foreseen = await preview({ ...request(3), stages: other });
    expect(actionsOf(foreseen)).toEqual(['daq_to_raw stored', 'raw_to_dsp stored', 'dsp_to_hit compute']);
    expect(
      foreseen.runs[0]?.steps.map(({ inputs, storedDatasetId }) => [inputs[0]!.stage, storedDatasetId]),
    ).toEqual([
      [null, ended[0]!.outputDatasetId],
      ['daq_to_raw', ended[1]!.outputDatasetId],
      ['raw_to_dsp', null],
    ]);
    const forced = await preview({ ...request(3), force: true });
    expect(forced.counts).toEqual({ compute: 3, stored: 0, joined: 0 });
    const partly = await fixture.submit({ ...request(3), stages: other });
    expect(partly.map(({ fromCatalogue }) => fromCatalogue)).toEqual([true, true, false]);
    expect((await waitForAll(partly)).at(-1)?.status).toBe('completed');
    const run = await fixture.api.prisma.run.findFirstOrThrow({ where: { number: 3 } });
    expect([run.processing, run.dataKinds]).toEqual(['done', ['daq', 'raw', 'dsp', 'hit']]);
    expect(run.recorded).toBe(50n);
  });

  it('makes a result anew when asked to, in the place of the old one', async () => {
    const jobs = await waitForAll(
      await fixture.submit({ ...request(3), stages: pipeline.slice(0, 1), force: true }),
    );
    expect(jobs[0]).toMatchObject({ status: 'completed', fromCatalogue: false });
    const raws = await fixture.api.prisma.dataset.findMany({
      where: { dataKind: 'raw', run: { number: 3 } },
    });
    expect(raws).toHaveLength(1);
    await fileOf(raws[0]!.id);
    expect(fixture.results().filter((name) => name.includes('000003-raw'))).toHaveLength(1);
  });

  it('keeps the log of each attempt, says why it failed, and tries again', async () => {
    const { recording } = await fixture.addRun(4, 20);
    const bytes = readFileSync(recording);
    rmSync(recording);
    const jobs = await fixture.submit(request(4));
    const failed = await fixture.ended(jobs[0]!.id);
    expect(failed.status).toBe('failed');
    expect(failed.error).toContain('4.fcio');
    expect((await fixture.job(jobs[2]!.id)).status).toBe('cancelled');
    expect((await fixture.api.prisma.run.findFirstOrThrow({ where: { number: 4 } })).processing).toBe(
      'failed',
    );

    writeFileSync(recording, bytes);
    const retried = await fixture.api.call('POST', `/jobs/${jobs[0]!.id}/retry`, {
      as: fixture.caller,
      body: {},
    });
    expect((retried.body as JobInfo).status).toBe('queued');
    expect(stagesOf(await waitForAll(jobs))).toEqual([
      'daq_to_raw completed',
      'raw_to_dsp completed',
      'dsp_to_hit completed',
    ]);
    const { attempts } = await fixture.job(jobs[0]!.id);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'completed']);
    const log = (await fixture.api.call('GET', `/jobs/${jobs[0]!.id}/log`, { as: fixture.caller }))
      .body as JobLogLine[];
    expect(new Set(log.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]));
    expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, index) => index + 1));
  });

  it('stops a running job within seconds and leaves nothing behind', async () => {
    await fixture.addRun(5, 4000, { times: 60 });
    const [job] = await fixture.submit({ ...request(5), stages: pipeline.slice(0, 1) });
    await waitFor('the job to run', async () => (await fixture.job(job!.id)).progress !== null, 60_000);
    await fixture.api.call('POST', `/jobs/${job!.id}/cancel`, { as: fixture.caller, body: {} });
    const ended = await fixture.ended(job!.id, 5_000);
    expect(ended.status).toBe('cancelled');
    expect(fixture.results().filter((name) => name.includes('000005'))).toEqual([]);
  });
});

describe('workers that are killed', () => {
  const interruptions = 50;
  const whole = [10, 11, 12, 13, 14, 15, 16, 17];
  /** Asked for their first stage alone: work for the next worker while jobs of the last one wait to be given out again. */
  const short = [30, 31, 32, 33, 34, 35, 36, 37];

  it(`in the middle of ${interruptions} jobs, at random points, make every result once`, {
    timeout: 600_000,
  }, async () => {
    const { job } = fixture.api.prisma;
    for (const number of [...whole, ...short]) await fixture.addRun(number, 4000);
    const submitted: JobInfo[] = [];
    const submitAll = async (): Promise<void> => {
      for (const [numbers, stages] of [
        [whole, pipeline],
        [short, pipeline.slice(0, 1)],
      ] as const) {
        const runs = numbers.map((number) => ({ detector: 'lab', number }));
        submitted.push(...(await fixture.submit({ runs, stages, force: true })));
      }
    };
    await submitAll();
    let interrupted = 0;
    while (interrupted < interruptions) {
      const worker = fixture.workers.at(-1)!;
      await waitFor(
        'jobs to be running',
        async () => {
          if ((await job.count({ where: { status: { in: ['waiting', 'queued', 'running'] } } })) === 0)
            await submitAll();
          return (
            (await job.count({
              where: { status: 'running', heartbeatAt: { gt: new Date(Date.now() - 1_500) } },
            })) > 0
          );
        },
        60_000,
      );
      await sleep(randomInt(1_500));
      interrupted += await job.count({
        where: { status: 'running', heartbeatAt: { gt: new Date(Date.now() - 1_500) } },
      });
      const gone = new Promise((resolve) => worker.once('exit', resolve));
      worker.kill('SIGKILL');
      await gone;
      fixture.startWorker();
    }
    for (const { id } of submitted)
      expect(await fixture.ended(id, 240_000)).toMatchObject({ status: 'completed', error: null });
    for (const number of [...whole, ...short]) {
      const kinds = whole.includes(number) ? ['dsp', 'hit', 'raw'] : ['raw'];
      const datasets = await fixture.api.prisma.dataset.findMany({
        where: { run: { number }, dataKind: { not: 'daq' } },
      });
      expect(datasets.map(({ dataKind }) => dataKind).sort()).toEqual(kinds);
      for (const { id, rows } of datasets) {
        await fileOf(id);
        expect(Number(rows)).toBeGreaterThanOrEqual(4000);
      }
      expect(fixture.results().filter((name) => name.includes(`${number}-`.padStart(7, '0')))).toHaveLength(
        kinds.length,
      );
    }
  });
});
