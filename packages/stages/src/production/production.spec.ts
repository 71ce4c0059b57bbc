import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { skim } from '../skim/skim.js';
import { withRuns } from '../skim/skim-runs.js';
import { numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { chooseRows, filesOfRows, tableColumns, tableName } from './choose-files.js';
import { filePattern } from './file-pattern.js';
import { mergeProductions, type Production } from './production.js';
import { readProduction, writeProduction } from './production-file.js';
import { scanProduction, scanTables } from './scan-production.js';

let folder: string;
const config = {
  data_dir: '$_/tier',
  tier_dirs: { raw: 'raw', hit: '/hit' },
  file_format: {
    raw: '{type}/{period}/{run}/l200-{period}-{run}-{type}-{timestamp}-raw.lh5',
    hit: '/{type}/{period}/{run}/l200-{period}-{run}-{type}-{timestamp}-hit.lh5',
  },
  table_format: { raw: 'ch{ch:03d}/raw', hit: 'ch{ch:03d}/hit' },
};

async function addFile(tier: string, run: string, time: string, energies?: number[]): Promise<void> {
  const file = join(folder, 'tier', tier, 'cal', 'p03', run, `l200-p03-${run}-cal-${time}-${tier}.lh5`);
  await mkdir(dirname(file), { recursive: true });
  if (energies === undefined) return writeFile(file, 'not opened');
  const writer = await lh5Backend.createWriter(file);
  for (const channel of ['ch007', 'ch012'])
    await writer.append(`${channel}/${tier}`, tableOf({ energy: numbersOf('float64', energies) }));
  await writer.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-production-'));
  await addFile('raw', 'r002', '20230102T000000Z', [1]);
  await addFile('raw', 'r001', '20230103T000000Z', [2]);
  await addFile('raw', 'r001', '20230101T000000Z', [3]);
  await addFile('hit', 'r001', '20230101T000000Z', [30, 31]);
  await writeFile(join(folder, 'tier', 'raw', 'notes-p03.txt'), '');
  await writeFile(join(folder, 'tier/raw/cal/p03/r001/l200-p03-r002-cal-20230103T000000Z-raw.lh5'), '');
});
afterAll(() => rm(folder, { recursive: true }));

const scan = (more: object = {}): Promise<Production> => scanProduction({ config, home: folder, ...more });

describe('patterns of files', () => {
  it('are read and filled, numbers with their zeros', () => {
    const pattern = filePattern('ch{ch:03d}/{tier}/{ch:03d}', 'x');
    expect(pattern.fields).toEqual(['ch', 'tier']);
    expect(pattern.match('ch012/raw/012')).toEqual({ ch: 12, tier: 'raw' });
    expect(pattern.match('ch012/raw/013')).toBeUndefined();
    expect(pattern.fill({ ch: 1084803, tier: 'hit' })).toBe('ch1084803/hit/1084803');
    expect(pattern.fill({ ch: 1 })).toBeUndefined();
    expect(filePattern('a.lh5', 'x').match('a.lh5')).toEqual({});
    expect(filePattern('a.lh5', 'x').match('axlh5')).toBeUndefined();
  });

  it.each(['a{', 'a}b', '{ch:x}', '{}'])('are refused: %s', (pattern) => {
    expect(() => filePattern(pattern, 'file_format.raw')).toThrow('file_format.raw: ');
  });
});

