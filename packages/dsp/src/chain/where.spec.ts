import { describe, expect, it } from 'vitest';
import { ProcessingChainError } from '../errors.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { planChain } from './plan.js';

const kernels = nodeKernels();
const rows = 3;
const late = 2n ** 60n + 1n;

const table = batchOf(rows, [
  {
    name: 'wf/values',
    dtype: 'uint16',
    shape: [4],
    values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  },
  { name: 'wf/dt', dtype: 'float64', units: 'ns', values: [16, 16, 16] },
  { name: 'wf/t0', dtype: 'float64', units: 'ns', values: [0, 100, 200] },
  { name: 'flag', dtype: 'bool', values: [1, 0, 1] },
  { name: 'stamp', dtype: 'int64', values: [0, 0, 0] },
  { name: 'time', dtype: 'float64', units: 'us', values: [1, 2, 3] },
  { name: 'level', dtype: 'float64', values: [5, 6, 7] },
]);
const input = {
  ...table,
  columns: table.columns.map((column, index) =>
    table.schema.columns[index]?.name === 'stamp' ? { data: BigInt64Array.of(late, -late, 3n) } : column,
  ),
};

function run(processors: Readonly<Record<string, unknown>>, output = 'p_x') {
  return planChain({ outputs: [output], processors }, { input, kernels }).run(input);
}

describe('arithmetic with whole numbers', () => {
  it('warns of fractions that are rounded and of differences that wrap', () => {
    const plan = (expression: string) =>
      planChain({ outputs: ['p_x'], processors: { p_x: expression } }, { input, kernels }).warnings.join();
    expect(plan('wf + 1.5')).toMatch(
      /p_x: 1\.5 is taken as 2 because 'wf' holds whole numbers: write astype/,
    );
    expect(plan('wf - 1')).toMatch(/below 0 wraps around/);
    expect(plan("astype(wf, 'float32') - 1.5")).toBe('');
  });
});

describe('where()', () => {
  it('chooses the start of a waveform with its samples', () => {
    const result = run({ p_x: 'where(flag, wf[1:3], wf[2:4])' });
    expect(numbersOf(result, 'p_x/values')).toEqual([2, 3, 7, 8, 10, 11]);
    expect(numbersOf(result, 'p_x/t0')).toEqual([16, 132, 216]);
    expect(numbersOf(result, 'p_x/dt')).toEqual([16, 16, 16]);
  });

  it('keeps 64-bit integers exact', () => {
    const { columns } = run({ p_x: 'where(flag, stamp, stamp)' });
    expect(columns[0]?.data).toEqual(BigInt64Array.of(late, -late, 3n));
  });

  it('stands beside rounding that is exact too', () => {
    const { columns } = run({ p_x: 'round(stamp, 4)' });
    expect(columns[0]?.data).toEqual(BigInt64Array.of(late - 1n, 1n - late, 4n));
  });

  it('stands beside functions of numpy that are exact too', () => {
    const { columns } = run(
      {
        p_x: { function: 'numpy.bitwise_and', args: ['stamp', 'stamp', 'p_x'] },
      },
      'p_x',
    );
    expect(columns[0]?.data).toEqual(BigInt64Array.of(late, -late, 3n));
    const sum = run({ p_x: { function: 'numpy.add', args: ['stamp', 2, 'p_x'] } });
    expect(sum.columns[0]?.data).toEqual(BigInt64Array.of(late + 2n, 2n - late, 5n));
  });

  it('takes times in any unit', () => {
    expect(numbersOf(run({ p_x: 'where(flag, time, 500*ns)' }), 'p_x')).toEqual([1, 0.5, 3]);
    const both = run({ p_x: 'where(flag, 1*us, 500*ns)' });
    expect(numbersOf(both, 'p_x')).toEqual([1, 0.5, 1]);
    expect(both.schema.columns[0]?.units).toBe('us');
  });

  it.each([
    ['waveforms of other sampling', 'where(flag, wf[0:2], wf[0:4:2])', /period of 16 ns, .* one of 32 ns/],
    ['times and plain numbers', 'where(flag, time, level)', /'time' is a time, 'level' is a plain number/],
    ['starts per sample', 'where(wf[0:2] > 2, wf[0:2], wf[2:4])', /row by row only/],
    ['lengths that differ', 'where(flag, wf[0:3], wf[0:2])', /do not go together/],
    ['units that differ', 'where(flag, 1*us, 3*V)', /different units/],
    ['what is no truth value', 'where(level, 1, 2)', /must be a comparison/],
  ])('refuses %s', (_, expression, message) => {
    expect(() => run({ p_x: expression })).toThrow(ProcessingChainError);
    expect(() => run({ p_x: expression })).toThrow(message);
  });
});
