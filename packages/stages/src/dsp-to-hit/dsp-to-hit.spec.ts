import { parseOptions } from '@countroom/pipeline';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { dspToHit } from './dsp-to-hit.stage.js';

function column(values: number[], dtype: 'float32' | 'uint8' = 'float32'): NdArray {
  const data = dtype === 'float32' ? Float32Array.from(values) : Uint8Array.from(values);
  return { kind: 'array', flavor: 'array', dtype, shape: [values.length], data, attrs: {} };
}

function table(columns: Record<string, DataObject>, rows: number): Table {
  return { kind: 'table', rows, columns: new Map(Object.entries(columns)), attrs: {} };
}

const input = table(
  {
    energy: column([10, 20, 30]),
    rms: column([1, 5, 2], 'uint8'),
    trace: { ...column([0, 1, 2, 3, 4, 5]), flavor: 'aoesa', shape: [3, 2] },
    label: { kind: 'strings', values: ['a', 'b', 'c'], attrs: {} },
    time: table({ t0: column([7, 8, 9]) }, 3),
  },
  3,
);

function run(
  options: unknown,
  path = 'ch1/dsp',
): { columns: Record<string, unknown[]>; output: string; read: unknown } {
  const plan = dspToHit.plan(parseOptions(dspToHit, options), [{ path, rows: 3, sample: input }]);
  const task = plan.tasks[0]!;
  const kernel = dspToHit.kernel(structuredClone(task)) as { process(block: Table, first: number): Table };
  const result = kernel.process(input, 0);
  const columns = Object.fromEntries(
    [...result.columns].map(([name, object]) => [
      name,
      object.kind === 'array' ? [...(object.data as Float32Array)] : listsOf(object),
    ]),
  );
  return { columns, output: task.output, read: task.columns };
}

function listsOf(object: DataObject): number[][] {
  if (object.kind !== 'vov' || object.flattened.kind !== 'array') return [];
  const { cumulative, flattened } = object;
  const values = [...(flattened.data as Float32Array)];
  return Array.from(cumulative.data as Uint32Array, (end, row) =>
    values.slice(row === 0 ? 0 : Number(cumulative.data[row - 1]), end),
  );
}

