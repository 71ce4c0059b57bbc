import { convolve } from '../reference/convolve.reference.js';
import { cuspFilter, zacFilter } from '../reference/filter-kernels.reference.js';
import { paramLookup } from '../reference/param-lookup.reference.js';
import type { Factory, InitArgument, InitValue } from './factory.js';
import { type KernelSpec, kernel, type Reference } from './kernel-spec.js';

const waveform = { name: 'wf_in', doc: 'waveform of n samples', unit: 'amplitude' } as const;
const filtered = { name: 'wf_out', doc: '101 samples', unit: 'amplitude', output: true } as const;

/** Samples by which the kernels of 2021 are shorter than the waveform. */
const shorter = 100;

const valid = kernel({
  name: 'valid_convolution_2021',
  signature: '(n),(p),(),(m)',
  types: ['fdbf->', 'ddbd->'],
  args: [
    waveform,
    { name: 'kernel', doc: 'p weights' },
    { name: 'mode_in', doc: 'v' },
    { name: 'wf_out', doc: 'n - p + 1 samples', unit: 'amplitude', output: true },
  ],
  doc: 'Convolution where kernel and waveform overlap wholly; a NaN makes the samples NaN that it touches.',
  nan: 'own',
  tolerance: 'A',
  check: (_, { n, m, p }) =>
    m === n - p + 1
      ? undefined
      : `a kernel of ${p.toString()} weights leaves ${(n - p + 1).toString()} samples of ${n.toString()}, the output has ${m.toString()}: declare it with that length`,
  compiled: false,
  reference: convolve,
});

const shapeArguments: readonly InitArgument[] = [
  { name: 'wsize', doc: 'samples of the waveform, above 100' },
  { name: 'sigma', doc: 'steepness of the sides in samples' },
  { name: 'flat', doc: 'length of the flat top in samples' },
  { name: 'decay', doc: 'decay time that is taken out, in samples' },
];

function makeShape(reference: Reference): Factory['make'] {
  return (values) => {
    const [wsize, sigma, flat, decay] = shapeArguments.map(({ name }) => values[name]);
    if (typeof wsize !== 'number' || !Number.isInteger(wsize) || wsize <= shorter)
      return `wsize must be a whole number above ${shorter.toString()}, such as len(wf)`;
    if (typeof sigma !== 'number' || typeof flat !== 'number' || typeof decay !== 'number')
      return 'sigma, flat and decay must be numbers of samples';
    if (sigma < 0 || decay < 0 || flat < 0 || !Number.isInteger(flat))
      return 'sigma and decay must not be negative, flat must be a whole number';
    const weights = new Float64Array(wsize - shorter);
    reference(Float64Array.of(sigma), Float64Array.of(flat), Float64Array.of(decay), weights);
    return { kernel: valid, settled: { kernel: Array.from(weights), mode_in: 'v'.charCodeAt(0) } };
  };
}

function shape(name: string, doc: string, reference: Reference): KernelSpec {
  return kernel({
    name,
    module: 'pygama.dsp.processors',
    signature: '(n),(m)',
    types: ['ff->', 'dd->'],
    args: [waveform, filtered],
    doc,
    nan: 'own',
    tolerance: 'A',
    faults: ['init_args are missing'],
    vectors: [`seed2021.${name}`],
    compiled: false,
    reference: () => 1,
    factory: { args: shapeArguments, make: makeShape(reference) },
  });
}

const lookup = {
  name: 'param_lookup',
  module: 'pygama.dsp.processors',
  signature: '()->()',
  args: [
    { name: 'channel', doc: 'number of the channel' },
    { name: 'val', doc: 'its value, or the default', output: true },
  ],
  doc: 'A parameter per channel. (A database of parameters, looked up with db.…, does the same for a whole table.)',
  nan: 'propagate',
  tolerance: 'A',
  compiled: false,
} as const;

const valueTypes: Readonly<Partial<Record<string, string>>> = {
  float32: 'f',
  float64: 'd',
  int32: 'i',
  uint32: 'I',
  int16: 'h',
  uint16: 'H',
};

function isMapping(value: InitValue | undefined): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('kind' in value);
}

const makeLookup: Factory['make'] = ({ params, default: missing, dtype = 'float32' }) => {
  if (!isMapping(params)) return 'params must be an object: a value per number of a channel';
  const values = new Map(Object.entries(params).map(([channel, value]) => [Number(channel), value]));
  const wrong = [...values].find(([channel, value]) => Number.isNaN(channel) || typeof value !== 'number');
  if (wrong !== undefined) return `params must hold numbers per number of a channel, not ${String(wrong[0])}`;
  if (typeof missing !== 'number') return 'the default must be a number';
  const letter = typeof dtype === 'string' ? valueTypes[dtype] : undefined;
  if (letter === undefined) return `dtype must be one of ${Object.keys(valueTypes).join(', ')}`;
  const reference = paramLookup(values as ReadonlyMap<number, number>, missing);
  return { kernel: kernel({ ...lookup, types: [`I->${letter}`, `d->${letter}`], reference }) };
};

/** Processors of 2021 that are made of init_args. */
export const seed2021Factories: readonly KernelSpec[] = [
  shape('cusp_filter', 'Convolution with a cusp that is 100 samples shorter than the waveform.', cuspFilter),
  shape(
    'zac_filter',
    'Convolution with a zero-area cusp that is 100 samples shorter than the waveform.',
    zacFilter,
  ),
  kernel({
    ...lookup,
    types: ['I->f', 'd->f'],
    faults: ['init_args are missing'],
    vectors: ['seed2021.param_lookup'],
    reference: () => 1,
    factory: {
      args: [
        { name: 'params', doc: 'values by number of the channel' },
        { name: 'default', doc: 'value of all other channels' },
        { name: 'dtype', doc: 'number type of the result', isWord: true, default: 'float32' },
      ],
      make: makeLookup,
    },
  }),
];
