import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  JobInfo,
  JobsPreview,
  PipelineDetail,
  PipelineInfo,
  ProcessingRule,
} from '@countroom/contracts';
import { lh5Backend } from '@countroom/lh5';
import type { Lineage } from '@countroom/run-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../platform/testing/wait-for.js';
import { JobFixture, stagesToEvents } from '../testing/job-fixture.js';

let fixture: JobFixture;
beforeAll(async () => {
  fixture = await JobFixture.start();
});
afterAll(() => fixture.stop());

const channels = 3;
const request = (number: number, stages: unknown = stagesToEvents()): object => ({
  runs: [{ detector: 'lab', number }],
  stages,
});

async function call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
  const answer = await fixture.api.call(method, path, { as: fixture.caller, ...(body && { body }) });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as T;
}
const submit = (body: object): Promise<{ pipelineId: string; jobs: JobInfo[] }> =>
  call('POST', '/jobs', body);
const detail = (id: string): Promise<PipelineDetail> => call('GET', `/pipelines/${id}`);
const states = ({ steps }: PipelineDetail): string[] =>
  steps.map(({ stage, job }) => `${stage} ${job.status}${job.fromCatalogue ? ' from catalogue' : ''}`);
const settled = (id: string): Promise<PipelineDetail> =>
  waitFor(
    `pipeline ${id} to end`,
    async () => {
      const found = await detail(id);
      return found.steps.every(({ job }) => job.endedAt !== null) ? found : undefined;
    },
    60_000,
  );

describe('a pipeline without a worker', () => {
  beforeAll(() => fixture.addRun(1, 5, { channels }));

  it('shows what waits for what, and is cancelled and tried again as a whole', async () => {
    const { pipelineId } = await submit({ ...request(1), name: 'to events' });
    const waiting = await detail(pipelineId);
    expect(states(waiting)).toEqual([
      'daq_to_raw queued',
      'raw_to_dsp waiting',
      'dsp_to_hit waiting',
      'build_tcm waiting',
      'hit_to_evt waiting',
    ]);
    expect(waiting.steps.map(({ inputs }) => inputs.map(({ port, stage }) => `${port} ${stage}`))).toEqual([
      ['daq null'],
      ['raw daq_to_raw'],
      ['dsp raw_to_dsp'],
      ['raw daq_to_raw'],
      ['hit dsp_to_hit', 'tcm build_tcm'],
    ]);
    expect(waiting).toMatchObject({ name: 'to events', runs: 1, detectors: ['lab'], configuration: null });

    const joined = await submit(request(1, stagesToEvents().slice(0, 2)));
    expect((await detail(joined.pipelineId)).steps.map((step) => step.joined)).toEqual([true, true]);
    const refused = await fixture.api.call('POST', `/pipelines/${joined.pipelineId}/cancel`, {
      as: fixture.caller,
      body: {},
    });
    expect(refused.status).toBe(409);

    const cancelled = await call<PipelineDetail>('POST', `/pipelines/${pipelineId}/cancel`, {});
    expect(cancelled.counts).toMatchObject({ cancelled: 5 });
    const retried = await call<PipelineDetail>('POST', `/pipelines/${pipelineId}/retry`, {});
    expect(states(retried)).toEqual(states(waiting));

    // The last job alone: what it needs is tried again with it, or it would wait for ever.
    await call('POST', `/pipelines/${pipelineId}/cancel`, {});
    await call('POST', `/jobs/${retried.steps.at(-1)!.job.id}/retry`, {});
    expect(states(await detail(pipelineId))).toEqual(states(waiting));

    const { items } = await call<{ items: PipelineInfo[] }>('GET', '/pipelines?detector=lab');
    expect(items.map(({ id }) => id)).toEqual([joined.pipelineId, pipelineId]);
    expect(items[1]!.stages).toEqual(stagesToEvents().map(({ stage }) => stage));
    const note = await fixture.api.prisma.auditEntry.findFirstOrThrow({
      where: { action: 'pipelines.retry' },
    });
    expect(note).toMatchObject({ target: 'pipeline to events', outcome: 'done' });
  });

  it('is refused with the stage and the input that are missing', async () => {
    const preview = await call<JobsPreview>('POST', '/jobs/preview', request(1, stagesToEvents().slice(4)));
    expect(preview.refused[0]).toMatchObject({ stage: 'hit_to_evt' });
    expect(preview.refused[0]!.message).toContain('needs tcm');
  });
});

