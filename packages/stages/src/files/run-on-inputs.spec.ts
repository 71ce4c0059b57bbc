import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { parseOptions, portsOf } from '@countroom/pipeline';
import type { NdArray, Table, VectorOfVectors } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stages } from '../registry.js';
import { rawTable } from '../testing/raw-table.js';
import { runStageOnInputs } from './run-on-inputs.js';

let folder = '';
const at = (name: string): string => join(folder, name);

async function write(name: string, tables: Readonly<Record<string, Table>>): Promise<void> {
  const writer = await lh5Backend.createWriter(at(name));
  for (const [path, table] of Object.entries(tables)) await writer.append(path, table);
  await writer.close();
}

async function read(name: string, path: string): Promise<Table> {
  const reader = await lh5Backend.openReader(at(name));
  const table = await reader.readTable(path);
  await reader.close();
  return table;
}

const numbersOf = (table: Table, name: string): number[] =>
  Array.from((table.columns.get(name) as NdArray).data as Float64Array, Number);
const flatOf = (table: Table, name: string): number[] =>
  Array.from(
    ((table.columns.get(name) as VectorOfVectors).flattened as NdArray).data as Float64Array,
    Number,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countroom-inputs-'));
  await write('one.lh5', { 'ch1/raw': rawTable(6, 20) });
  await write('two.lh5', { 'ch2/raw': rawTable(6, 20, 3) });
  const energy = numbers(6).map((row) => 100 * row);
  const column: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'float64',
    shape: [6],
    data: Float64Array.from(energy),
    attrs: {},
  };
  await write('hit.lh5', {
    'ch1/hit': { kind: 'table', rows: 6, columns: new Map([['energy', column]]), attrs: {} },
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

describe('a map of several data sets', () => {
  const stage = stages.get('build_tcm');
  const options = { from: 'raw', columns: [{ name: 'number' }], fields: ['number'] };

  it('has the hits of all their tables, with further columns', async () => {
    const inputs = { raw: [at('one.lh5'), at('two.lh5')] };
    const made = await runStageOnInputs({ stage, options, inputs, output: at('tcm.lh5') });
    expect(made.report).toEqual({ tables: 2, hits: 12, events: 9 });
    const map = await read('tcm.lh5', 'hardware_tcm_1');
    expect(flatOf(map, 'table_key')).toEqual([1, 1, 1, 1, 2, 1, 2, 1, 2, 2, 2, 2]);
    expect(flatOf(map, 'number')).toEqual([0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8]);
  });

  it.each<[Record<string, string[]>, object, string]>([
    [{ raw: ['one.lh5', 'one.lh5'] }, options, 'ch1/raw is in'],
    [{ raw: [] }, options, 'needs a raw file'],
    [{ hit: ['hit.lh5'] }, options, 'needs a raw file'],
    [{ raw: ['one.lh5'] }, { ...options, fields: ['waveform'] }, 'fields: waveform'],
    [{ raw: ['one.lh5'] }, { ...options, fields: ['none'] }, 'has no column none'],
  ])('is refused for %j with %j', async (files, given, message) => {
    const inputs = Object.fromEntries(Object.entries(files).map(([port, names]) => [port, names.map(at)]));
    const run = runStageOnInputs({ stage, options: given, inputs, output: at('no.lh5') });
    await expect(run).rejects.toThrow(message);
    expect(readdirSync(folder).filter((name) => name.includes('no.lh5'))).toEqual([]);
  });
});

describe('chains with data sets', () => {
  const stage = stages.get('raw_to_dsp');
  const chain = (file: string): object => ({
    tables: ['ch1/raw'],
    config: {
      outputs: ['p_sum'],
      inputs: { file, group: 'ch1/hit', prefix: 'hit_' },
      processors: { p_sum: 'hit_energy + number' },
    },
  });

  it('read them beside the waveforms', async () => {
    const options = chain('{hit}');
    expect(portsOf(stage, parseOptions(stage, options))).toEqual(['raw', 'hit']);
    const inputs = { raw: [at('one.lh5')], hit: [at('hit.lh5')] };
    await runStageOnInputs({ stage, options, inputs, output: at('dsp.lh5') });
    expect(numbersOf(await read('dsp.lh5', 'ch1/dsp'), 'p_sum')).toEqual([0, 101, 202, 303, 404, 505]);
  });

  it('do not read files by name, whose content may change', async () => {
    const inputs = { raw: [at('one.lh5')] };
    const run = { stage, options: chain(at('hit.lh5')), inputs, output: at('no.lh5') };
    await expect(runStageOnInputs(run)).rejects.toThrow('names data sets of the run ({hit}, {tcm}, {evt})');
  });

  it('read one raw data set at a time', async () => {
    const inputs = { raw: [at('one.lh5'), at('two.lh5')], hit: [at('hit.lh5')] };
    const run = { stage, options: chain('{hit}'), inputs, output: at('no.lh5') };
    await expect(runStageOnInputs(run)).rejects.toThrow('reads one raw file at a time, not 2');
  });
});

describe('what events read', () => {
  const stage = stages.get('hit_to_evt');
  const portsFor = (operations: object): readonly string[] =>
    portsOf(stage, parseOptions(stage, { config: { channels: {}, operations } }));

  it('follows from their fields', () => {
    expect(portsFor({ n: { aggregation_mode: 'sum', expression: '1' } })).toEqual(['tcm']);
    expect(
      portsFor({
        e: { aggregation_mode: 'first_at:dsp.tp_0', expression: 'hit.energy', query: 'hit.energy > 1' },
        f: { expression: 'evt.e*2' },
      }),
    ).toEqual(['tcm', 'hit', 'dsp']);
  });
});
