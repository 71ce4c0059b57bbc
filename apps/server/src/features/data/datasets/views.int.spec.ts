import type {
  ColumnHistogram,
  PlaneHistogram,
  Problem,
  TablePreview,
  TreeNode,
  WaveformsPreview,
} from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataFixture, startDataFixture } from '../testing/data-fixture.js';
import { rows, sampleAt } from '../testing/sample-files.js';

let data: DataFixture;
const get = <T>(path: string): Promise<T> => data.get<T>(path);
const refusal = (path: string): Promise<string> => data.refusal(path);
const of = (what: string): string => data.of(what);

beforeAll(async () => {
  data = await startDataFixture();
});
afterAll(() => data.stop());

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
    const { status, body } = await data.api.call('GET', path, { as: data.viewer });
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
});