describe('the files of a production', () => {
  it('are found by their names, with what there is of each tier', async () => {
    const { rows, config: found } = await scan();
    expect(found.data_dir).toBe(join(folder, 'tier'));
    expect(rows.map(({ fields, status }) => [fields['run'], fields['timestamp'], status])).toEqual([
      ['r001', '20230101T000000Z', 3],
      ['r002', '20230102T000000Z', 2],
      ['r001', '20230103T000000Z', 2],
    ]);
    expect(rows[0]!.files['hit']!.size).toBeGreaterThan(100);
    expect((await scan({ folders: ['cal/p03/r002'] })).rows).toHaveLength(1);
    const environment = { DATA: folder };
    const elsewhere = { ...config, data_dir: `\${DATA}/tier`, sortby: 'run' };
    expect((await scan({ config: elsewhere, environment })).rows.map(({ fields }) => fields['run'])).toEqual([
      'r001',
      'r001',
      'r002',
    ]);
  });

  it('are looked into, kept, put together and chosen', async () => {
    const looked = await scanTables(await scan());
    expect(looked.columnLists).toEqual([['energy']]);
    expect(looked.rows[0]!.tables).toEqual({
      raw: { keys: [7, 12], columns: [0, 0] },
      hit: { keys: [7, 12], columns: [0, 0] },
    });
    expect(tableName(looked, 'hit', 7)).toBe('ch007/hit');
    expect(tableColumns(looked, looked.rows[0]!, 12)).toEqual(['energy']);
    expect(tableColumns(looked, looked.rows[0]!, 13)).toEqual([]);
    const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')];
    await writeProduction(a, { ...looked, rows: looked.rows.slice(1) });
    await writeProduction(b, { ...looked, rows: looked.rows.slice(0, 2) });
    expect(await readProduction([a, b])).toEqual(looked);
    const chosen = chooseRows(looked, '(period == "p03") & has.hit & (size.raw > 10)');
    expect(chosen).toEqual([looked.rows[0]]);
    expect(chooseRows(looked, 'timestamp >= "20230102"')).toHaveLength(2);
    expect(chooseRows(looked)).toHaveLength(3);
    const energies: unknown[] = [];
    await withRuns(filesOfRows(looked, chosen, ['hit']), async (runs) => {
      for await (const table of skim({ columns: ['hit.energy'], cuts: ['run.index == 0'] }, runs))
        energies.push(...valuesOf(table.columns.get('energy')));
    });
    expect(energies).toEqual([30, 31, 30, 31]);
  });

  it('are opened only where it is needed', async () => {
    const found = await scan();
    const broken = join(folder, 'tier', 'raw', found.rows[2]!.files['raw']!.path);
    const whole = await readFile(broken);
    await writeFile(broken, 'broken');
    await expect(scanTables(found)).rejects.toThrow(broken);
    const told = { tables: { raw: [7], hit: [7] }, columns: { raw: ['waveform'], hit: ['energy'] } };
    const { rows, columnLists } = await scanTables(await scan({ config: { ...config, ...told } }));
    expect(rows[2]!.tables).toEqual({ raw: { keys: [7], columns: [0] } });
    expect(columnLists).toEqual([['waveform'], ['energy']]);
    expect((await scanTables(found, { conform: true })).rows[2]!.tables).toEqual({
      raw: { keys: [7, 12], columns: [0, 0] },
    });
    await writeFile(broken, whole);
    const looked = await scanTables(found);
    expect(await scanTables({ ...looked, config: { ...looked.config, data_dir: '/none' } })).toMatchObject({
      rows: looked.rows,
    });
    expect((await scanTables(looked, { override: true })).rows).toEqual(looked.rows);
  });

  it.each<[object, string]>([
    [{ config: { ...config, tierdirs: 1 } }, 'there is no option tierdirs; there are data_dir, tier_dirs'],
    [{ config: { ...config, file_format: { raw: '{run}' } } }, 'file_format.hit is missing'],
    [
      { config: { ...config, file_format: { ...config.file_format, hit: '{crate}' } } },
      'file_format.hit has {crate}, which file_format.raw does not have',
    ],
    [{ config: { ...config, data_dir: '$NOWHERE/x' } }, 'there is no variable NOWHERE'],
    [{ config: { ...config, data_dir: 'none' } }, 'there is no such folder'],
    [{ folders: ['../..'] }, 'leads out of'],
  ])('are refused: %j', async (given, message) => {
    await expect(scan(given)).rejects.toThrow(message);
  });

  it('are refused where they do not belong together, or are asked for what is not there', async () => {
    const found = await scan();
    const other = { ...found, config: { ...found.config, sortby: 'run' } };
    expect(() => mergeProductions([found, other])).toThrow('of one configuration');
    expect(() => chooseRows(found, 'perod == 1')).toThrow('no file has perod; there are has.hit');
    expect(() => chooseRows(found, 'period ==')).toThrow('production: ');
    expect(() => filesOfRows(found, found.rows, ['hit'])).toThrow('has no file of tier hit');
    expect(() => tableName(found, 'dsp', 1)).toThrow('table_format.dsp is missing; there are raw, hit');
    const two = { ...found, config: { ...found.config, table_format: { raw: '{a}{b}' } } };
    await expect(scanTables(two)).rejects.toThrow('has the fields a, b; one is possible');
    const file = join(folder, 'wrong.json');
    await writeFile(file, '{"rows": 1}');
    await expect(readProduction([file])).rejects.toThrow('wrong.json lists no files: config');
    await writeFile(file, '{');
    await expect(readProduction([file])).rejects.toThrow('is not valid JSON');
    await expect(readProduction([join(folder, 'none')])).rejects.toThrow('cannot be read');
  });
});
