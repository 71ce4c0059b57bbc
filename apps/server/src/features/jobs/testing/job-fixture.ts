import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobDetail, JobInfo, JsonValue } from '@countroom/contracts';
import { simulateFcio } from '@countroom/decoders';
import { fileLineage } from '@countroom/pipeline';
import { lineageHash } from '@countroom/run-model';
import type { Prisma } from '../../../generated/prisma/client.js';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { waitFor } from '../../../platform/testing/wait-for.js';

const worker = fileURLToPath(new URL('../../../../dist/main.worker.js', import.meta.url));

export const chain = {
  outputs: ['eventnumber', 'bl_mean', 'wf_max'],
  processors: {
    'bl_mean, bl_std, bl_slope, bl_icept': {
      function: 'linear_slope_fit',
      module: 'dspeed.processors',
      args: ['waveform[0:100]', 'bl_mean', 'bl_std', 'bl_slope', 'bl_icept'],
      unit: ['ADC', 'ADC', 'ADC', 'ADC'],
    },
    wf_blsub: {
      function: 'bl_subtract',
      module: 'dspeed.processors',
      args: ['waveform', 'bl_mean', 'wf_blsub'],
      unit: 'ADC',
    },
    'tp_min, tp_max, wf_min, wf_max': {
      function: 'min_max',
      module: 'dspeed.processors',
      args: ['wf_blsub', 'tp_min', 'tp_max', 'wf_min', 'wf_max'],
      unit: ['ns', 'ns', 'ADC', 'ADC'],
    },
  },
};
export const hits = {
  outputs: ['eventnumber', 'energy'],
  operations: { energy: { expression: 'a*wf_max', parameters: { a: 0.5 } } },
};

/** Options of every stage from a recording to events, with a calibration of their own. */
export function stagesToEvents(gain = 0.5): { stage: string; config: JsonValue }[] {
  const operations = { energy: { ...hits.operations.energy, parameters: { a: gain } } };
  const fields = {
    multiplicity: { expression: 'hit.energy > 0', aggregation_mode: 'sum', initial: 0 },
    energy: { expression: 'hit.energy', aggregation_mode: 'sum' },
  };
  return [
    { stage: 'daq_to_raw', config: { outSpec: { FCEventDecoder: { 'ch{key}/raw': { key_list: ['*'] } } } } },
    { stage: 'raw_to_dsp', config: { config: chain } },
    { stage: 'dsp_to_hit', config: { config: { ...hits, operations } } },
    {
      stage: 'build_tcm',
      config: { from: 'raw', tables: ['ch*/raw'], columns: [{ name: 'eventnumber', window: 0 }] },
    },
    { stage: 'hit_to_evt', config: { config: { channels: {}, operations: fields } } },
  ];
}

export const pipeline = [
  { stage: 'daq_to_raw', config: {} },
  { stage: 'raw_to_dsp', config: { config: chain } },
  { stage: 'dsp_to_hit', config: { config: hits } },
];

/** An api, a recording of a run, and workers that can be started and killed. */
export class JobFixture {
  readonly workers: ChildProcess[] = [];

  private constructor(
    readonly api: TestApi,
    readonly data: string,
    /** Who calls. */
    public caller: Caller,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async start(): Promise<JobFixture> {
    const data = mkdtempSync(join(tmpdir(), 'countroom-jobs-'));
    const api = await startTestApi({ COUNTROOM_DATA: data });
    const caller = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
    await api.prisma.store.upsert({ where: { name: 'data' }, create: { name: 'data' }, update: {} });
    const [row] = await api.prisma.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    const url = new URL(await databaseUrl());
    url.pathname = `/${row?.name ?? ''}`;
    return new JobFixture(api, data, caller, {
      ...process.env,
      DATABASE_URL: url.toString(),
      COUNTROOM_DATA: data,
      COUNTROOM_WORKER_THREADS: '1',
      COUNTROOM_WORKER_CONCURRENCY: '8',
      COUNTROOM_LOG_LEVEL: 'warn',
    });
  }

  /** A run whose only dataset is a recording of so many events, which come `times` times over. */
  async addRun(
    number: number,
    events: number,
    {
      seed = number,
      channels = 1,
      times = 1,
    }: { readonly seed?: number; readonly channels?: number; readonly times?: number } = {},
  ): Promise<{ id: string; recording: string }> {
    const { prisma } = this.api;
    const detector = await prisma.detector.upsert({
      where: { name: 'lab' },
      create: { name: 'lab', kind: 'files' },
      update: {},
    });
    const path = `imports/${number}.fcio`;
    const recording = join(this.data, 'files', path);
    mkdirSync(join(this.data, 'files', 'imports'), { recursive: true });
    const [protocol, config, ...records] = simulateFcio({ events, channels, samples: 400, seed });
    writeFileSync(recording, Buffer.concat([protocol!, config!]));
    const body = Buffer.concat(records);
    for (let left = times; left > 0; left--) appendFileSync(recording, body);
    const run = await prisma.run.create({
      data: {
        detectorId: detector.id,
        number,
        origin: 'imported',
        by: 'test',
        dataKinds: ['daq'],
        recorded: null,
      },
    });
    const store = await prisma.store.findUniqueOrThrow({ where: { name: 'data' } });
    const lineage = fileLineage('daq', `seed-${seed}-${events}`);
    await prisma.dataset.create({
      data: {
        detectorId: detector.id,
        runId: run.id,
        dataKind: 'daq',
        lineage: lineage as unknown as Prisma.InputJsonObject,
        lineageHash: lineageHash(lineage),
        storeId: store.id,
        path,
        format: 'daq',
        bytes: 0n,
      },
    });
    return { id: run.id, recording };
  }

  startWorker(): ChildProcess {
    const child = fork(worker, [], {
      env: this.environment,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.workers.push(child);
    return child;
  }

  async submit(body: object): Promise<JobInfo[]> {
    const answer = await this.api.call('POST', '/jobs', { as: this.caller, body });
    if (answer.status !== 201 && answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return (answer.body as { jobs: JobInfo[] }).jobs;
  }

  async job(id: string): Promise<JobDetail> {
    return (await this.api.call('GET', `/jobs/${id}`, { as: this.caller })).body as JobDetail;
  }

  ended(id: string, deadlineMs = 60_000): Promise<JobDetail> {
    return waitFor(
      `job ${id} to end`,
      async () => {
        const job = await this.job(id);
        return job.endedAt === null ? undefined : job;
      },
      deadlineMs,
    );
  }

  /** Files below the store, without the recordings. */
  results(): string[] {
    return readdirSync(join(this.data, 'files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('imports'))
      .map((entry) => join(entry.parentPath, entry.name));
  }

  async stop(): Promise<void> {
    for (const child of this.workers) {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await gone;
      }
    }
    await this.api.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}

async function databaseUrl(): Promise<string> {
  const { createTestDatabase } = await import('../../../platform/testing/test-database.js');
  const probe = await createTestDatabase({ empty: true });
  await probe.drop();
  return probe.url;
}