describe('a pipeline with a worker', () => {
  beforeAll(() => fixture.startWorker());

  async function fieldsOf(pipeline: PipelineDetail): Promise<Record<string, number[]>> {
    const id = pipeline.steps.at(-1)!.job.outputDatasetId!;
    const { path, checksum } = await fixture.api.prisma.dataset.findUniqueOrThrow({ where: { id } });
    const file = join(fixture.data, 'files', path);
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(checksum);
    const reader = await lh5Backend.openReader(file);
    const { columns } = await reader.readTable('evt');
    await reader.close();
    return Object.fromEntries(
      [...columns].map(([name, column]) => [
        name,
        column.kind === 'array' ? Array.from(column.data as Float64Array, Number) : [],
      ]),
    );
  }

  it('makes events, and only what a changed parameter touches anew', async () => {
    await fixture.addRun(2, 40, { channels });
    const first = await settled((await submit(request(2))).pipelineId);
    expect(first.counts).toMatchObject({ completed: 5 });
    const fields = await fieldsOf(first);
    expect(fields['multiplicity']).toEqual(Array(40).fill(channels));

    const other = request(2, stagesToEvents(1));
    const preview = await call<JobsPreview>('POST', '/jobs/preview', other);
    expect(preview.runs[0]!.steps.map(({ stage, action, reason }) => [stage, action, reason.text])).toEqual([
      ['daq_to_raw', 'stored', 'made already, with the same input and options'],
      ['raw_to_dsp', 'stored', 'made already, with the same input and options'],
      ['dsp_to_hit', 'compute', 'dsp_to_hit: config.operations.energy.parameters.a changed'],
      ['build_tcm', 'stored', 'made already, with the same input and options'],
      ['hit_to_evt', 'compute', 'dsp_to_hit: config.operations.energy.parameters.a changed'],
    ]);
    const again = await settled((await submit(other)).pipelineId);
    expect(states(again).filter((state) => !state.endsWith('from catalogue'))).toEqual([
      'dsp_to_hit completed',
      'hit_to_evt completed',
    ]);
    const doubled = (await fieldsOf(again))['energy']!;
    doubled.forEach((energy, i) => expect(energy).toBeCloseTo(2 * fields['energy']![i]!, 2));
    const { inputs } = await fixture.job(again.steps.at(-1)!.job.id);
    expect(inputs.map(({ port, datasetId }) => [port, datasetId])).toEqual([
      ['hit', again.steps[2]!.job.outputDatasetId],
      ['tcm', again.steps[3]!.job.outputDatasetId],
    ]);
    const back = await settled((await submit(request(2))).pipelineId);
    expect(back.steps.every(({ job }) => job.fromCatalogue)).toBe(true);
  });

  it('chooses channels by the channel map that was approved', async () => {
    const expert = await fixture.api.signIn('keeper', [{ role: 'expert', detector: null }]);
    const approve = async (usability: string): Promise<void> => {
      const facts = {
        V01: { daq: { rawid: 51201 }, usability },
        V02: { daq: { rawid: 51202 }, usability: 'on' },
      };
      const body = {
        set: 'channelmap',
        detector: null,
        content: facts,
        validFrom: '2020-01-01T00:00:00Z',
        note: usability,
      };
      const added = await fixture.api.call('POST', '/parameters', { as: expert, body });
      const { id } = added.body as { id: string };
      const done = await fixture.api.call('POST', `/parameter-versions/${id}/approve`, {
        as: expert,
        body: {},
      });
      expect(done.status, JSON.stringify(done.body)).toBeLessThan(300);
    };
    const field = { expression: 'hit.energy > -1', aggregation_mode: 'sum', initial: 0, channels: 'on' };
    const config = { channels: { on: { query: 'usability == "on"' } }, operations: { multiplicity: field } };
    const events = request(2, [{ stage: 'hit_to_evt', config: { config } }]);
    const preview = await call<JobsPreview>('POST', '/jobs/preview', events);
    expect(preview.refused[0]!.message).toContain('no channel map holds for the run');
    for (const [usability, expected] of [
      ['off', 1],
      ['on', 2],
    ] as const) {
      await approve(usability);
      const made = await settled((await submit(events)).pipelineId);
      expect(made.steps.map(({ job }) => job.error)).toEqual([null]);
      expect((await fieldsOf(made))['multiplicity']).toEqual(Array(40).fill(expected));
    }
  });

  it('reads a data set that was chosen by hand', async () => {
    const { items } = await call<{ items: { id: string }[] }>(
      'GET',
      '/datasets?detector=lab&run=2&dataKind=hit',
    );
    const oldest = items.at(-1)!.id;
    const [, , , , evt] = stagesToEvents();
    const { pipelineId } = await submit(request(2, [{ ...evt, inputs: { hit: [oldest] } }]));
    expect(states(await settled(pipelineId))).toEqual(['hit_to_evt completed from catalogue']);
  });
});

