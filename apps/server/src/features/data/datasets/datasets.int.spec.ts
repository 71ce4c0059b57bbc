import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetInfo, FileNumbers, TablePreview, TreeNode } from '@countroom/contracts';
import { columnOf, decodeBatch } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataFixture, startDataFixture } from '../testing/data-fixture.js';
import { fcioBytes, rows, sampleAt, writeSampleFile } from '../testing/sample-files.js';

let data: DataFixture;
const get = <T>(path: string): Promise<T> => data.get<T>(path);
const refusal = (path: string): Promise<string> => data.refusal(path);
const of = (what: string): string => data.of(what);
let daq: DatasetInfo;

beforeAll(async () => {
  data = await startDataFixture();
  daq = await data.upload(fcioBytes(1), 'a.fcio');
});
afterAll(() => data.stop());

describe('datasets', () => {
  it('are listed page by page, newest first, and by what is asked for', async () => {
    type List = { items: DatasetInfo[]; next: string | null };
    const first = await get<List>('/datasets?limit=1');
    expect(first.items.map(({ id }) => id)).toEqual([daq.id]);
    const second = await get<List>(`/datasets?limit=1&cursor=${first.next ?? ''}`);
    expect([second.items.map(({ id }) => id), second.next]).toEqual([[data.lh5.id], null]);
    expect((await get<List>('/datasets?dataKind=daq')).items).toHaveLength(1);
    expect((await get<List>('/datasets?detector=imported&run=1')).items).toHaveLength(1);
    expect((await get<List>('/datasets?detector=other')).items).toEqual([]);
    expect(await get<DatasetInfo>(`/datasets/${data.lh5.id}`)).toEqual(data.lh5);
    expect(await refusal('/datasets/0190a0a0-0000-7000-8000-000000000000')).toMatch(/^404 not-found/);
    expect(await refusal('/datasets?cursor=x')).toMatch(/^400 request.invalid/);
  });
});

describe('rows as they are stored', () => {
  const ask = (query: string): Promise<Response> =>
    fetch(`${data.api.origin}/api/v1${of(`rows?path=ch0000001/raw&${query}`)}`, {
      headers: data.viewer.headers,
    });

  it('come as bytes of a batch, without columns that it cannot hold', async () => {
    const response = await ask('from=3&count=2');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const batch = decodeBatch(await response.arrayBuffer());
    expect(batch.rows).toBe(2);
    const { schema, column } = columnOf(batch, 'waveform/values');
    expect(schema.shape).toEqual([100]);
    expect([...column.data].slice(0, 3)).toEqual([sampleAt(3, 0), sampleAt(3, 1), sampleAt(3, 2)]);
    expect(columnOf(batch, 'waveform/dt').schema.units).toBe('ns');
  });

  it('end with the table, and may be of some columns', async () => {
    const batch = decodeBatch(await (await ask(`from=${rows - 1}&count=5&columns=energy`)).arrayBuffer());
    expect(batch.rows).toBe(1);
    expect(batch.schema.columns.map(({ name }) => name)).toEqual(['energy']);
  });

  it('may be single ones by their numbers', async () => {
    const batch = decodeBatch(await (await ask('rows=7,3,4,999')).arrayBuffer());
    expect(batch.rows).toBe(3);
    const { schema, column } = columnOf(batch, 'waveform/values');
    const width = schema.shape[0] ?? 0;
    expect([0, 1, 2].map((row) => Number(column.data[row * width]))).toEqual([
      sampleAt(3, 0),
      sampleAt(4, 0),
      sampleAt(7, 0),
    ]);
    expect(decodeBatch(await (await ask('rows=999')).arrayBuffer()).rows).toBe(0);
  });

  it('of one array come as numbers too, and nothing else does', async () => {
    const numbers = await get<FileNumbers>(of('numbers?path=ch0000001/raw/waveform/values'));
    expect(numbers).toMatchObject({ dtype: 'uint16', shape: [rows, 100] });
    expect(numbers.values.slice(0, 2)).toEqual([sampleAt(0, 0), sampleAt(0, 1)]);
    expect(await refusal(of('numbers?path=ch0000001/raw'))).toContain('must be a number or an array');
    expect(await refusal(of('numbers?path=nothing'))).toMatch(/^404 /);
  });

  it('are refused of what is no table', async () => {
    expect(await refusal(of('rows?path=ch0000001/raw/energy'))).toContain('is no table');
  });
});

