import {
  convert,
  convertCeil,
  convertFloor,
  convertInt,
  convertRound,
  convertTrunc,
} from '../reference/convert.reference.js';
import { get, getDefault } from '../reference/get.reference.js';
import {
  ceilToNearest,
  floorToNearest,
  roundToNearest,
  truncToNearest,
} from '../reference/to-nearest.reference.js';
import { where } from '../reference/where.reference.js';
import { type KernelSpec, kernel, type Reference } from './kernel-spec.js';

const integers = ['B', 'H', 'I', 'L', 'b', 'h', 'i', 'l'] as const;
const reals = [...integers, 'f', 'd'] as const;

function toNearest(name: string, formula: string, reference: Reference): KernelSpec {
  return kernel({
    name,
    signature: '(),()->()',
    types: reals.map((type) => `${type}${type}->${type}`),
    args: [
      { name: 'val', doc: 'number' },
      { name: 'to_nearest', doc: 'step, in the unit of the number', range: { low: 0, isAbove: true } },
      { name: 'out', doc: 'multiple of the step', output: true },
    ],
    doc: `${formula} Integers stay exact; a step of 0 gives 0 in 64-bit integers.`,
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference,
  });
}

function conversion(
  name: string,
  rounding: string,
  types: readonly string[],
  rest: Pick<KernelSpec, 'reference'> & Partial<Pick<KernelSpec, 'faults'>>,
): KernelSpec {
  return kernel({
    name,
    signature: '(),(),(),()->()',
    types: types.map((type) => `${type}ddd->${type}`),
    args: [
      { name: 'buf_in', doc: 'position on the first grid', unit: 'samples' },
      { name: 'offset_in', doc: 'start of the first grid, in its periods', unit: 'samples' },
      { name: 'offset_out', doc: 'start of the second grid, in its periods', unit: 'samples' },
      { name: 'period_ratio', doc: 'first period over second period' },
      { name: 'out', doc: 'position on the second grid', unit: 'samples', output: true },
    ],
    doc: `(in + offset_in) x ratio - offset_out${rounding}`,
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    ...rest,
  });
}

/** Numbers turned into others: rounding, positions on grids, elements, choices. */
export const conversions = [
  toNearest('round_to_nearest', 'to x round(v / to), halves to even.', roundToNearest),
  toNearest('floor_to_nearest', 'to x floor(v / to).', floorToNearest),
  toNearest('ceil_to_nearest', 'to x ceil(v / to).', ceilToNearest),
  toNearest('trunc_to_nearest', 'to x trunc(v / to).', truncToNearest),
  conversion('convert', '.', ['f', 'd'], { reference: convert }),
  conversion('convert_round', ', rounded to the nearest whole number, halves to even.', reals, {
    reference: convertRound,
  }),
  conversion('convert_floor', ', rounded down.', reals, { reference: convertFloor }),
  conversion('convert_ceil', ', rounded up.', reals, { reference: convertCeil }),
  conversion('convert_trunc', ', rounded towards zero.', reals, { reference: convertTrunc }),
  conversion('convert_int', '; must be a whole number within 1e-5.', integers, {
    reference: convertInt,
    faults: [
      'buf_in is not a whole sample of the other grid: take convert_round, convert_floor or convert_ceil',
    ],
  }),
  kernel({
    name: 'get',
    signature: '(n),()->()',
    types: ['b', 'h', 'i', 'l', 'B', 'H', 'I', 'L', 'f', 'd', 'F', 'D'].map((type) => `${type}d->${type}`),
    args: [
      { name: 'a_in', doc: 'array' },
      { name: 'i', doc: 'place, -n to n - 1; negative ones count from the end', unit: 'samples' },
      { name: 'a_out', doc: 'the element', output: true },
    ],
    doc: 'One element of an array. A place outside of the array stops the production; a NaN elsewhere in the array does not matter.',
    nan: 'own',
    tolerance: 'A',
    faults: ['i is outside of the array: take get_default, which has an answer for places that do not exist'],
    compiled: false,
    reference: get,
  }),
  kernel({
    name: 'get_default',
    signature: '(n),(),()->()',
    types: ['B', 'H', 'I', 'L', 'b', 'h', 'i', 'l', 'f', 'd', 'F', 'D'].map(
      (type) => `${type}d${type}->${type}`,
    ),
    args: [
      { name: 'a_in', doc: 'array' },
      { name: 'i', doc: 'place; negative ones count from the end', unit: 'samples' },
      { name: 'default', doc: 'answer for a place outside of the array and for a NaN there' },
      { name: 'a_out', doc: 'the element, or the default', output: true },
    ],
    doc: 'One element of an array, or a default where there is none.',
    nan: 'own',
    tolerance: 'A',
    compiled: false,
    reference: getDefault,
  }),
  kernel({
    name: 'where',
    signature: '(),(),()->()',
    types: reals.map((type) => `?${type}${type}->${type}`),
    args: [
      { name: 'condition', doc: 'truth value' },
      { name: 'a', doc: 'result where it holds' },
      { name: 'b', doc: 'result where it does not' },
      { name: 'out', doc: 'one of the two', output: true },
    ],
    doc: 'Chooses between two values. A NaN in the one that is not chosen does not matter.',
    nan: 'own',
    tolerance: 'A',
    compiled: false,
    reference: where,
  }),
];
