import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStageOnFile } from '../files/run-stage.js';
import { rawTable } from '../testing/raw-table.js';
import { explainRawToDsp } from './inspect.js';
import { prepareRawToDsp } from './prepare.js';
import { rawToDsp } from './raw-to-dsp.stage.js';

const rows = 10;

function column(values: readonly number[]): NdArray {
  const data = Float64Array.from(values);
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [values.length], data, attrs: {} };
}

function hitTable(count: number): Table {
  const energy = column(Array.from({ length: count }, (_, row) => 1000 + row));
  return { kind: 'table', rows: count, columns: new Map([['energy', energy]]), attrs: {} };
}

describe('chains that name further files', () => {
  let folder = '';
  const at = (name: string): string => join(folder, name);
  const chain = (): Record<string, unknown> => ({
    outputs: ['p_sum', 'p_low', 'number'],
    inputs: { file: 'db.hits', group: 'ch1/hit', prefix: 'hit_' },
    processors: {
      p_weights: `loadlh5('${at('pars.lh5')}', 'weights')`,
      p_sum: 'hit_energy + number + p_weights[1]',
      p_low: `waveform[0] * loadlh5('${at('pars.lh5')}', 'gain')`,
    },
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countroom-joined-'));
    const raw = await lh5Backend.createWriter(at('raw.lh5'));
    await raw.append('ch1/raw', rawTable(rows, 40));
    await raw.close();
    for (const [name, count] of [
      ['hit.lh5', rows],
      ['short.lh5', rows - 1],
    ] as const) {
      const hit = await lh5Backend.createWriter(at(name));
      await hit.append('ch1/hit', hitTable(count));
      await hit.close();
    }
    const pars = await lh5Backend.createWriter(at('pars.lh5'));
    await pars.write('weights', column([0.25, 0.5]));
    await pars.write('gain', { kind: 'scalar', value: 3, dtype: 'int64', attrs: {} });
    await pars.write('name', { kind: 'scalar', value: 'text', attrs: {} });
    await pars.close();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const optionsFor = (file: string) => ({ config: chain(), database: { ch1: { hits: at(file) } } });

  it.each([0, 1])('have their columns and numbers beside the rows, with %i threads', async (threads) => {
    const output = at(`dsp-${threads.toString()}.lh5`);
    const prepared = await prepareRawToDsp(at('raw.lh5'), { ...optionsFor('hit.lh5'), firstRow: 2 });
    const { options, through } = prepared;
    const run = { stage: rawToDsp, options, through, input: at('raw.lh5'), output, threads, blockRows: 3 };
    await runStageOnFile(run);
    await prepared.close();
    const reader = await lh5Backend.openReader(output);
    const table = await reader.readTable('ch1/dsp');
    await reader.close();
    const numbers = (name: string) => Array.from((table.columns.get(name) as NdArray).data as Float64Array);
    expect(numbers('p_sum')).toEqual(Array.from({ length: 8 }, (_, i) => 1000 + 2 * (i + 2) + 0.5));
    expect(numbers('p_low')).toEqual(Array.from({ length: 8 }, () => 30));
  });

  it('count with their numbers for the lineage', async () => {
    const prepared = await prepareRawToDsp(at('raw.lh5'), optionsFor('hit.lh5'));
    await prepared.close();
    expect(prepared.options.numbers[at('pars.lh5')]).toEqual({
      weights: { dtype: 'float64', shape: [2], values: [0.25, 0.5] },
      gain: { dtype: 'int64', shape: [], values: [3] },
    });
  });

  it('can be explained', async () => {
    const { tables } = await explainRawToDsp(at('raw.lh5'), optionsFor('hit.lh5'));
    expect(tables[0]?.columns).toEqual(['hit_energy', 'number', 'waveform']);
  });

  it('need tables of as many rows, and numbers', async () => {
    await expect(prepareRawToDsp(at('raw.lh5'), optionsFor('short.lh5'))).rejects.toThrow(
      /ch1\/hit of .*short\.lh5 has 9 rows, the table 10/,
    );
    const text = { outputs: ['p_x'], processors: { p_x: `number + loadlh5('${at('pars.lh5')}', 'name')` } };
    await expect(prepareRawToDsp(at('raw.lh5'), { config: text })).rejects.toThrow(
      /name of .*pars\.lh5 must be a number/,
    );
    await expect(prepareRawToDsp(at('raw.lh5'), optionsFor('none.lh5'))).rejects.toThrow(/none\.lh5/);
  });

  it('tell where they run when their files were not read', async () => {
    const run = {
      stage: rawToDsp,
      options: optionsFor('hit.lh5'),
      input: at('raw.lh5'),
      output: at('x.lh5'),
    };
    await expect(runStageOnFile(run)).rejects.toThrow(/has no hit_energy \(its chain joins other tables/);
  });
});
