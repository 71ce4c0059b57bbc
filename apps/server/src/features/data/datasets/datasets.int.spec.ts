import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ColumnHistogram,
  DatasetInfo,
  FileNumbers,
  ImportResult,
  PlaneHistogram,
  Problem,
  TablePreview,
  TreeNode,
  WaveformsPreview,
} from '@countroom/contracts';
import { columnOf, decodeBatch } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../../../platform/http/testing/test-api.js';
import { fcioBytes, rows, sampleAt, temporaryFolder, writeSampleFile } from '../testing/sample-files.js';

const place = temporaryFolder();
const store = join(place.path, 'files');
let api: TestApi;
let viewer: Caller;
let shifter: Caller;
let lh5: DatasetInfo;
let daq: DatasetInfo;

beforeAll(async () => {
  api = await startTestApi({ COUNTROOM_DATA: place.path });
  await api.prisma.detector.create({ data: { name: 'imported', kind: 'files' } });
  viewer = await api.signIn('viewer', [{ role: 'viewer', detector: null }]);
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
  const file = join(place.path, 'sample.lh5');
  await writeSampleFile(file);
  lh5 = await upload(readFileSync(file), 'sample.lh5');
  daq = await upload(fcioBytes(1), 'a.fcio');
});
afterAll(async () => {
  await api.stop();
  place.remove();
});

