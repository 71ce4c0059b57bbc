import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedJson } from '../testing/printed-json.js';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-files-'));
  await mkdir(at('hit'));
  for (const [run, energy] of [
    ['r1', 10],
    ['r2', 20],
  ] as const) {
    const column: NdArray = {
      kind: 'array',
      flavor: 'array',
      dtype: 'float64',
      shape: [1],
      data: Float64Array.of(energy),
      attrs: {},
    };
    const writer = await lh5Backend.createWriter(at(`hit/${run}-hit.lh5`));
    await writer.append('ch1/hit', {
      kind: 'table',
      rows: 1,
      columns: new Map([['energy', column]]),
      attrs: {},
    });
    await writer.close();
  }
  const lines = [
    'data_dir: $_',
    'tier_dirs: {hit: hit}',
    'file_format: {hit: "{run}-hit.lh5"}',
    'table_format: {hit: "ch{ch}/hit"}',
    'sortby: run',
  ];
  await writeFile(at('production.yaml'), lines.join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('files of a production', () => {
  it('are found, listed, and read by a query over tiers', async () => {
    const list = at('files.json');
    const made = await printedJson('production', 'scan', at('production.yaml'), '--columns', '--out', list);
    expect(made).toMatchObject({ files: 2, columnLists: 1 });
    await expect(printedJson('production', 'scan', at('production.yaml'), '--out', list)).rejects.toThrow(
      'exists already',
    );
    const shown = await printedJson('production', 'ls', list, '--where', 'run != "r1"');
    expect(shown).toMatchObject({
      rows: [{ fields: { run: 'r2' }, status: 1, tables: { hit: { keys: ['1'], columns: [0] } } }],
      columnLists: [['energy']],
    });
    const csv = at('chosen.csv');
    const query = ['-c', 'hit.energy', '-c', 'run.run', '--out', csv];
    await printedJson('skim', '--production', list, '--where', 'has.hit', ...query);
    expect(await readFile(csv, 'utf8')).toBe('table_key,row_in_table,energy,run\n1,0,10,r1\n1,0,20,r2\n');
    const counted = await printedJson(
      'skim',
      '--production',
      list,
      '--where',
      'run == "r2"',
      '--histogram',
      'hit.energy;2;0;30',
    );
    expect(counted).toMatchObject({ runs: 1, counts: [0, 1] });
  });

  it.each([
    [['--production', '@files.json', '--where', 'run == "r3"'], 'no file of'],
    [['--where', 'run == "r3"', '--input', 'hit=@hit/r1-hit.lh5'], '--where chooses files of --production'],
    [['--production', '@files.json', '--input', 'hit=x'], 'either --input or --production'],
    [[], 'give the files: --input, or --production'],
  ])('are not read by %j', async (given, message) => {
    const args = given.map((one) => one.replace('@', `${folder}/`));
    await expect(printedJson('skim', ...args, '-c', 'hit.energy', '-o', at('none.csv'))).rejects.toThrow(
      message,
    );
  });
});