describe('the file itself', () => {
  it('can be taken home, whole or in parts', async () => {
    const bytes = readFileSync(join(data.store, data.lh5.path));
    const url = `${data.api.origin}/api/v1${of('file')}`;
    const whole = await fetch(url, { headers: data.viewer.headers });
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename=sample.lh5');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const part = async (headers: Record<string, string>): Promise<[number, string | null, Buffer]> => {
      const answer = await fetch(url, { headers: { ...data.viewer.headers, ...headers } });
      return [answer.status, answer.headers.get('content-range'), Buffer.from(await answer.arrayBuffer())];
    };
    expect(await part({ range: 'bytes=10-19' })).toEqual([
      206,
      `bytes 10-19/${bytes.length}`,
      bytes.subarray(10, 20),
    ]);
    const [status, , last] = await part({ range: 'bytes=-5' });
    expect([status, last]).toEqual([206, bytes.subarray(-5)]);
    expect((await part({ range: `bytes=${bytes.length}-` }))[0]).toBe(416);
    expect((await part({ range: 'bytes=0-1', 'if-range': '"another"' }))[0]).toBe(200);
    const tag = whole.headers.get('etag') ?? '';
    expect((await part({ range: 'bytes=0-1', 'if-range': tag }))[0]).toBe(206);
  });
});

describe('what cannot be looked into', () => {
  it('is a recording: it says what to do', async () => {
    for (const what of ['tree', 'table?path=x', 'waveforms?path=x', 'histogram?path=x'])
      expect(await refusal(`/datasets/${daq.id}/${what}`)).toMatch(
        /^415 .*decode it first: process run imported\/2/,
      );
  });

  it('is a damaged file: the api goes on', async () => {
    const file = join(data.folder, 'other.lh5');
    await writeSampleFile(file, 'ch1/raw');
    const dataset = await data.upload(readFileSync(file), 'other.lh5');
    const kept = join(data.store, dataset.path);
    expect((await get<TreeNode>(`/datasets/${dataset.id}/tree`)).kind).toBeDefined();
    const { length } = readFileSync(kept);
    truncateSync(kept, Math.floor(length / 2));
    expect(await refusal(`/datasets/${dataset.id}/tree`)).toMatch(
      /^422 input.invalid: imports\/.*other\.lh5.*truncated/,
    );
    // Rubbish in the middle: whatever HDF5 makes of it, it is an answer.
    const rubbish = readFileSync(file);
    for (let at = 600; at < rubbish.length; at += 7) rubbish[at] = (at * 31) & 0xff;
    writeFileSync(kept, rubbish);
    for (const what of [
      'tree',
      'table?path=ch1/raw',
      'waveforms?path=ch1/raw',
      'histogram?path=ch1/raw/energy',
    ])
      expect(await refusal(`/datasets/${dataset.id}/${what}`)).toMatch(/^(404|422|400) /);
    expect((await get<TablePreview>(of('table?path=ch0000001/raw&count=1'))).rows).toBe(rows);
  });

  it('is a file that is gone', async () => {
    const kept = join(data.store, data.lh5.path);
    renameSync(kept, `${kept}.away`);
    for (const what of ['tree', 'file'])
      expect(await refusal(of(what))).toMatch(/^410 gone: .*cannot be found in store data/);
    renameSync(`${kept}.away`, kept);
    await data.api.prisma.dataset.update({ where: { id: daq.id }, data: { deletedAt: new Date() } });
    expect(await refusal(`/datasets/${daq.id}`)).toMatch(/^410 gone: .*was deleted/);
    await data.api.prisma.dataset.update({
      where: { id: data.lh5.id },
      data: { path: '../../../../etc/passwd' },
    });
    expect(await refusal(of('file'))).toMatch(/^410 gone: .*leads out/);
    rmSync(kept);
  });
});