describe('a stored pipeline', () => {
  let stored: { id: string; latestVersionId: string };
  beforeAll(async () => {
    fixture.caller = await fixture.api.signIn('expert', [{ role: 'expert', detector: null }]);
    const make = (kind: string, name: string, content: object): Promise<typeof stored> =>
      call('POST', '/configurations', { kind, name, content });
    const stages = stagesToEvents();
    for (const { stage, config } of stages.slice(0, 4)) await make(stage, 'lab', config as object);
    stored = await make('pipeline', 'lab', {
      stages: [
        ...stages.slice(0, 4).map(({ stage }) => ({ stage, configuration: 'lab' })),
        { stage: 'hit_to_evt', config: stages[4]!.config },
      ],
    });
  });

  it('says which stage of it is wrong', async () => {
    const content = { stages: [{ stage: 'cook' }, { stage: 'build_tcm', config: {} }] };
    const answer = await fixture.api.call('POST', '/configurations', {
      as: fixture.caller,
      body: { kind: 'pipeline', name: 'wrong', content },
    });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain('content.stages.0.stage');
    expect(JSON.stringify(answer.body)).toContain('content.stages.1.config.columns');
  });

  it('is asked for by its version', async () => {
    const { pipelineId } = await submit({
      runs: [{ detector: 'lab', number: 2 }],
      pipelineVersionId: stored.latestVersionId,
    });
    const found = await settled(pipelineId);
    expect(found.configuration).toEqual({ id: stored.id, name: 'lab', version: 1 });
    expect(found.steps.every(({ job }) => job.fromCatalogue)).toBe(true);
    expect(found.steps[0]!.job.configuration?.name).toBe('lab');
  });

  it('processes new runs of a detector by a rule, and no old ones', async () => {
    const rule = await call<ProcessingRule>('POST', '/processing-rules', {
      detector: 'lab',
      pipelineId: stored.id,
    });
    expect(rule).toMatchObject({ enabled: true, afterNumber: 2, by: 'expert', recent: [] });
    await fixture.addRun(3, 10, { channels });
    const ruled = await waitFor(
      'the rule to take up the run',
      async () => (await call<ProcessingRule[]>('GET', '/processing-rules?detector=lab'))[0]!.recent[0],
      30_000,
    );
    expect(ruled.run).toBe(3);
    const pipelineId = await waitFor('its request', async () => {
      const [one] = await call<ProcessingRule[]>('GET', '/processing-rules');
      return one!.recent[0]!.pipelineId ?? undefined;
    });
    const found = await settled(pipelineId);
    expect(found).toMatchObject({ ruleId: rule.id, name: 'lab', by: 'expert', counts: { completed: 5 } });
    const { prisma } = fixture.api;
    const note = await prisma.auditEntry.findFirstOrThrow({ where: { action: 'processing-rules.run' } });
    expect(note).toMatchObject({ actor: 'expert', target: 'lab/3', outcome: 'done' });

    // Whoever made the rule is asked for the role again each time.
    const { id: userId } = await prisma.user.findUniqueOrThrow({ where: { name: 'expert' } });
    const grants = await prisma.grant.findMany({ where: { userId } });
    await prisma.grant.deleteMany({ where: { userId } });
    await fixture.addRun(4, 1, { channels });
    const refused = await waitFor(
      'the rule to be refused the run',
      async () =>
        (await prisma.processingRuleRun.findFirst({ where: { run: { number: 4 } } }))?.error ?? undefined,
      30_000,
    );
    expect(refused).toContain('expert, who made the rule, has not the role expert for lab any more');
    await prisma.grant.createMany({ data: grants });

    const off = await call<ProcessingRule>('PATCH', `/processing-rules/${rule.id}`, { enabled: false });
    expect(off.enabled).toBe(false);
    await call('DELETE', `/processing-rules/${rule.id}`);
    expect(await call('GET', '/processing-rules')).toEqual([]);
    expect((await detail(pipelineId)).ruleId).toBeNull();
  });

  it('makes one result of several runs, with the facts and the lineage of each', async () => {
    const runs = [2, 3].map((number) => ({ detector: 'lab', number }));
    const config = { columns: ['run.number', 'hit.energy', 'evt.multiplicity'], cuts: ['hit.energy > 0'] };
    const body = { runs, stages: [{ stage: 'skim', config }], joint: true };
    const preview = await call<JobsPreview>('POST', '/jobs/preview', body);
    expect(preview).toMatchObject({ refused: [], runs: [{ number: 2, steps: [{ stage: 'skim' }] }] });
    // Made anew also when this is tried again.
    const { pipelineId } = await submit({ ...body, force: true });
    const [step] = (await settled(pipelineId)).steps;
    expect(step).toMatchObject({ stage: 'skim', job: { status: 'completed', error: null } });
    const made = await fixture.api.prisma.dataset.findFirstOrThrow({
      where: { jobId: step!.job.id },
      include: { run: true },
    });
    expect(made).toMatchObject({ dataKind: 'skim', run: { number: 2 } });
    const { inputs } = made.lineage as unknown as Lineage;
    expect(inputs.map(({ dataKind }) => dataKind)).toEqual(['hit', 'hit', 'evt', 'evt', 'tcm', 'tcm']);
    const reader = await lh5Backend.openReader(join(fixture.data, 'files', made.path));
    const numbers = (await reader.readTable('skim')).columns.get('number');
    await reader.close();
    expect(numbers?.kind === 'array' && new Set(Array.from(numbers.data, Number))).toEqual(new Set([2, 3]));
    const again = await call<JobsPreview>('POST', '/jobs/preview', body);
    expect(again.counts).toMatchObject({ compute: 0, stored: 1 });
  });

  it('may be made a rule by experts of the detector only', async () => {
    const shifter = await fixture.api.signIn('someone', [{ role: 'shifter', detector: null }]);
    const answer = await fixture.api.call('POST', '/processing-rules', {
      as: shifter,
      body: { detector: 'lab', pipelineId: stored.id },
    });
    expect(answer.status).toBe(403);
  });
});
