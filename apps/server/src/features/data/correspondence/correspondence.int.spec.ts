import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Correspondence, EventHits, Problem } from '@countroom/contracts';
import { createWriter } from '@countroom/lh5';
import type { Table } from '@countroom/records';
import { mapTable } from '@countroom/stages';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { numbers, table, temporaryFolder } from '../testing/sample-files.js';

const place = temporaryFolder();
let api: TestApi;
let viewer: Caller;
let facts: { detectorId: string; runId: string; storeId: string };
let raw: string;
let hit: string;
let tcm: string;
let evt: string;
let foreign: string;

beforeAll(async () => {
  api = await startTestApi({ COUNTROOM_DATA: place.path });
  viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
  const detector = await api.prisma.detector.create({ data: { name: 'lab', kind: 'files' } });
  const run = await addRun(detector.id, 1);
  const store = await api.prisma.store.upsert({
    where: { name: 'data' },
    create: { name: 'data' },
    update: {},
  });
  facts = { detectorId: detector.id, runId: run, storeId: store.id };
  raw = await made('raw', { 'ch3/raw': energies(4), 'ch7/raw': energies(5) }, 'daq_to_raw', []);
  const dsp = await made('dsp', { 'ch3/dsp': energies(4), 'ch7/dsp': energies(5) }, 'raw_to_dsp', [
    ['raw', raw],
  ]);
  hit = await made(
    'hit',
    { 'ch3/hit': energies(4), 'ch7/hit': energies(5), 'ch9/hit': energies(1) },
    'dsp_to_hit',
    [['dsp', dsp]],
  );
  // Event 0: row 0 of both; event 1: row 1 of ch7 and the one of ch9; event 2: rows 1 and 2 of ch3, row 2 of ch7.
  const map = mapTable(
    {
      table: Int32Array.of(0, 1, 1, 2, 0, 0, 1),
      row: Int32Array.of(0, 0, 1, 0, 1, 2, 2),
      ends: Int32Array.of(2, 4, 7),
    },
    [3, 7, 9],
    { tables: JSON.stringify(['ch3/hit', 'ch7/hit', 'ch9/hit']), hash_func: String.raw`\d+` },
  );
  tcm = await made('tcm', { tcm: map }, 'build_tcm', [['hit', hit]]);
  evt = await made('evt', { evt: energies(3) }, 'hit_to_evt', [
    ['tcm', tcm],
    ['hit', hit],
  ]);
  foreign = await made('evt', { evt: energies(3) }, null, [], 'foreign');
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

async function addRun(detectorId: string, number: number): Promise<string> {
  const data = { detectorId, number, origin: 'imported', by: 'test' };
  return (await api.prisma.run.create({ data })).id;
}
function energies(rows: number): Table {
  return table(rows, {
    energy: numbers(
      'float64',
      Array.from({ length: rows }, (_, row) => row),
    ),
  });
}

/** A data set with its file, and the job that made it. */
async function made(
  dataKind: string,
  tables: Readonly<Record<string, Table>>,
  stage: string | null,
  inputs: readonly (readonly [port: string, datasetId: string])[],
  name: string = dataKind,
): Promise<string> {
  const path = `lab/${name}.lh5`;
  const file = join(place.path, 'files', path);
  mkdirSync(dirname(file), { recursive: true });
  const writer = await createWriter(file);
  for (const [at, rows] of Object.entries(tables)) await writer.append(at, rows);
  await writer.close();
  const { detectorId, runId, storeId } = facts;
  const common = { detectorId, runId, lineage: {}, lineageHash: name };
  const jobId = stage === null ? null : randomUUID();
  if (jobId !== null && stage !== null) {
    const job = { id: jobId, stage, status: 'completed', config: {}, by: 'test', ...common };
    await api.prisma.job.create({ data: job });
    const rows = inputs.map(([port, datasetId], position) => ({ jobId, port, position, datasetId }));
    await api.prisma.jobInput.createMany({ data: rows });
  }
  const data = { dataKind, storeId, path, format: 'lh5', bytes: 1n, jobId, ...common };
  return (await api.prisma.dataset.create({ data })).id;
}
async function get<T>(path: string): Promise<T> {
  const answer = await api.call('GET', path, { as: viewer });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as T;
}
async function refusal(path: string): Promise<string> {
  const { status, body } = await api.call('GET', path, { as: viewer });
  return `${status} ${(body as Problem).message}`;
}
const hitsOf = (id: string, events: string, dataset = raw): string =>
  `/datasets/${id}/event-hits?dataset=${dataset}&events=${events}`;

it('data sets with the same rows are known from the jobs that made them, and events from their map', async () => {
  const found = await get<Correspondence>(`/datasets/${raw}/correspondence`);
  expect(found.sameRows).toHaveLength(3);
  expect(found.sameRows).toEqual(expect.arrayContaining([raw, hit]));
  const missing = new Map(found.events.map((one) => [one.dataset, one.missing]));
  expect([missing.get(evt), missing.get(tcm)]).toEqual([null, null]);
  expect(missing.get(foreign)).toContain('lab/foreign.lh5 was not made here');
  expect(await refusal(`/datasets/${randomUUID()}/correspondence`)).toContain('404');
});

it('hits of events are rows of the raw data', async () => {
  expect(await get<EventHits>(hitsOf(evt, '2,0'))).toEqual({
    map: 'tcm',
    events: 3,
    hits: [
      { event: 0, table: 'ch3/raw', row: 0 },
      { event: 0, table: 'ch7/raw', row: 0 },
      { event: 2, table: 'ch3/raw', row: 1 },
      { event: 2, table: 'ch3/raw', row: 2 },
      { event: 2, table: 'ch7/raw', row: 2 },
    ],
    total: 5,
    absent: [],
  });
});

it('entries of the map are events too, and tables that are not there are named', async () => {
  const found = await get<EventHits>(hitsOf(tcm, '1'));
  expect(found).toMatchObject({
    hits: [{ event: 1, table: 'ch7/raw', row: 1 }],
    total: 2,
    absent: ['ch9/hit'],
  });
  expect(await get<EventHits>(hitsOf(tcm, '1', hit))).toMatchObject({ total: 2, absent: [] });
  expect(await get<EventHits>(hitsOf(evt, '3,500'))).toMatchObject({ events: 3, hits: [], total: 0 });
});

it('what is missing is said', async () => {
  expect(await refusal(hitsOf(foreign, '0'))).toMatch(/^415 .*foreign\.lh5 was not made here/);
  expect(await refusal(hitsOf(hit, '0'))).toMatch(/^415 lab\/hit\.lh5 holds hit, not events/);
  expect(await refusal(`/datasets/${evt}/event-hits?dataset=${raw}`)).toMatch(/^400/);
  const other = await addRun(facts.detectorId, 2);
  const { runId } = facts;
  facts = { ...facts, runId: other };
  const elsewhere = await made('raw', { 'ch3/raw': energies(4) }, 'daq_to_raw', [], 'elsewhere');
  facts = { ...facts, runId };
  expect(await refusal(hitsOf(evt, '0', elsewhere))).toContain('of different runs');
  await api.prisma.dataset.update({ where: { id: tcm }, data: { deletedAt: new Date() } });
  expect(await refusal(hitsOf(evt, '0'))).toContain('lab/tcm.lh5 of lab/evt.lh5 was deleted');
});
