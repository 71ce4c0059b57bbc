import type { DatasetInfo, Problem } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataFixture, startDataFixture } from '../data/testing/data-fixture.js';
import { fcioBytes, rows } from '../data/testing/sample-files.js';

let data: DataFixture;
let lh5: DatasetInfo;

beforeAll(async () => {
  data = await startDataFixture();
  ({ lh5 } = data);
});
afterAll(() => data.stop());

const ask = (path: string, query: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${data.api.origin}/api/v1${path}?${new URLSearchParams(query).toString()}`, {
    headers: data.viewer.headers,
  });
const ofTable = (query: Readonly<Record<string, string>>, { id }: DatasetInfo = lh5): Promise<Response> =>
  ask(`/datasets/${id}/rows-file`, { path: 'ch0000001/raw', ...query });
const ofQuery = (query: object, more: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const runs = `${lh5.detector}/${lh5.run}`;
  return ask('/skim/file', { runs, query: JSON.stringify(query), ...more });
};
async function refusal(response: Response): Promise<string> {
  const { code, message } = (await response.json()) as Problem;
  return `${response.status} ${code}: ${message}`;
}
async function linesOf(response: Response): Promise<string[]> {
  expect(response.status).toBe(200);
  return (await response.text()).trimEnd().split('\n');
}
const nameOf = (response: Response): string | null =>
  response.headers.get('content-disposition')?.replaceAll('"', '') ?? null;
/** Values of a column, by its name in the first line. */
const columnOf = ([head = '', ...lines]: readonly string[], name: string): (string | undefined)[] =>
  lines.map((line) => line.split(',')[head.split(',').findIndex((one) => one.replace(/ .*/, '') === name)]);

describe('rows of a table', () => {
  it('come as Parquet, or as CSV without lists', async () => {
    const response = await ofTable({});
    expect(nameOf(response)).toBe(`attachment; filename=imported-${lh5.run}-ch0000001-raw.parquet`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
    expect(bytes.length).toBeGreaterThan(rows * 100);
  });

  it('come as CSV without lists, and only those that pass a cut', async () => {
    const cut = '(energy > 36) | (energy == 3)';
    const lines = await linesOf(await ofTable({ cut, format: 'csv' }));
    expect(columnOf(lines, 'energy')).toEqual(['3', '37', '38', '39']);
    expect(columnOf(lines, 'timestamp')[0]).toBe('4611686018427387907');
    expect(columnOf(lines, 'flag')[0]).toBe('true');
    expect(lines[0]).not.toContain('hits');
    const energies = await linesOf(await ofTable({ path: 'ch0000001/raw/energy', format: 'csv' }));
    expect(energies.slice(0, 3)).toEqual(['energy / keV', '', '1']);
  });

  it('are refused before anything is sent when something is wrong', async () => {
    expect(await refusal(await ofTable({ cut: 'energy > ' }))).toMatch(
      /^400 request.invalid: The cut cannot/,
    );
    expect(await refusal(await ofTable({ path: 'nothing' }))).toMatch(/^404 not-found: .*nothing/);
    expect(await refusal(await ofTable({ path: 'ch0000001' }))).toMatch(/^400 request.invalid: .*no rows/);
    expect(await refusal(await ofTable({ format: 'xls' }))).toMatch(/^400 /);
    expect(await refusal(await ofTable({}, await data.upload(fcioBytes(1), 'a.fcio')))).toMatch(
      /^415 input.unsupported: .*no tables of LH5/,
    );
    expect((await fetch(`${data.api.origin}/api/v1/datasets/${lh5.id}/rows-file?path=x`)).status).toBe(401);
  });
});

describe('rows of a query', () => {
  it('come as Parquet and CSV, in the order of the runs', async () => {
    const query = {
      columns: ['run.number', 'twice = 2*raw.energy'],
      cuts: ['raw.energy > 3'],
      entries: false,
    };
    const response = await ofQuery(query);
    expect(nameOf(response)).toBe(`attachment; filename=query-imported-${lh5.run}.parquet`);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(-4)
        .toString(),
    ).toBe('PAR1');
    const [head, ...lines] = await linesOf(await ofQuery(query, { format: 'csv' }));
    expect([head, lines[0], lines.at(-1)]).toEqual(['number,twice', `${lh5.run},8`, `${lh5.run},78`]);
  });

  it('leave room for the next ones', async () => {
    const room = await ask('/row-files/room', {});
    expect(await room.json()).toEqual({ making: 0, most: 4 });
  });

  it('are refused with the place of what is wrong', async () => {
    expect(await refusal(await ofQuery({ columns: ['raw.none'] }))).toMatch(/^400 .*no column none/);
    expect(await refusal(await ofQuery({ columns: ['raw.energy'], cuts: ['raw.energy >'] }))).toMatch(
      /^400 .*cuts/,
    );
    expect(await refusal(await ofQuery({}))).toMatch(/^400 .*columns/);
    expect(await refusal(await ofQuery({}, { query: '{' }))).toMatch(/^400 /);
    expect(await refusal(await ofQuery({}, { runs: '../1' }))).toMatch(/^400 /);
    expect(await refusal(await ofQuery({ columns: ['raw.energy'] }, { runs: 'imported/999' }))).toMatch(
      /^404 /,
    );
  });
});
