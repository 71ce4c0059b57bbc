import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stages } from '../registry.js';
import { rawTable } from '../testing/raw-table.js';
import { type FileRun, runStageOnFile } from './run-stage.js';

const chain = { outputs: ['number', 'height'], processors: { height: 'waveform[30]' } };

describe('what becomes of an output that exists', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const run = (options: object, more: Partial<FileRun> = {}) =>
    runStageOnFile({
      stage: stages.get('raw_to_dsp'),
      options: { config: chain, ...options },
      input: at('raw.lh5'),
      output: at('dsp.lh5'),
      ...more,
    });
  const column = async (path: string): Promise<number[]> => {
    const reader = await lh5Backend.openReader(at('dsp.lh5'));
    const { data } = (await reader.read(path)) as NdArray;
    await reader.close();
    return Array.from(data as Float64Array);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countroom-modes-'));
    const writer = await lh5Backend.createWriter(at('raw.lh5'));
    await writer.append('ch1/raw', rawTable(10, 40));
    await writer.append('ch2/raw', rawTable(4, 40, 50));
    await writer.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is refused unless something is said', async () => {
    await run({ nMax: 3 });
    expect(await column('ch1/dsp/number')).toEqual([0, 1, 2]);
    await expect(run({})).rejects.toThrow('is there already');
  });

  it('replace: the file that is read is never replaced, under whatever name', async () => {
    symlinkSync(at('raw.lh5'), at('other.lh5'));
    const before = readFileSync(at('raw.lh5'));
    for (const output of ['raw.lh5', 'other.lh5'])
      await expect(run({}, { output: at(output), mode: 'replace' })).rejects.toThrow(
        /is the file that is read, and would be lost: give the output another name/,
      );
    expect(readFileSync(at('raw.lh5'))).toEqual(before);
    rmSync(at('other.lh5'));
  });

  it('append: rows go behind those that are there, in every table', async () => {
    const result = await run({ firstRow: 3, nMax: 2 }, { mode: 'append', threads: 1 });
    expect(result.rows).toBe(3);
    expect(await column('ch1/dsp/number')).toEqual([0, 1, 2, 3, 4]);
    expect(await column('ch1/dsp/height')).toEqual([100, 101, 102, 103, 104]);
    expect(await column('ch2/dsp/number')).toEqual([50, 51, 52, 53]);
  });

  it('append: what was made in another way is refused, and the file stays as it was', async () => {
    await expect(run({ outputs: ['number'] }, { mode: 'append' })).rejects.toThrow(
      /dsp\.lh5 was made with other options \(see dsp_info in it\)/,
    );
    expect(await column('ch1/dsp/height')).toHaveLength(5);
    expect(readdirSync(folder).sort()).toEqual(['dsp.lh5', 'raw.lh5']);
  });

  it('update: tables that are made again take the place of the old ones, others stay', async () => {
    await run({ tables: ['ch2/raw'], outputs: ['number'], nMax: 1 }, { mode: 'update' });
    expect(await column('ch2/dsp/number')).toEqual([50]);
    expect(await column('ch1/dsp/height')).toHaveLength(5);
  });

  it('replace: everything else goes', async () => {
    await run({ tables: ['ch2/raw'] }, { mode: 'replace' });
    const reader = await lh5Backend.openReader(at('dsp.lh5'));
    expect((await reader.tree()).children.map(({ name }) => name)).toEqual(['ch2', 'dsp_info']);
    await reader.close();
  });

  it('append and update make a file that is not there yet', async () => {
    for (const mode of ['append', 'update'] as const) {
      rmSync(at('dsp.lh5'));
      await run({}, { mode });
      expect(await column('ch1/dsp/number')).toHaveLength(10);
    }
  });

  it('tells how long the files took', async () => {
    const times = { reading: 0, writing: 0 };
    await run({}, { mode: 'replace', times });
    expect(times.reading).toBeGreaterThan(0);
    expect(times.writing).toBeGreaterThan(0);
  });
});
