import { allocate, type Dtype, type NdArray, type Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { listsOfNumbers, numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { commonColumns } from './common-columns.js';

const nameOf = (run: number): string => `run lab/${run}`;
const one = (dtype: Dtype): NdArray => ({
  kind: 'array',
  flavor: 'array',
  dtype,
  shape: [0],
  data: allocate(dtype, 0),
  attrs: {},
});

describe('columns of several runs', () => {
  it.each<[Dtype, Dtype, Dtype]>([
    ['float32', 'float64', 'float64'],
    ['float32', 'int16', 'float32'],
    ['float32', 'int32', 'float64'],
    ['uint8', 'int16', 'int16'],
    ['uint16', 'int16', 'int32'],
    ['uint32', 'int8', 'int64'],
    ['uint64', 'int64', 'float64'],
    ['bool', 'uint8', 'uint8'],
    ['int64', 'int64', 'int64'],
  ])('of %s and %s are %s', (a, b, wanted) => {
    const samples = [a, b].map((dtype) => tableOf({ x: one(dtype) }));
    for (const pair of [samples, [...samples].reverse()]) {
      const conform = commonColumns(pair, nameOf);
      for (const sample of pair) expect(conform(sample).columns.get('x')).toMatchObject({ dtype: wanted });
    }
  });

  it('keep their values, in lists too', () => {
    const narrow = tableOf({ x: numbersOf('int32', [1, -2]), l: listsOfNumbers('float32', [[1.5], []]) });
    const wide = tableOf({ x: numbersOf('int64', [3, 4]), l: listsOfNumbers('float64', [[], [2]]) });
    const { columns } = commonColumns([narrow, wide], nameOf)(narrow);
    expect(columns.get('x')).toMatchObject({ dtype: 'int64', data: BigInt64Array.of(1n, -2n) });
    expect(valuesOf(columns.get('l'))).toEqual([[1.5], []]);
  });

  it.each<[Table, string]>([
    [
      tableOf({ y: numbersOf('int32', [1]) }),
      'x is one number per row in run lab/0 and is not there in run lab/1',
    ],
    [tableOf({ x: listsOfNumbers('int32', [[1]]) }), 'and is lists of one number in run lab/1'],
    [
      tableOf({ x: numbersOf('int32', [1]), y: numbersOf('int32', [1]) }),
      'run lab/1 has y, and run lab/0 does not',
    ],
  ])('are refused where they are something else', (other, message) => {
    const first = tableOf({ x: numbersOf('int32', [1]) });
    expect(() => commonColumns([first, other], nameOf)).toThrow(message);
  });
});
