import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem, TextPart } from '@countroom/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { temporaryFolder } from '../testing/sample-files.js';

const place = temporaryFolder();
const folder = join(place.path, 'files/analysis/demo/1/muons');
let api: TestApi;
let viewer: Caller;

beforeAll(async () => {
  api = await startTestApi({ COUNTROOM_DATA: place.path });
  viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
  mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

it('files of consumers are read in lines, also while they grow, and never outside of their store', async () => {
  const detector = await api.prisma.detector.create({ data: { name: 'demo', kind: 'live' } });
  const run = await api.prisma.run.create({
    data: { detectorId: detector.id, number: 1, origin: 'live', mode: 'x', by: 'ada' },
  });
  const store = await api.prisma.store.upsert({
    where: { name: 'data' },
    create: { name: 'data' },
    update: {},
  });
  const register = async (file: string, format: string): Promise<string> => {
    const what = { detectorId: detector.id, runId: run.id, storeId: store.id, dataKind: 'results', format };
    const origin = { lineage: {}, lineageHash: file };
    const path = `analysis/demo/1/muons/${file}`;
    return (await api.prisma.dataset.create({ data: { ...what, ...origin, path, bytes: 3n } })).id;
  };
  const ask = (id: string, query = '') => api.call('GET', `/datasets/${id}/text${query}`, { as: viewer });

  writeFileSync(join(folder, 'pFilt.csv'), '# head\n1, 2\n');
  const text = await register('pFilt.csv', 'text');
  expect((await ask(text)).body).toEqual({ bytes: 12, from: 0, to: 12, lines: ['# head', '1, 2'] });
  appendFileSync(join(folder, 'pFilt.csv'), '3, 4\n');
  expect(((await ask(text, '?from=12')).body as TextPart).lines).toEqual(['3, 4']);
  expect(((await ask(text, '?from=-6')).body as TextPart).lines).toEqual(['3, 4']);
  const file = await fetch(`${api.origin}/api/v1/datasets/${text}/file`, { headers: viewer.headers });
  expect([file.headers.get('content-length'), await file.text()]).toEqual(['17', '# head\n1, 2\n3, 4\n']);
  const table = await api.call('GET', `/datasets/${text}/table?path=x`, { as: viewer });
  expect((table.body as Problem).message).toContain('holds no tables');

  const lh5 = await ask(await register('muons.lh5', 'lh5'));
  expect((lh5.body as Problem).message).toContain('muons.lh5 is no text but lh5');
  symlinkSync('/etc/hostname', join(folder, 'out.txt'));
  const outside = await ask(await register('out.txt', 'text'));
  expect([outside.status, (outside.body as Problem).message]).toEqual([
    410,
    expect.stringContaining('out.txt'),
  ]);
  const gone = await ask(await register('gone.txt', 'text'));
  expect([gone.status, (gone.body as Problem).message]).toEqual([
    410,
    expect.stringContaining('cannot be found'),
  ]);
});
