import { describe, expect, it } from 'vitest';
import { DSPFatal, ProcessingChainError } from '../errors.js';
import { batchOf, numbersOf, type TestColumn } from '../testing/batches.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { chainFields } from './fields.js';
import { type PlanOptions, planChain } from './plan.js';

const kernels = nodeKernels();
const samples = 60;

function table(rows: number, extra: readonly TestColumn[] = []) {
  const each = <T>(make: (row: number) => T) => Array.from({ length: rows }, (_, row) => make(row));
  return batchOf(rows, [
    {
      name: 'wf/values',
      dtype: 'uint16',
      shape: [samples],
      units: 'adc',
      values: each((row) => exampleWaveform(samples, row).map((value) => Math.round(10 * value))).flat(),
    },
    { name: 'wf/dt', dtype: 'float64', units: 'ns', values: each(() => 16) },
    { name: 'wf/t0', dtype: 'float64', units: 'ns', values: each((row) => 1000 * row) },
    { name: 'stamp', dtype: 'int64', values: each((row) => row) },
    ...extra,
  ]);
}

const config = {
  outputs: ['stamp', 'tp_max', 'e_max', 'wf_pz', 'tp_late'],
  processors: {
    'bl, bl_sd': 'pygama.dsp.processors.mean_stdev(wf[:20], bl, bl_sd)',
    wf_bl: { function: 'dspeed.processors.bl_subtract', args: ['wf', 'bl', 'wf_bl'], unit: 'adc' },
    'tp_min, tp_max, a_min, a_max': {
      function: 'min_max',
      module: 'dspeed.processors',
      args: ['wf_bl', 'tp_min', 'tp_max', 'a_min', 'a_max'],
      unit: ['us', 'us', 'adc', 'adc'],
    },
    wf_pz: {
      function: 'dspeed.processors.pole_zero',
      args: ['wf_bl', 'db.tau', 'wf_pz'],
      defaults: { 'db.tau': '6.4*us' },
    },
    wf_trap: { function: 'dspeed.processors.trap_norm', args: ['wf_pz', '128*ns', '64*ns', 'wf_trap'] },
    e_max: { function: 'numpy.amax(wf_trap, 1, e_max)', signature: '(n),()->()', types: ['fi->f'] },
    tp_late: { function: 'tp_max + 0.1*us', description: 'a little later' },
    unused: 'nothing_of_the_kind + 1',
  },
};

function plan(rows: number, changes: Partial<PlanOptions> = {}, other: unknown = config) {
  return planChain(other, { input: table(rows), kernels, ...changes });
}

function processors(changes: Readonly<Record<string, unknown>>, outputs: readonly string[]): unknown {
  return { outputs, processors: { ...config.processors, ...changes } };
}

describe('a planned chain', () => {
  it('says which fields it reads, without a table', () => {
    expect(chainFields(config)).toEqual(['stamp', 'wf']);
  });

  it('states the schema of its results: copied columns first, waveforms as values, dt and t0', () => {
    const chain = plan(3);
    expect(
      chain.outputSchema.columns.map(({ name, dtype, shape, units }) => [name, dtype, shape.join(), units]),
    ).toEqual([
      ['stamp', 'int64', '', undefined],
      ['tp_max', 'float32', '', 'us'],
      ['e_max', 'float32', '', undefined],
      ['wf_pz/values', 'float32', samples.toString(), undefined],
      ['wf_pz/dt', 'float64', '', 'ns'],
      ['wf_pz/t0', 'float64', '', 'ns'],
      ['tp_late', 'float32', '', 'us'],
    ]);
    expect(chain.outputSchema.columns.at(-1)?.description).toBe('a little later');
  });

  it('gives the same results whatever the block and however the rows are cut into batches', () => {
    const input = table(23);
    const whole = plan(23, { blockRows: 64 }).run(input);
    for (const blockRows of [1, 4, 8, 12]) {
      const found = plan(23, { blockRows }).run(input);
      for (const { name } of found.schema.columns)
        expect(numbersOf(found, name)).toEqual(numbersOf(whole, name));
    }
    const small = plan(2).run(table(2));
    expect(numbersOf(small, 'e_max')).toEqual(numbersOf(whole, 'e_max').slice(0, 2));
  });

  it('can be run again and leaves earlier results alone', () => {
    const chain = plan(9);
    const first = chain.run(table(9));
    const kept = numbersOf(first, 'wf_pz/values');
    const second = chain.run(table(5));
    expect(second.rows).toBe(5);
    expect(numbersOf(first, 'wf_pz/values')).toEqual(kept);
    expect(numbersOf(second, 'e_max')).toEqual(numbersOf(first, 'e_max').slice(0, 5));
  });

  it("writes times in their unit, with the row's start, and takes look-ups before defaults", () => {
    const result = plan(4).run(table(4));
    const late = numbersOf(result, 'tp_late');
    numbersOf(result, 'tp_max').forEach((time, row) => {
      expect(time).toBeGreaterThan(row + 23.9 * 0.016);
      expect(time).toBeLessThan(row + 40 * 0.016);
      expect(late[row]).toBeCloseTo(time + 0.1, 3);
    });
    const other = plan(4, { database: { tau: '3.2*us' } }).run(table(4));
    expect(numbersOf(other, 'e_max')).not.toEqual(numbersOf(result, 'e_max'));
  });

  it('handles a table without rows', () => {
    const result = plan(0).run(table(0));
    expect(result.rows).toBe(0);
    expect(result.columns).toHaveLength(7);
  });

  it('leaves out an output that nobody has and says so', () => {
    const chain = plan(2, { outputs: ['e_max', 'no_such_thing'] });
    expect(chain.outputSchema.columns.map(({ name }) => name)).toEqual(['e_max']);
    expect(chain.warnings.join()).toContain("'no_such_thing'");
  });
});