async function upload(bytes: Buffer, name: string): Promise<DatasetInfo> {
  const response = await fetch(`${api.origin}/api/v1/imports/upload?name=${name}`, {
    method: 'PUT',
    headers: shifter.headers,
    body: new Uint8Array(bytes),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as ImportResult).dataset;
}
async function get<T>(path: string): Promise<T> {
  const answer = await api.call('GET', path, { as: viewer });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as T;
}
async function refusal(path: string): Promise<string> {
  const { status, body } = await api.call('GET', path, { as: viewer });
  return `${status} ${(body as Problem).code}: ${(body as Problem).message}`;
}
const of = (what: string): string => `/datasets/${lh5.id}/${what}`;

describe('datasets', () => {
  it('are listed page by page, newest first, and by what is asked for', async () => {
    type List = { items: DatasetInfo[]; next: string | null };
    const first = await get<List>('/datasets?limit=1');
    expect(first.items.map(({ id }) => id)).toEqual([daq.id]);
    const second = await get<List>(`/datasets?limit=1&cursor=${first.next ?? ''}`);
    expect([second.items.map(({ id }) => id), second.next]).toEqual([[lh5.id], null]);
    expect((await get<List>('/datasets?dataKind=daq')).items).toHaveLength(1);
    expect((await get<List>('/datasets?detector=imported&run=1')).items).toHaveLength(1);
    expect((await get<List>('/datasets?detector=other')).items).toEqual([]);
    expect(await get<DatasetInfo>(`/datasets/${lh5.id}`)).toEqual(lh5);
    expect(await refusal('/datasets/0190a0a0-0000-7000-8000-000000000000')).toMatch(/^404 not-found/);
    expect(await refusal('/datasets?cursor=x')).toMatch(/^400 request.invalid/);
  });
});

describe('rows as they are stored', () => {
  const ask = (query: string): Promise<Response> =>
    fetch(`${api.origin}/api/v1${of(`rows?path=ch0000001/raw&${query}`)}`, { headers: viewer.headers });

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

describe('an LH5 file', () => {
  it('shows its objects', async () => {
    const root = await get<TreeNode>(of('tree'));
    const channel = root.children?.find(({ name }) => name === 'ch0000001');
    const raw = channel?.children?.[0];
    expect(raw).toMatchObject({ path: 'ch0000001/raw', kind: 'table', rows });
    const byName = new Map(raw?.children?.map((node) => [node.name, node]));
    expect([...byName.keys()]).toEqual(['energy', 'flag', 'hits', 'timestamp', 'waveform']);
    expect(byName.get('timestamp')).toMatchObject({
      kind: 'array',
      dtype: 'int64',
      shape: [rows],
      attrs: { units: 'ns' },
    });
    expect(byName.get('hits')).toMatchObject({ kind: 'vov', dtype: 'float32', rows });
    expect(byName.get('hits')?.children).toBeUndefined();
    expect(byName.get('waveform')).toMatchObject({ kind: 'waveform' });
  });

  it('shows rows with full precision', async () => {
    const shown = await get<TablePreview>(of('table?path=ch0000001/raw&from=10&count=2'));
    expect(shown).toMatchObject({ rows, from: 10, to: 12 });
    expect(shown.columns.map(({ name, dtype, units, plottable }) => [name, dtype, units, plottable])).toEqual(
      [
        ['energy', 'float64', 'keV', true],
        ['flag', 'bool', null, true],
        ['hits', 'float32', null, true],
        ['timestamp', 'int64', 'ns', true],
        ['waveform/dt', 'float64', 'ns', true],
        ['waveform/t0', 'float64', 'us', true],
        ['waveform/values', 'uint16', 'ADC', true],
      ],
    );
    const [first, second] = shown.values;
    expect(first?.slice(0, 2)).toEqual(['NaN', false]);
    expect(first?.[3]).toBe((2n ** 62n + 10n).toString());
    const cut = Array.from({ length: 16 }, (_, k) => sampleAt(10, k));
    expect(first?.[6]).toEqual([...cut, '…']);
    expect(first?.[2]).toHaveLength(17);
    expect(second?.slice(0, 2)).toEqual([11, true]);
  });

  it('shows single columns, scalars, and nothing behind the last row', async () => {
    expect((await get<TablePreview>(of('table?path=ch0000001/raw/energy&from=38'))).values).toEqual([
      [38],
      [39],
    ]);
    expect((await get<TablePreview>(of('table?path=run/number'))).values).toEqual([['7']]);
    expect(await get<TablePreview>(of('table?path=ch0000001/raw&from=99'))).toMatchObject({
      from: rows,
      to: rows,
      values: [],
    });
    expect(await refusal(of('table?path=ch0000001'))).toMatch(
      /^400 request.invalid: .*choose what is in it: raw/,
    );
    expect(await refusal(of('table?path=nothing/here'))).toMatch(/^404 not-found: .*nothing\/here/);
    expect(await refusal(of('table?path=../../etc/passwd'))).toMatch(/^40[04]/);
    expect(await refusal(of('table?path=%00'))).toMatch(/^40[04]/);
  });

  it('shows rows by number and chosen columns', async () => {
    const shown = await get<TablePreview>(
      of('table?path=ch0000001/raw&rows=30,3,99,3&columns=energy,waveform/dt'),
    );
    expect(shown).toMatchObject({ rows, passing: 2, from: 0, to: 2, numbers: [3, 30] });
    expect(shown.columns.map(({ name }) => name)).toEqual(['energy', 'waveform/dt']);
    expect(shown.values).toEqual([
      [3, 16],
      ['NaN', 16],
    ]);
    expect(await refusal(of('table?path=ch0000001/raw&columns=none'))).toMatch(/^400 .*has no column none/);
    expect(await refusal(of('table?path=ch0000001/raw&rows=1,x'))).toMatch(/^400 /);
    const { waveforms } = await get<WaveformsPreview>(of('waveforms?path=ch0000001/raw&rows=39,2,40'));
    expect(waveforms.map(({ row, values }) => [row, values[0]])).toEqual([
      [2, sampleAt(2, 0)],
      [39, sampleAt(39, 0)],
    ]);
  });

  it('shows only rows that pass a cut, everywhere', async () => {
    const cut = encodeURIComponent('(energy > 10) & (flag == 1) & (waveform__t0 < 2)');
    const passing = Array.from({ length: rows }, (_, row) => row).filter((row) => row > 10 && row % 2 === 1);
    const table = await get<TablePreview>(of(`table?path=ch0000001/raw&cut=${cut}&from=2&count=3`));
    expect(table).toMatchObject({ rows, passing: passing.length, from: 2, to: 5 });
    expect(table.numbers).toEqual(passing.slice(2, 5));
    expect(table.values.map(([energy]) => energy)).toEqual(passing.slice(2, 5));

    const select = `selection?path=ch0000001/raw&cut=${cut}`;
    expect(await get(of(`${select}&near=20&count=2`))).toEqual({
      path: 'ch0000001/raw',
      rows,
      passing: passing.length,
      from: passing.indexOf(21),
      numbers: [21, 23],
    });
    expect(await get(of(`${select}&near=4000`))).toMatchObject({ from: passing.length, numbers: [] });
    expect(await get(of('selection?path=ch0000001/raw&from=38'))).toMatchObject({
      passing: rows,
      numbers: [38, 39],
    });

    const energy = await get<ColumnHistogram>(of(`histogram?path=ch0000001/raw/energy&bins=4&cut=${cut}`));
    expect(energy).toMatchObject({ entries: passing.length, nan: 0, min: 11, max: 39 });
    const values = await get<ColumnHistogram>(of(`histogram?path=ch0000001/raw/waveform/values&cut=${cut}`));
    expect(values.entries).toBe(passing.length * 100);
    const plane = await get<PlaneHistogram>(of(`plane?path=ch0000001/raw&x=energy&y=flag&bins=2&cut=${cut}`));
    expect(plane).toMatchObject({ entries: passing.length, x: { min: 11, max: 39 } });
    const none = await get<ColumnHistogram>(of('histogram?path=ch0000001/raw/energy&cut=energy%3C0'));
    expect(none).toMatchObject({ entries: 0, mean: null });
    expect(await get(of('selection?path=ch0000001/raw&cut=1%3E0'))).toMatchObject({ passing: rows });
  });

  it.each([
    ['energy > wrong', 'there is no column or parameter wrong', 9],
    ['energy >', '', 8],
    ['energy + 1', 'it gives numbers, not true or false', 0],
    ['sum(energy) > 3', 'sum reduces all rows', 0],
    ['hits > 3', 'it gives a list for each row', 0],
    ['__import__("os")', '', 0],
  ])('says where the cut %s goes wrong', async (cut, reason, position) => {
    const path = of(`selection?path=ch0000001/raw&cut=${encodeURIComponent(cut)}`);
    const { status, body } = await api.call('GET', path, { as: viewer });
    const { code, issues } = body as Problem;
    expect([status, code]).toEqual([400, 'request.invalid']);
    expect(issues?.[0]?.path).toBe(`query.cut.${position}`);
    expect(issues?.[0]?.message).toContain(reason);
  });

  it('makes cuts only of the columns of a table', async () => {
    const cut = 'cut=energy%3E1';
    expect(await refusal(of(`selection?path=ch0000001/raw/energy&${cut}`))).toMatch(/^400 .*is no table/);
    expect(await refusal(of(`histogram?path=run/number&${cut}`))).toMatch(/^400 .*stands in no table/);
    expect(await refusal(of(`selection?path=../../x&${cut}`))).toMatch(/^40[04]/);
  });

  it('shows waveforms with their times, whole and decimated', async () => {
    const whole = await get<WaveformsPreview>(of('waveforms?path=ch0000001/raw&from=39&count=5'));
    expect(whole).toMatchObject({ path: 'ch0000001/raw/waveform', rows, timeUnit: 'ns', valueUnit: 'ADC' });
    expect(whole.waveforms).toHaveLength(1);
    expect(whole.waveforms[0]).toMatchObject({
      row: 39,
      t0: 1000,
      dt: 16,
      samples: 100,
      step: 1,
      decimated: false,
    });
    expect(whole.waveforms[0]?.times.slice(0, 3)).toEqual([1000, 1016, 1032]);
    expect(whole.waveforms[0]?.values.slice(-1)).toEqual([sampleAt(39, 99)]);
    for (const path of ['ch0000001/raw/waveform', 'ch0000001/raw/waveform/values']) {
      const { waveforms } = await get<WaveformsPreview>(of(`waveforms?path=${path}&points=20&count=2`));
      expect(waveforms.map(({ row }) => row)).toEqual([0, 1]);
      expect(waveforms[1]).toMatchObject({ decimated: true, step: 2.5 });
      expect(waveforms[1]?.values.slice(0, 4)).toEqual([100, 104, 105, 109]);
      expect(waveforms[1]?.times.slice(0, 2)).toEqual([1000, 1064]);
    }
    const zoomed = await get<WaveformsPreview>(
      of('waveforms?path=ch0000001/raw&points=20&count=2&min=1100&max=1200'),
    );
    expect(zoomed.waveforms[1]).toMatchObject({ samples: 100, step: 1, decimated: false });
    expect(zoomed.waveforms[1]?.times).toEqual([1096, 1112, 1128, 1144, 1160, 1176, 1192, 1208]);
    expect(zoomed.waveforms[1]?.values.slice(0, 2)).toEqual([sampleAt(1, 6), sampleAt(1, 7)]);
    const beside = await get<WaveformsPreview>(of('waveforms?path=ch0000001/raw&min=9000&max=8000'));
    expect(beside.waveforms[0]).toMatchObject({ samples: 100, times: [], values: [] });
    const vectors = await get<WaveformsPreview>(of('waveforms?path=ch0000001/raw/hits&from=1'));
    expect(vectors).toMatchObject({ timeUnit: 'sample', waveforms: [{ samples: 21, t0: 0, dt: 1 }] });
    expect(vectors.waveforms[0]?.values[0]).toBe(20);
    expect(await refusal(of('waveforms?path=ch0000001/raw/energy'))).toMatch(/^400 .*holds no waveforms/);
  });

  it('makes histograms of columns of any numbers', async () => {
    const energy = await get<ColumnHistogram>(of('histogram?path=ch0000001/raw/energy&bins=4&min=0&max=20'));
    expect(energy).toMatchObject({ units: 'keV', entries: 40, nan: 4, underflow: 0, overflow: 18, bins: 4 });
    expect(energy.counts).toEqual([4, 5, 4, 5]);
    const times = await get<ColumnHistogram>(of('histogram?path=ch0000001/raw/timestamp&bins=8'));
    expect(times.counts.reduce((total, count) => total + count, 0)).toBe(rows);
    const flags = await get<ColumnHistogram>(of('histogram?path=ch0000001/raw/flag&bins=2'));
    expect(flags).toMatchObject({ counts: [20, 20], mean: 0.5, stdev: 0.5 });
    const samples = await get<ColumnHistogram>(of('histogram?path=ch0000001/raw/waveform/values&bins=10'));
    expect(samples).toMatchObject({ units: 'ADC', entries: 4000 });
    expect(await refusal(of('histogram?path=ch0000001/raw'))).toMatch(/^400 .*choose a column/);
    expect(await refusal(of('histogram?path=ch0000001/raw/flag&min=3&max=1'))).toMatch(/^400 /);
  });

  it('counts over two columns of a table', async () => {
    const ask = 'plane?path=ch0000001/raw&x=energy&bins=4';
    const plane = await get<PlaneHistogram>(of(`${ask}&y=flag&xMin=0&xMax=20`));
    expect(plane).toMatchObject({
      path: 'ch0000001/raw',
      x: { column: 'energy', units: 'keV', min: 0, max: 20 },
      y: { column: 'flag', min: 0, max: 1 },
      entries: 40,
      outside: 18,
      nan: 4,
    });
    expect(plane.counts).toHaveLength(16);
    const over = [0, 1, 2, 3];
    const across = over.map((x) => over.reduce((sum, y) => sum + (plane.counts[y * 4 + x] ?? 0), 0));
    expect(across).toEqual([4, 5, 4, 5]);
    expect(plane.counts.slice(4, 12)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);

    // A column against itself lies on the diagonal.
    const same = await get<PlaneHistogram>(of(`${ask}&y=energy`));
    const beside = same.counts.filter((_, cell) => Math.floor(cell / 4) !== cell % 4);
    expect(beside.every((count) => count === 0)).toBe(true);
    expect(same.counts.reduce((sum, count) => sum + count, 0)).toBe(36);

    expect(await refusal(of(`${ask}&y=nothing`))).toMatch(/^400 .*has no column nothing/);
    expect(await refusal(of(`${ask}&y=waveform`))).toMatch(/^400 .*one number per row/);
    expect(await refusal(of(`${ask}&y=flag&xMin=3&xMax=1`))).toMatch(/^400 .*enclose nothing/);
    expect(await refusal(of('plane?path=ch0000001/raw/energy&x=a&y=b'))).toMatch(/^400 .*has no column a/);
    expect(await refusal(of('plane?path=nothing&x=a&y=b'))).toMatch(/^404/);
  });

  it('can be taken home, whole or in parts', async () => {
    const bytes = readFileSync(join(store, lh5.path));
    const url = `${api.origin}/api/v1${of('file')}`;
    const whole = await fetch(url, { headers: viewer.headers });
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename=sample.lh5');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const part = async (headers: Record<string, string>): Promise<[number, string | null, Buffer]> => {
      const answer = await fetch(url, { headers: { ...viewer.headers, ...headers } });
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
    const file = join(place.path, 'other.lh5');
    await writeSampleFile(file, 'ch1/raw');
    const dataset = await upload(readFileSync(file), 'other.lh5');
    const kept = join(store, dataset.path);
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
    const kept = join(store, lh5.path);
    renameSync(kept, `${kept}.away`);
    for (const what of ['tree', 'file'])
      expect(await refusal(of(what))).toMatch(/^410 gone: .*cannot be found in store data/);
    renameSync(`${kept}.away`, kept);
    await api.prisma.dataset.update({ where: { id: daq.id }, data: { deletedAt: new Date() } });
    expect(await refusal(`/datasets/${daq.id}`)).toMatch(/^410 gone: .*was deleted/);
    await api.prisma.dataset.update({ where: { id: lh5.id }, data: { path: '../../../../etc/passwd' } });
    expect(await refusal(of('file'))).toMatch(/^410 gone: .*leads out/);
    rmSync(kept);
  });
});
