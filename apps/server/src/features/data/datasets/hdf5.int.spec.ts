import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetInfo, Hdf5Slice, ImportResult, Problem, TreeNode } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { fcioBytes, temporaryFolder, writePlainFile, writeSampleFile } from '../testing/sample-files.js';

const place = temporaryFolder();
let api: TestApi;
let viewer: Caller;
let shifter: Caller;
let plain: DatasetInfo;

beforeAll(async () => {
  api = await startTestApi({ COUNTROOM_DATA: place.path });
  await api.prisma.detector.create({ data: { name: 'imported', kind: 'files' } });
  viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
  const file = join(place.path, 'plain.h5');
  await writePlainFile(file);
  const result = await upload(readFileSync(file), 'plain.h5');
  expect(result).toMatchObject({ format: 'hdf5', known: false });
  plain = result.dataset;
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

async function upload(bytes: Buffer, name: string): Promise<ImportResult> {
  const response = await fetch(`${api.origin}/api/v1/imports/upload?name=${name}`, {
    method: 'PUT',
    headers: shifter.headers,
    body: new Uint8Array(bytes),
  });
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body as ImportResult;
}
async function slice(query: string, id = plain.id): Promise<Hdf5Slice> {
  const { status, body } = await api.call('GET', `/datasets/${id}/hdf5?${query}`, { as: viewer });
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Hdf5Slice;
}
async function refusal(path: string): Promise<string> {
  const { status, body } = await api.call('GET', `/datasets/${plain.id}/${path}`, { as: viewer });
  return `${status} ${(body as Problem).message}`;
}

describe('an HDF5 file that is not LH5', () => {
  it('is imported as what it is', () => {
    expect(plain).toMatchObject({ format: 'hdf5', dataKind: 'hdf5', rows: null });
    expect(plain.report).toMatchObject({ format: 'hdf5' });
  });

  it('shows its objects with types and attributes', async () => {
    const { status, body } = await api.call('GET', `/datasets/${plain.id}/tree`, { as: viewer });
    expect(status).toBe(200);
    const root = body as TreeNode;
    expect(root.children?.map(({ name, kind }) => [name, kind])).toEqual([
      ['names', 'strings'],
      ['scan', 'group'],
      ['version', 'scalar'],
    ]);
    const [cube, curve] = root.children?.[1]?.children ?? [];
    expect(cube).toMatchObject({
      path: 'scan/cube',
      datatype: 'int32',
      dtype: 'int32',
      shape: [2, 3, 4],
      attrs: { units: 'counts' },
    });
    expect(curve).toMatchObject({ dtype: 'float64', shape: [50_000] });
    expect(root.children?.[2]?.attrs).toMatchObject({ note: 'by hand' });
  });

  it('shows parts of a dataset of any rank', async () => {
    expect(await slice('path=scan/cube&axes=1;0:3:2;1:9')).toEqual({
      path: 'scan/cube',
      type: 'int32',
      numeric: true,
      units: 'counts',
      full: [2, 3, 4],
      shape: [2, 3],
      data: [101, 102, 103, 121, 122, 123],
      places: null,
    });
    expect((await slice('path=scan/cube&axes=1;2;3')).data).toEqual([123]);
    expect((await slice('path=scan/cube')).data).toHaveLength(24);
    expect((await slice('path=scan/large')).data).toEqual([(2n ** 62n).toString(), '-1']);
    expect(await slice('path=names')).toMatchObject({ numeric: false, data: ['one', 'two'] });
    expect((await slice('path=version')).shape).toEqual([]);
  });

  it('thins a curve out without losing a spike', async () => {
    const { data, places } = await slice('path=scan/curve&points=100');
    expect(data).toHaveLength(200);
    expect(places?.[data.indexOf(1000)]).toBe(12_345);
    const part = await slice('path=scan/curve&points=100&axes=12340:12350');
    expect([part.data.indexOf(1000), part.places]).toEqual([5, null]);
  });

  it('refuses what is too large, not there, or leads elsewhere', async () => {
    expect(await refusal('hdf5?path=scan')).toMatch(/^400 .*is no dataset but a group/);
    expect(await refusal('hdf5?path=none')).toMatch(/^404 /);
    expect(await refusal('hdf5?path=../../etc/passwd')).toMatch(/^40[04] /);
    expect(await refusal('hdf5?path=scan/cube&axes=2')).toMatch(/^400 /);
    expect(await refusal('hdf5?path=scan/cube&axes=0;0;0;0')).toMatch(/^400 .*has 3 axes, not 4/);
    expect(await refusal('hdf5?path=scan/cube&axes=a')).toMatch(/^400 /);
    expect(await refusal('hdf5?path=scan/cube&axes=0:2:0')).toMatch(/^400 /);
    expect(await refusal('table?path=scan/cube')).toMatch(/^415 .*without LH5 tables/);
    expect(await refusal('recording')).toMatch(/^415 .*is no recording/);
  });
});

describe('other datasets', () => {
  it('are shown in parts when they are HDF5, and not when they are recordings', async () => {
    const file = join(place.path, 'sample.lh5');
    await writeSampleFile(file);
    const lh5 = (await upload(readFileSync(file), 'sample.lh5')).dataset;
    const path = 'path=ch0000001/raw/waveform/values&axes=3;0:4';
    expect((await slice(path, lh5.id)).data).toEqual([300, 301, 302, 303]);
    const daq = (await upload(fcioBytes(8), 'a.fcio')).dataset;
    const { status } = await api.call('GET', `/datasets/${daq.id}/hdf5?path=x`, { as: viewer });
    expect(status).toBe(415);
  });
});