describe('faults while running', () => {
  const picked = processors(
    { a_at: { function: 'dspeed.processors.fixed_time_pickoff', args: ['wf', 'when', "'i'", 'a_at'] } },
    ['a_at'],
  );
  const withTimes = (values: readonly number[]) =>
    table(values.length, [{ name: 'when', dtype: 'float32', values }]);

  it('name processor, kernel, reason and row', () => {
    const input = withTimes([1, 2, 3, 4, 5, 6.5, 7]);
    const chain = planChain(picked, { input, kernels });
    expect(() => chain.run(input, { firstRow: 100 })).toThrow(DSPFatal);
    expect(() => chain.run(input, { firstRow: 100 })).toThrow(
      /processor 'a_at', row 105: fixed_time_pickoff: t_in .*6\.5.*; it is argument 2 \('when'\)/,
    );
  });

  it('are hidden by a NaN, which is an answer', () => {
    const input = withTimes([1, Number.NaN, 3]);
    const values = numbersOf(planChain(picked, { input, kernels }).run(input), 'a_at');
    expect(values.map((value) => Number.isNaN(value))).toEqual([false, true, false]);
  });

  it('stop at a row that was sampled otherwise', () => {
    const chain = plan(6);
    const input = table(6);
    input.columns[1]!.data[4] = 8;
    expect(() => chain.run(input)).toThrow(/row 4: 'wf' has a sampling period of 8/);
  });

  it('refuse a batch with other columns', () => {
    expect(() => plan(3).run(batchOf(3, [{ name: 'x', dtype: 'int32', values: [1, 2, 3] }]))).toThrow(
      ProcessingChainError,
    );
  });

  it('let the caller stop between blocks', () => {
    const chain = plan(20, { blockRows: 4 });
    const seen: number[] = [];
    const stop = () =>
      chain.run(table(20), {
        onBlock(rows) {
          seen.push(rows);
          if (rows >= 8) throw new Error('cancelled');
        },
      });
    expect(stop).toThrow('cancelled');
    expect(seen).toEqual([4, 8]);
  });
});

describe('faults of a configuration', () => {
  it.each([
    ['a list', [], /must be an object/],
    ['no outputs', { processors: {} }, /needs 'outputs'/],
    [
      'a field that means nothing',
      processors({ p_x: { function: 'wf', argz: [] } }, ['p_x']),
      /processor 'p_x': has a field 'argz'/,
    ],
    ['a missing function', processors({ p_x: { args: [] } }, ['p_x']), /'function' is missing/],
    [
      'two makers of one variable',
      processors({ 'p_x, e_max': 'wf' }, ['p_x']),
      /'e_max' is made by another processor/,
    ],
    [
      'an unknown module',
      processors({ p_x: { function: 'mine.own', args: ['wf'] } }, ['p_x']),
      /module 'mine' is not known/,
    ],
    [
      'an unknown processor',
      processors({ p_x: { function: 'dspeed.processors.nope', args: ['wf'] } }, ['p_x']),
      /no processor 'nope'/,
    ],
    [
      'a wrong number of arguments',
      processors({ p_x: 'dspeed.processors.bl_subtract(wf, p_x)' }, ['p_x']),
      /takes 3 arguments, not 2/,
    ],
    [
      'a missing column',
      processors({ p_x: 'nothing_there + 1' }, ['p_x']),
      /processor 'p_x': nothing makes 'nothing_there'.*it has wf, stamp/,
    ],
    [
      'a result that its key does not name',
      processors({ p_x: 'dspeed.processors.mean_stdev(wf, p_x, p_y)' }, ['p_x']),
      /nothing makes 'p_y'.*if it is a result of mean_stdev, add it to the processor's key/,
    ],
    [
      'an item that a list does not have',
      processors({ p_x: 'e_max * wf.shape[1]' }, ['p_x']),
      /1 is not one/,
    ],
    ['a syntax error', processors({ p_x: 'wf[1' }, ['p_x']), /'\]'|':'/],
    ['a length too many', processors({ p_x: 'wf[70]' }, ['p_x']), /has 60 elements; 70 is not one/],
    ['text as configuration', 'outputs', /must be an object/],
  ])('%s', (_, faulty, message) => {
    const run = () => plan(2, {}, faulty);
    expect(run).toThrow(ProcessingChainError);
    expect(run).toThrow(message);
  });
});
