import {
  type CallOf,
  type DatasetInfo,
  endpoints,
  type ImportResult,
  type JobInfo,
} from '@countroom/contracts';
import type { Api } from './api.js';
import { thoriumRecording } from './recording.js';
import { waitFor } from './wait-for.js';

const demo = { params: { detector: 'demo' } };
type StartBody = CallOf<typeof endpoints.detectors.command>['body'];

/** Starts a run of the demonstration detector through the API; resolves when data is on disk. */
export async function startRun(api: Api, run?: StartBody['run']): Promise<number> {
  await sendStart(api, run);
  return waitFor('a run that takes data', async () => {
    const status = await api.call(endpoints.detectors.status, demo);
    return status.phase === 'taking' && Number(status.counters.durable) > 0 && status.run?.number;
  });
}

/** Ends first what a test that failed has left running, so that it is the only one to fail. */
async function sendStart(api: Api, run?: StartBody['run']): Promise<void> {
  const left = await api.call(endpoints.detectors.status, demo);
  if (left.phase === 'taking' && left.run !== null) await endRun(api, left.run.number);
  await waitFor('a detector that can be started', async () => {
    const status = await api.call(endpoints.detectors.status, demo);
    return status.health === 'ok' && status.phase === 'idle';
  });
  const body: StartBody = { command: 'start', idempotencyKey: `start-${Date.now()}` };
  await api.call(endpoints.detectors.command, { ...demo, body: run === undefined ? body : { ...body, run } });
}

/** Ends the run of the demonstration detector; resolves when its raw file is there. */
export async function endRun(api: Api, number: number): Promise<void> {
  await api.call(endpoints.detectors.command, {
    ...demo,
    body: { command: 'end', idempotencyKey: `end-${Date.now()}` },
  });
  await waitFor(`the raw file of run ${number}`, async () => {
    const run = await api.call(endpoints.runs.get, { params: { detector: 'demo', number } });
    return run.dataKinds.includes('raw');
  });
}

/** A run that was taken and ended by its own limit: it may be over before anybody sees it take data. */
export async function takeRun(api: Api, events: number, mode?: string): Promise<number> {
  const newest = async (): Promise<number> => {
    const { items } = await api.call(endpoints.runs.list, {
      query: { detector: 'demo', sort: 'number', limit: 1 },
    });
    return items[0]?.number ?? 0;
  };
  const last = await newest();
  const run = { limits: { events }, comment: 'Taken for a test' };
  await sendStart(api, mode === undefined ? run : { ...run, mode });
  const number = await waitFor('a new run', async () => {
    const now = await newest();
    return now > last && now;
  });
  await waitFor(`the raw file of run ${number}`, async () => {
    const run = await api.call(endpoints.runs.get, { params: { detector: 'demo', number } });
    return run.dataKinds.includes('raw');
  });
  return number;
}

export function importRecording(api: Api, name: string, seed: number): Promise<ImportResult> {
  const { buffer } = Uint8Array.from(thoriumRecording({ seed, events: 40 }));
  return api.call(endpoints.data.upload, {
    query: { name, comment: `Calibration ${seed}` },
    body: buffer,
  });
}

/** A recording that was imported and decoded; gives its raw dataset. */
export async function importRaw(api: Api, name: string, seed: number): Promise<DatasetInfo> {
  const { detector, run } = await importRecording(api, name, seed);
  await api.call(endpoints.jobs.submit, {
    body: { runs: [{ detector, number: run }], stages: [{ stage: 'daq_to_raw', config: {} }] },
  });
  return waitFor(`the raw data of ${name}`, async () => {
    const { items } = await api.call(endpoints.data.list, { query: { detector, run, dataKind: 'raw' } });
    return items[0];
  });
}

/** Asks for stages over a run and waits until the last of the jobs is over. */
export async function processRun(
  api: Api,
  run: { readonly detector: string; readonly number: number },
  configuration: string,
): Promise<readonly JobInfo[]> {
  const stages = await Promise.all(
    (['raw_to_dsp', 'dsp_to_hit'] as const).map(async (stage) => {
      const found = await api.call(endpoints.configurations.list, { query: { kind: stage } });
      const version = found.find(({ name }) => name === configuration)?.latestVersionId;
      return { stage, ...(version === undefined ? {} : { configurationVersionId: version }) };
    }),
  );
  const { jobs } = await api.call(endpoints.jobs.submit, { body: { runs: [run], stages } });
  const ids = jobs.map(({ id }) => id);
  return waitFor('the jobs', async () => {
    const now = await Promise.all(ids.map((id) => api.call(endpoints.jobs.get, { params: { id } })));
    const failed = now.find(({ status }) => status === 'failed' || status === 'cancelled');
    if (failed !== undefined) throw new Error(`${failed.stage} ${failed.status}: ${failed.error ?? ''}`);
    return now.every(({ status }) => status === 'completed') && now;
  });
}
