import { describe, expect, it } from 'vitest';
import { DSPFatal, ProcessingChainError } from '../errors.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { type ChainFiles, chainFiles } from './chain-files.js';
import { joinColumns, joinedInputs } from './joined-inputs.js';
import { planChain } from './plan.js';

const kernels = nodeKernels();
const samples = 8;
const input = batchOf(2, [
  {
    name: 'wf',
    dtype: 'float64',
    shape: [samples],
    values: [0, 0, 1, 4, 3, 2, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1],
  },
]);

/** Result for the first waveform by numpy 2.3. */
const wienerByNumpy: readonly number[] = [
  0.09227971922614936, -0.012707009130161873, 0.6733751572346667, 2.982973882733292, 0.46361934951426215,
  -0.29149373121942246, -0.6064736435064801, 0.1358082620026977,
];

const contents: Readonly<Record<string, readonly number[]>> = {
  'kernel.lh5 weights': [1, 2],
  'kernel.lh5 gain': [3],
  'wiener.lh5 spms/processed/superpulse': [0, 1, 5, 4, 3, 2, 1, 0],
  'wiener.lh5 spms/processed/noise_wf': [0.2, -0.1, 0.3, -0.2, 0.1, 0.1, -0.3, 0.2],
  'early.lh5 spms/processed/superpulse': [5, 1],
  'early.lh5 spms/processed/noise_wf': [0, 1],
  'uneven.lh5 spms/processed/superpulse': [1, 5],
  'uneven.lh5 spms/processed/noise_wf': [1, 5, 2],
};

const files: ChainFiles = ({ file, path }) => {
  const values = contents[`${file} ${path}`];
  if (values === undefined) return undefined;
  return { shape: values.length === 1 ? [] : [values.length], data: Float64Array.from(values) };
};

function wiener(file: unknown) {
  return {
    outputs: ['wf_out'],
    processors: {
      wf_fft: {
        function: 'dspeed.processors.fft',
        args: ['wf', `wf_fft(shape=${(samples / 2 + 1).toString()}, dtype='D')`],
      },
      wf_wiener: {
        function: 'dspeed.processors.wiener_filter',
        args: ['wf_fft', 'wf_wiener'],
        init_args: [file],
      },
      wf_out: { function: 'dspeed.processors.ifft', args: ['wf_wiener', `wf_out(${samples.toString()})`] },
    },
  };
}

describe('numbers of files', () => {
  const config = {
    outputs: ['p_sum', 'wf_conv'],
    processors: {
      p_gain: "loadlh5('kernel.lh5', 'gain')",
      p_sum: 'wf[3] * p_gain',
      wf_conv: {
        function: 'dspeed.processors.convolve_wf',
        args: ['wf', "loadlh5(db.file, 'weights')", "'s'", 'wf_conv(8)'],
      },
      p_unused: "loadlh5('other.lh5', 'x')",
    },
  };
  const database = { file: "'kernel.lh5'" };

  it('are asked for by what the outputs need', () => {
    expect(chainFiles(config, { database })).toEqual([
      { file: 'kernel.lh5', path: 'gain' },
      { file: 'kernel.lh5', path: 'weights' },
    ]);
    for (const file of ['wiener.lh5', "'wiener.lh5'", "['wiener.lh5']", ['wiener.lh5']]) {
      expect(chainFiles(wiener(file))).toEqual([
        { file: 'wiener.lh5', path: 'spms/processed/superpulse' },
        { file: 'wiener.lh5', path: 'spms/processed/noise_wf' },
      ]);
    }
  });

  it('are constants of the chain', () => {
    const result = planChain(config, { input, kernels, database, files }).run(input);
    expect(numbersOf(result, 'p_sum')).toEqual([12, 3]);
    expect(numbersOf(result, 'wf_conv').slice(0, samples)).toEqual([0, 0, 1, 6, 11, 8, 5, 2]);
  });

  it('are missed with their names', () => {
    expect(() => planChain(config, { input, kernels, database })).toThrow(/gain of kernel\.lh5/);
  });
});

describe('the filter of Wiener', () => {
  it('multiplies the spectrum as numpy does', () => {
    const result = planChain(wiener('wiener.lh5'), { input, kernels, files }).run(input);
    const expected = wienerByNumpy;
    numbersOf(result, 'wf_out')
      .slice(0, samples)
      .forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 10);
      });
  });

  it.each([
    ['missing.lh5', /must hold spms\/processed\/superpulse/],
    ['early.lh5', /maximum at sample 0/],
    ['uneven.lh5', /has 2 samples, the noise 3/],
  ])('says what is wrong with %s', (file, message) => {
    expect(() => planChain(wiener(file), { input, kernels, files })).toThrow(ProcessingChainError);
    expect(() => planChain(wiener(file), { input, kernels, files })).toThrow(message);
  });
});

describe('joined tables', () => {
  const config = {
    outputs: ['p_sum'],
    inputs: { file: 'db.side', group: 'ch0/hit', prefix: 'h_' },
    processors: { p_sum: 'wf[3] + h_energy' },
  };
  const side = batchOf(2, [{ name: 'energy', dtype: 'float64', values: [10, 20] }]);
  const [joined] = joinedInputs(config, { side: 'hit.lh5' });

  it('are told with look-ups filled in', () => {
    expect(joined).toEqual({ file: 'hit.lh5', group: 'ch0/hit', prefix: 'h_', suffix: '' });
    expect(joinedInputs({ outputs: [] })).toEqual([]);
  });

  it('stand beside the rows of the table', () => {
    const both = joinColumns(input, [{ input: joined!, batch: side }]);
    expect(numbersOf(planChain(config, { input: both, kernels }).run(both), 'p_sum')).toEqual([14, 21]);
  });

  it('must have as many rows and names of their own', () => {
    const short = { ...side, rows: 1 };
    expect(() => joinColumns(input, [{ input: joined!, batch: short }])).toThrow(DSPFatal);
    const again = [
      { input: joined!, batch: side },
      { input: joined!, batch: side },
    ];
    expect(() => joinColumns(input, again)).toThrow(/'h_energy' of hit\.lh5 is there already/);
  });

  it.each([
    [{ group: 'x' }, /needs 'file'/],
    [{ file: 'a', group: 'b', colour: 1 }, /'colour' that means nothing/],
    ['a.lh5', /must be an object/],
    [{ file: 'db.none', group: 'b' }, /no db\.none/],
  ])('are refused when written as %j', (inputs, message) => {
    expect(() => joinedInputs({ outputs: [], inputs })).toThrow(message);
  });
});
