import { join } from 'node:path';
import type {
  AnalysisReport,
  AnalysisSummary,
  JobInfo,
  JobsPreview,
  ParameterVersion,
  PipelineDetail,
} from '@countroom/contracts';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';
import type { Lineage } from '@countroom/run-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../platform/http/testing/test-api.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { JobFixture } from '../jobs/testing/job-fixture.js';
import { addTables, numbers } from './testing/add-tables.js';

const lines = [238.632, 583.187, 727.33, 860.53, 1620.738, 2614.511];
const truth = { a: 0.8, b: 0.0022 };
const gains = { ch1: 0.1003, ch2: 0.2471 };

let fixture: JobFixture;
let expert: Caller;
beforeAll(async () => {
  fixture = await JobFixture.start();
  expert = await fixture.api.signIn('ada', [{ role: 'expert', detector: null }]);
  for (const [number, day] of [
    [1, '01'],
    [2, '05'],
    [3, '10'],
    [4, '15'],
    [5, '20'],
  ] as const)
    await addDsp(number, new Date(`2026-03-${day}T00:00:00Z`));
  fixture.startWorker();
});
afterAll(() => fixture.stop());

/** A normal number for every place in (0, 1), by summing twelve evenly spread ones: no chance is needed. */
function energies(): number[] {
  const values: number[] = [];
  // Ra-224 lies beside Pb-212.
  const all = [...lines.map((energy) => [energy, 4000] as const), [240.986, 378] as const];
  all.forEach(([energy, counts], index) => {
    const sigma = Math.sqrt(truth.a + truth.b * energy) / 2.35482;
    for (let n = 0; n < counts; n++) {
      let sum = -6;
      for (let k = 1; k <= 12; k++) sum += ((n + 0.5 + index) * Math.sqrt(k * k + 1.37)) % 1;
      values.push(energy + sigma * sum);
    }
  });
  for (let n = 0; n < 12_000; n++) values.push(100 + (2600 * n) / 12_000);
  return values;
}

function addDsp(number: number, startedAt: Date): Promise<void> {
  const tables = Object.entries(gains).map(([channel, gain]) => {
    const trapEmax = numbers(Float64Array.from(energies(), (energy) => energy / gain));
    const columns = new Map([['trapEmax', trapEmax]]);
    return [`${channel}/dsp`, { kind: 'table', rows: trapEmax.data.length, columns, attrs: {} }] as const;
  });
  return addTables(fixture, number, 'dsp', startedAt, Object.fromEntries(tables));
}

const hit = {
  stage: 'dsp_to_hit',
  config: { config: { outputs: ['energy'], operations: { energy: 'db.operations.trapEmax_cal' } } },
};
const request = (number: number, stage: object): object => ({
  runs: [{ detector: 'lab', number }],
  stages: [stage],
});

async function action(number: number): Promise<string> {
  const answer = await fixture.api.call('POST', '/jobs/preview', { as: expert, body: request(number, hit) });
  return (answer.body as JobsPreview).runs[0]!.steps[0]!.action;
}

async function hits(number: number): Promise<string> {
  const [job] = await fixture.submit(request(number, hit));
  const ended = await fixture.ended(job!.id);
  expect(ended.error).toBeNull();
  return ended.outputDatasetId!;
}

async function energyOf(datasetId: string, table: string): Promise<number[]> {
  const { path } = await fixture.api.prisma.dataset.findUniqueOrThrow({ where: { id: datasetId } });
  const reader = await lh5Backend.openReader(join(fixture.data, 'files', path));
  const column = (await reader.read(`${table}/energy`)) as NdArray;
  await reader.close();
  return Array.from(column.data as Float64Array);
}

