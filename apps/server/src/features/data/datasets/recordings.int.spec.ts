import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type {
  DatasetInfo,
  ImportResult,
  Problem,
  RecordingSummary,
  RecordingTables,
} from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { fcioBytes, temporaryFolder } from '../testing/sample-files.js';

const place = temporaryFolder();
const folder = join(place.path, 'import');
let api: TestApi;
let viewer: Caller;
let shifter: Caller;
let daq: DatasetInfo;

beforeAll(async () => {
  api = await startTestApi({ COUNTROOM_DATA: place.path });
  await api.prisma.detector.create({ data: { name: 'imported', kind: 'files' } });
  viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.fcio'), fcioBytes(1, 50));
  const answer = await api.call('POST', '/imports/from-folder', { as: shifter, body: { path: 'a.fcio' } });
  daq = (answer.body as ImportResult).dataset;
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

async function tables(config: object): Promise<RecordingTables> {
  const answer = await ask(config);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as RecordingTables;
}
const ask = (config: object): ReturnType<TestApi['call']> =>
  api.call('POST', `/datasets/${daq.id}/recording/tables`, { as: viewer, body: { config } });
async function issue(config: object): Promise<string> {
  const { status, body } = await ask(config);
  const [first] = (body as Problem).issues ?? [];
  return `${status} ${first?.path ?? (body as Problem).message}: ${first?.message ?? ''}`;
}

describe('a recording', () => {
  it('tells what it is and holds', async () => {
    const { status, body } = await api.call('GET', `/datasets/${daq.id}/recording`, { as: viewer });
    expect(status).toBe(200);
    const summary = body as RecordingSummary;
    expect(summary).toMatchObject({
      format: 'fcio',
      title: 'FlashCam FCIO',
      isWhole: true,
      bytes: Number(daq.bytes),
      totalBytes: Number(daq.bytes),
      faults: { clean: true, garbageBytes: 0, truncated: false },
    });
    expect(summary.faults.records).toEqual({ Config: 1, Event: 50 });
    expect(summary.facts).toContainEqual({
      decoder: 'FCConfigDecoder',
      name: 'nsamples',
      value: 64,
      units: null,
    });
    const events = summary.streams.find(({ decoder }) => decoder === 'FCEventDecoder');
    expect(events).toMatchObject({ table: 'FCEvent', rows: 100, estimatedRows: 100, keyCount: 2 });
    expect(events?.keys.map(({ rows }) => rows)).toEqual([50, 50]);
    expect(events?.times?.units).toBe('s');
    expect(events?.columns.find(({ name }) => name === 'waveform/values')).toMatchObject({
      dtype: 'uint16',
      shape: [64],
      variableLength: false,
    });
  });

  it('tells the same in the import folder, also packed, and nothing outside of it', async () => {
    const bytes = fcioBytes(1, 50);
    writeFileSync(join(folder, 'b.fcio.gz'), gzipSync(bytes));
    writeFileSync(join(folder, 'notes.txt'), 'not a recording');
    writeFileSync(join(place.path, 'secret.fcio'), bytes);
    symlinkSync(join(place.path, 'secret.fcio'), join(folder, 'link.fcio'));
    const get = (path: string, as = shifter): ReturnType<TestApi['call']> =>
      api.call('GET', `/imports/folder/recording?path=${encodeURIComponent(path)}`, { as });
    for (const name of ['a.fcio', 'b.fcio.gz']) {
      const { status, body } = await get(name);
      expect(status, JSON.stringify(body)).toBe(200);
      expect(body).toMatchObject({ format: 'fcio', bytes: bytes.length, isWhole: true });
    }
    const wrong = async (path: string): Promise<string> => {
      const { status, body } = await get(path);
      return `${status} ${(body as Problem).message}`;
    };
    expect(await wrong('notes.txt')).toMatch(/^422 notes\.txt: .*no known DAQ format/);
    expect(await wrong('../secret.fcio')).toMatch(/^400 /);
    expect(await wrong('link.fcio')).toMatch(/^400 .*leads out/);
    expect(await wrong('none.fcio')).toMatch(/^404 /);
    expect((await get('a.fcio', viewer)).status).toBe(403);
  });
});

describe('the tables of a conversion', () => {
  it('are those of the default layout, and of an output specification', async () => {
    const usual = await tables({});
    expect(usual.tables.map(({ path }) => path)).toContain('FCEvent');
    const group = {
      key_list: ['*'],
      out_name: '{name}/raw',
      proc_spec: {
        window: ['waveform', 10, 20, 'short'],
        dtype_conv: { energy: 'float32' },
        drop: ['waveform'],
      },
    };
    const made = await tables({ outSpec: { FCEventDecoder: { 'ch{key:07d}': group } } });
    expect(made.tables.map(({ path, rows, keyCount }) => [path, rows, keyCount])).toEqual(
      [0, 1].map((channel) => [
        `ch${String(usual.tables.find(({ path }) => path === 'FCEvent')?.keys[channel]).padStart(7, '0')}/raw`,
        50,
        1,
      ]),
    );
    const columns = made.tables[0]?.columns ?? [];
    expect(columns.find(({ name }) => name === 'short/values')).toMatchObject({ shape: [10] });
    expect(columns.some(({ name }) => name.startsWith('waveform/'))).toBe(false);
    const bytes = made.tables[0]?.estimatedBytes ?? 0;
    expect(bytes).toBeGreaterThan(50 * 20);
    const [first, second] = usual.tables.find(({ path }) => path === 'FCEvent')?.keys ?? [];
    const part = await tables({ outSpec: { FCEventDecoder: { one: { key_list: [first] } } } });
    expect(part.unclaimed).toEqual({ FCEventDecoder: [second] });
  });

  it('are refused with the place of the fault', async () => {
    const group = (more: object): object => ({
      outSpec: { FCEventDecoder: { geds: { key_list: ['*'], ...more } } },
    });
    expect(await issue(group({ keylist: [] }))).toMatch(
      /^400 body\.config\.outSpec\.FCEventDecoder\.geds\.keylist: there is no such field/,
    );
    expect(await issue(group({ key_list: [[9, 1]] }))).toMatch(
      /^400 body\.config\.outSpec\.FCEventDecoder\.geds\.key_list\.0: the range 9…1 is empty/,
    );
    expect(await issue(group({ out_name: '{where}' }))).toMatch(/outSpec\.FCEventDecoder\.geds\.out_name: /);
    expect(await issue(group({ out_name: '../x' }))).toMatch(/^400 .*leaves its group/);
    expect(await issue(group({ proc_spec: { widow: [] } }))).toMatch(
      /proc_spec\.widow: there is no such step/,
    );
    expect(await issue({ nMax: 0 })).toMatch(/^400 body\.config\.nMax: /);
    expect(await issue({ nothing: 1 })).toMatch(/^400 body\.config\b/);
    expect(await issue({ format: 'no' })).toMatch(/^400 body\.config\.format: there is no format no/);
  });

  it('need a recording', async () => {
    const id = '0190a0a0-0000-7000-8000-000000000000';
    expect((await api.call('GET', `/datasets/${id}/recording`, { as: viewer })).status).toBe(404);
    const more = await api.call('POST', `/datasets/${daq.id}/recording/tables`, {
      as: viewer,
      body: { config: {}, path: '/etc/passwd' },
    });
    expect(more.status).toBe(400);
  });
});