describe('dsp_to_hit', () => {
  it('takes operations and parameters of the channel from the database', () => {
    const config = {
      outputs: ['cal', 'half'],
      operations: {
        cal: 'db.operations.energy_cal',
        half: { expression: 'f*energy', parameters: { f: 'db.factor' }, defaults: { 'db.factor': 0.5 } },
      },
    };
    const operation = { expression: 'a*energy', parameters: { a: 3 } };
    const database = { '*': { operations: { energy_cal: operation } }, ch2: { factor: 2 } };
    expect(run({ config, database }).columns).toEqual({ cal: [30, 60, 90], half: [5, 10, 15] });
    expect(run({ config, database }, 'ch2/dsp').columns['half']).toEqual([20, 40, 60]);
    const table = { path: 'ch9/dsp', rows: 3, sample: input };
    const plan = dspToHit.plan(parseOptions(dspToHit, { config, database: {} }), [table]);
    expect(plan.tasks).toEqual([]);
    expect(plan.remarks[0]).toContain('ch9/dsp has no db.operations.energy_cal: approve such parameters');
    const wrong = { config, database: { ch1: { operations: { energy_cal: 3 } } } };
    expect(() => run(wrong)).toThrow('db.operations.energy_cal is no operation');
    expect(() => run({ config: { operations: { a: 'no reference' } } })).toThrow('operations.a');
  });

  it('makes columns that use each other, whatever their order, and reads only what it needs', () => {
    const made = run({
      config: {
        outputs: ['good', 'cal', 'rms'],
        operations: {
          good: { expression: '(cal > lo) & (rms < 4)', parameters: { lo: 15 } },
          cal: { expression: 'a*energy + time__t0', parameters: { a: 2 } },
        },
      },
    });
    expect(made).toEqual({
      columns: { good: [1, 0, 1], cal: [27, 48, 69], rms: [1, 5, 2] },
      output: 'ch1/hit',
      read: ['energy', 'time', 'rms'],
    });
  });

  it('works on lists: equal-sized arrays in, vectors of vectors or numbers per row out', () => {
    const made = run({
      config: {
        outputs: ['total', 'high'],
        operations: {
          high: { expression: 'trace[trace > 1]' },
          total: { expression: 'ak.sum(high, axis=-1) + energy' },
        },
      },
    });
    expect(made.columns).toEqual({ total: [10, 25, 39], high: [[], [2, 3], [4, 5]] });
  });

  it('packs flags into words, the first one into bit 0', () => {
    const made = run({
      config: {
        outputs: ['word'],
        operations: { a: { expression: 'rms < 4' }, b: { expression: 'energy > 15' } },
        aggregations: { word: { bit0: 'a', bit1: 'b' } },
      },
    });
    expect(made.columns).toEqual({ word: [1, 2, 3] });
  });

  it.each([[9], [31], [32], [33], [63], [64]])('has a bit for each of %d flags', (count) => {
    const operations = { a: { expression: 'rms < 4' }, b: { expression: 'energy > 15' } };
    // All of them a but the last, which is b.
    const bits = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`bit${i}`, i === count - 1 ? 'b' : 'a']),
    );
    const { columns } = run({ config: { outputs: ['word'], operations, aggregations: { word: bits } } });
    const last = 2n ** BigInt(count - 1);
    const word = columns['word'] as (number | bigint)[];
    expect(word.map(BigInt)).toEqual([last - 1n, last, 2n * last - 1n]);
  });

  it('writes everything when no outputs are named', () => {
    expect(Object.keys(run({ config: { operations: { x: { expression: 'energy' } } } }).columns)).toEqual([
      'energy',
      'rms',
      'trace',
      'label',
      'time',
      'x',
    ]);
  });

  it.each<[unknown, string]>([
    [{}, 'give either one configuration'],
    [
      { config: { operations: { a: { expression: 'b' }, b: { expression: 'a + 1' } } } },
      'in a circle: a -> b -> a',
    ],
    [
      { config: { operations: { a: { expression: 'engery*2' } } } },
      'there is no column or parameter engery (did you mean energy?) at character 1',
    ],
    [{ config: { operations: { a: { expression: 'label*2' } } } }, 'column label does not hold numbers'],
    [
      { config: { operations: { a: { expression: '2 +' } } } },
      'operations.a.expression: the expression ends too early',
    ],
    [{ config: { operations: { a: { expression: 'sum(energy)' } } } }, 'reduces all rows to one value'],
    [{ config: { outputs: ['nope'] } }, 'outputs: nope is neither an operation nor a column of ch1/dsp'],
    [{ config: { aggregations: { w: { bit0: 'energy' } } } }, 'column energy is float32, not truth values'],
    [{ config: {}, tables: ['ch9/*'] }, 'no table fits "ch9/*"; the input has ch1/dsp'],
    [{ config: { operatoins: {} } }, 'operatoins'],
    [
      { config: { operations: { a: { expression: 'energy', parameters: { p: 'text' } } } } },
      'config.operations.a.parameters.p',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => run(options)).toThrow(message);
  });

  it('takes the first pattern that fits a table', () => {
    const configs = { 'ch1/*': { outputs: ['energy'] }, '*': { outputs: ['rms'] } };
    expect(Object.keys(run({ tableConfigs: configs }).columns)).toEqual(['energy']);
    expect(() => run({ tableConfigs: { 'ch[2-9]/*': {} } })).toThrow('no table fits');
    expect(Object.keys(run({ tableConfigs: { 'ch[2-9]/*': {} } }, 'ch2/dsp').columns)).toHaveLength(5);
  });
});