describe('a calibration', () => {
  let result: string;
  let version: ParameterVersion;

  it('fails to be used before there is one', async () => {
    const [job] = await fixture.submit(request(2, hit));
    const ended = await fixture.ended(job!.id);
    expect(ended.status).toBe('failed');
    expect(ended.error).toContain('ch1/dsp has no db.operations.trapEmax_cal: approve such parameters');
  });

  it('is a job with a report that finds what is true', async () => {
    const config = { column: 'trapEmax', source: 'Th-228' };
    const [job] = await fixture.submit(request(1, { stage: 'calibrate', config }));
    const ended = await fixture.ended(job!.id);
    expect(ended.error).toBeNull();
    result = ended.outputDatasetId!;
    const answer = await fixture.api.call('GET', `/datasets/${result}/analysis`, { as: fixture.caller });
    const { summary } = answer.body as { summary: AnalysisSummary };
    expect(summary.tables.map(({ channel, verdict }) => [channel, verdict])).toEqual([
      ['ch1', 'good'],
      ['ch2', 'good'],
    ]);
    for (const { channel, numbers: found } of summary.tables) {
      const number = (name: string) => found.find((one) => one.name === name)!;
      expect(Math.abs(number('c1').value! / gains[channel as 'ch1'] - 1)).toBeLessThan(1e-3);
      const fwhm = Math.sqrt(truth.a + truth.b * 2039);
      expect(Math.abs(number('fwhm').value! / fwhm - 1)).toBeLessThan(0.05);
      expect(number('fwhm').error).toBeGreaterThan(0);
    }
    const table = await fixture.api.call('GET', `/datasets/${result}/analysis/table?table=ch1%2Fdsp`, {
      as: expert,
    });
    const report = table.body as AnalysisReport;
    expect(report.plots.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'spectrum',
        'line-2614.511',
        'residuals-2614.511',
        'scale',
        'scale-residuals',
        'resolution',
      ]),
    );
    const dsp = await fixture.api.call('GET', `/datasets/${result}/analysis/table?table=ch9`, { as: expert });
    expect([dsp.status, JSON.stringify(dsp.body)]).toEqual([
      404,
      expect.stringContaining('it has ch1/dsp, ch2/dsp'),
    ]);
  });

  it('holds from the start of its run on when an expert approves it, with its origin', async () => {
    const path = `/datasets/${result}/analysis/approve`;
    expect((await fixture.api.call('POST', path, { as: fixture.caller, body: {} })).status).toBe(403);
    const answer = await fixture.api.call('POST', path, { as: expert, body: { note: 'first' } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    version = answer.body as ParameterVersion;
    expect(version).toMatchObject({
      set: 'hit',
      detector: 'lab',
      status: 'approved',
      decidedBy: 'ada',
      validFrom: '2026-03-01T00:00:00.000Z',
      datasetIds: [result],
    });
    expect(version.jobId).not.toBeNull();
    const again = await fixture.api.call('POST', path, { as: expert, body: { note: 'again' } });
    expect((again.body as ParameterVersion).id).toBe(version.id);
    const made = await energyOf(await hits(2), 'ch2/hit');
    const top = made.filter((energy) => Math.abs(energy - 2614.5) < 5);
    const mean = top.reduce((sum, energy) => sum + energy, 0) / top.length;
    expect(Math.abs(mean - 2614.511)).toBeLessThan(0.3);
  });

  it('makes what it touches stale when it changes, and nothing else', async () => {
    await hits(1);
    await hits(3);
    expect([await action(1), await action(2), await action(3)]).toEqual(['stored', 'stored', 'stored']);
    const change = async (body: object): Promise<void> => {
      const proposed = await fixture.api.call('POST', '/parameters', {
        as: expert,
        body: { detector: 'lab', set: 'hit', validFrom: '2026-03-04T00:00:00Z', ...body },
      });
      expect(await action(2)).toBe('stored');
      const { id } = proposed.body as ParameterVersion;
      await fixture.api.call('POST', `/parameter-versions/${id}/approve`, { as: expert, body: {} });
    };
    await change({ content: { ch1: { other: 1 } } });
    expect([await action(1), await action(2), await action(3)]).toEqual(['stored', 'stored', 'stored']);
    const operation = { expression: 'c1*trapEmax', parameters: { c1: 0.2 } };
    await change({ content: { ch1: { operations: { trapEmax_cal: operation } } }, lastRun: 2 });
    expect([await action(1), await action(2), await action(3)]).toEqual(['stored', 'compute', 'stored']);
  });
});

describe('a calibration within a request', () => {
  const calibrate = { stage: 'calibrate', config: { column: 'trapEmax', source: 'Th-228' } };
  const both = (number: number, parameters: string): object => ({
    runs: [{ detector: 'lab', number }],
    stages: [hit, calibrate],
    parameters,
  });

  async function call<T>(path: string, body: object = {}): Promise<T> {
    const answer = await fixture.api.call('POST', path, { as: expert, body });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body as T;
  }
  async function stepsOf(id: string): Promise<PipelineDetail['steps']> {
    const { body } = await fixture.api.call('GET', `/pipelines/${id}`, { as: expert });
    return (body as PipelineDetail).steps;
  }
  const waiting = (id: string): Promise<PipelineDetail['steps']> =>
    waitFor('the hits to wait for approval', async () => {
      const steps = await stepsOf(id);
      return steps[1]!.job.awaitsApproval ? steps : undefined;
    });
  async function sourcesOf(jobId: string): Promise<string[]> {
    const { lineage } = await fixture.api.prisma.job.findUniqueOrThrow({ where: { id: jobId } });
    return (lineage as unknown as Lineage).inputs.map(({ dataKind }) => dataKind);
  }
  async function expectCalibrated(datasetId: string | null): Promise<void> {
    const energy = await energyOf(datasetId!, 'ch1/hit');
    const top = energy.filter((one) => Math.abs(one - 2614.5) < 5);
    expect(Math.abs(top.reduce((sum, one) => sum + one, 0) / top.length - 2614.511)).toBeLessThan(0.3);
  }
  const versions = (): Promise<number> => fixture.api.prisma.parameterVersion.count();

  it('is waited for until somebody approves it, and goes on by itself', async () => {
    const preview = await call<JobsPreview>('/jobs/preview', both(4, 'when-approved'));
    expect(preview.runs[0]!.steps.map(({ stage, reason }) => [stage, reason.kind])).toEqual([
      ['calibrate', 'new'],
      ['dsp_to_hit', 'approval'],
    ]);
    const { pipelineId } = await call<{ pipelineId: string }>('/jobs', both(4, 'when-approved'));
    const [made, waits] = await waiting(pipelineId);
    expect(waits).toMatchObject({
      job: { status: 'waiting' },
      inputs: [
        { port: 'calibration', stage: 'calibrate' },
        { port: 'dsp', stage: null },
      ],
    });
    await call(`/jobs/${waits!.job.id}/cancel`);
    await call(`/pipelines/${pipelineId}/retry`);
    await waiting(pipelineId);

    await call(`/datasets/${made!.job.outputDatasetId!}/analysis/approve`);
    const ended = await fixture.ended(waits!.job.id);
    expect([ended.status, ended.error]).toEqual(['completed', null]);
    expect(await sourcesOf(ended.id)).toEqual(['dsp']);
    await expectCalibrated(ended.outputDatasetId);
    const again = await call<{ jobs: JobInfo[] }>('/jobs', both(4, 'when-approved'));
    expect(again.jobs.map(({ fromCatalogue }) => fromCatalogue)).toEqual([true, true]);
  });

  it('is used without approval for the request alone, which the lineage says', async () => {
    const before = await versions();
    const { jobs } = await call<{ jobs: JobInfo[] }>('/jobs', both(5, 'own'));
    const ended = await fixture.ended(jobs[1]!.id);
    expect([ended.status, ended.error]).toEqual(['completed', null]);
    expect(await sourcesOf(ended.id)).toEqual(['dsp', 'calibration']);
    await expectCalibrated(ended.outputDatasetId);
    expect(await versions()).toBe(before);
    const log = await fixture.api.call('GET', `/jobs/${ended.id}/log`, { as: expert });
    expect(JSON.stringify(log.body)).toContain('for this request without approval');
    // Others still get what is approved.
    expect(await action(5)).toBe('compute');
  });

  it('is refused where nothing would use it', async () => {
    const useless = { ...both(5, 'own'), stages: [calibrate] };
    const { refused } = await call<JobsPreview>('/jobs/preview', useless);
    expect(refused[0]!.message).toContain('No stage of this request finds values');
  });
});
