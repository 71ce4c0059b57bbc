import { describe, expect, it } from 'vitest';
import type { ChainFiles } from '../chain/chain-files.js';
import { chainFiles } from '../chain/chain-files.js';
import { planChain } from '../chain/plan.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { readNetwork } from './network.js';
import { readSupportVectors } from './support-vectors.js';
import bySklearn from './support-vectors.sklearn.json' with { type: 'json' };

function bytesOf(model: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(model));
}

function network(inputs: number, ...layers: readonly unknown[]): Uint8Array {
  return bytesOf({ format: 'countroom/network', inputs, layers });
}

function run(bytes: Uint8Array, input: readonly number[]): number[] {
  return [...readNetwork(bytes).run(Float64Array.from(input))];
}

describe('support vectors', () => {
  it.each(Object.entries(bySklearn))(
    '%s: labels are those of scikit-learn 1.9',
    (_, { model, x, labels }) => {
      const { predict } = readSupportVectors(bytesOf(model));
      expect(x.map((row) => predict(row))).toEqual(labels);
    },
  );

  it('standardise features first when they have a mean and a scale', () => {
    const { model } = bySklearn.two_rbf;
    const shifted = readSupportVectors(bytesOf({ ...model, mean: [10, -5], scale: [2, 4] }));
    const plain = readSupportVectors(bytesOf(model));
    for (const [a = 0, b = 0] of bySklearn.two_rbf.x)
      expect(shifted.predict([2 * a + 10, 4 * b - 5])).toBe(plain.predict([a, b]));
  });

  it.each([
    ['another format', { format: 'x' }, /'format' must be 'countroom\/svm'/],
    ['counts that do not add up', { n_support: [1, 2] }, /adds up to 3, but there are 8/],
    ['an unknown kernel', { kernel: 'precomputed' }, /kernel must be one of linear, rbf, poly, sigmoid/],
    ['a missing intercept', { intercept: [] }, /intercept must have 1 members, not 0/],
    ['weights that do not fit', { dual_coef: [[1, 2]] }, /dual_coef must be 1 lists of 8 numbers/],
    ['texts among numbers', { classes: [0, '1'] }, /classes must hold numbers only/],
  ])('refuse %s', (_, change, message) => {
    expect(() => readSupportVectors(bytesOf({ ...bySklearn.two_rbf.model, ...change }))).toThrow(message);
  });

  it('refuse what is not JSON', () => {
    expect(() => readSupportVectors(Uint8Array.of(0x80, 4))).toThrow(/not a JSON file/);
  });
});

describe('networks', () => {
  it('multiply by dense layers and activate', () => {
    const kernel = [
      [1, 10],
      [2, -20],
    ];
    const hidden = { type: 'dense', kernel, bias: [0.5, 0], activation: 'relu' };
    expect(run(network(2, hidden), [1, 1])).toEqual([3.5, 0]);
    expect(run(network(2, hidden, { type: 'dense', kernel: [[2], [1]] }), [1, 1])).toEqual([7]);
  });

  it.each([
    ['linear', {}, [-2, 0, 3]],
    ['leaky_relu', { alpha: 0.5 }, [-1, 0, 3]],
    ['elu', {}, [Math.expm1(-2), 0, 3]],
    ['tanh', {}, [Math.tanh(-2), 0, Math.tanh(3)]],
    ['sigmoid', {}, [1 / (1 + Math.exp(2)), 0.5, 1 / (1 + Math.exp(-3))]],
    ['softplus', {}, [Math.log1p(Math.exp(-2)), Math.log(2), Math.log1p(Math.exp(3))]],
    ['softmax', {}, [-2, 0, 3].map((x) => Math.exp(x) / (Math.exp(-2) + 1 + Math.exp(3)))],
  ])('know the activation %s', (activation, rest, expected) => {
    run(network(3, { type: 'activation', activation, ...rest }), [-2, 0, 3]).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 12);
    });
  });

  it('convolve along the steps as Keras does', () => {
    const edge = { type: 'conv1d', kernel: [[[1, 0]], [[-1, 2]]], bias: [0, 10] };
    expect(run(network(4, edge), [1, 2, 4, 8])).toEqual([-1, 14, -2, 18, -4, 26]);
    expect(run(network(4, { ...edge, stride: 2 }), [1, 2, 4, 8])).toEqual([-1, 14, -4, 26]);
    expect(run(network(4, { ...edge, padding: 'same' }), [1, 2, 4, 8])).toEqual([
      -1, 14, -2, 18, -4, 26, 8, 10,
    ]);
    const sum = { type: 'conv1d', kernel: [[[1], [100]]] };
    expect(run(network(4, edge, sum), [1, 2, 4, 8])).toEqual([1399, 1798, 2596]);
  });

  it('pool windows and whole waveforms, channel by channel', () => {
    expect(run(network(5, { type: 'max_pool1d', size: 2 }), [1, 3, 2, 0, 9])).toEqual([3, 2]);
    expect(run(network(5, { type: 'average_pool1d', size: 2, padding: 'same' }), [1, 3, 2, 0, 9])).toEqual([
      2, 1, 9,
    ]);
    const two = { type: 'conv1d', kernel: [[[1, -1]]] };
    expect(run(network(3, two, { type: 'global_max_pool1d' }), [1, 5, 3])).toEqual([5, -1]);
    expect(run(network(3, two, { type: 'global_average_pool1d' }), [1, 5, 3])).toEqual([3, -3]);
  });

  it('normalise, and flatten before a dense layer', () => {
    const layer = { type: 'normalisation', mean: [1, 2], variance: [4, 1], gamma: [2, 1], beta: [0, 3] };
    expect(run(network(2, layer), [5, 2])).toEqual([4, 3]);
    const two = { type: 'conv1d', kernel: [[[1, 2]]] };
    const kernel = [[1], [10], [100], [1000]];
    expect(run(network(2, two, { type: 'flatten' }, { type: 'dense', kernel }), [3, 4])).toEqual([8463]);
  });

  it.each([
    ['no layers', network(2), /at least one layer/],
    ['an unknown layer', network(2, { type: 'lstm' }), /layers\[0\]\.type must be one of dense, conv1d/],
    [
      'rows that do not fit',
      network(3, { type: 'dense', kernel: [[1]] }),
      /has 1 rows, but 3 numbers come in/,
    ],
    ['channels that do not fit', network(3, { type: 'conv1d', kernel: [[[1], [2]]] }), /matrices of 1 rows/],
    ['a window that is too long', network(1, { type: 'max_pool1d', size: 2 }), /looks at 2 steps/],
  ])('refuse %s', (_, bytes, message) => {
    expect(() => readNetwork(bytes)).toThrow(message);
  });
});

describe('models in a chain', () => {
  const { model, x, labels } = bySklearn.two_rbf;
  const input = batchOf(x.length + 1, [
    { name: 'features', dtype: 'float64', shape: [2], values: [...x.flat(), Number.NaN, 1] },
  ]);
  const contents: Readonly<Record<string, Uint8Array>> = {
    'classes.json': bytesOf(model),
    'net.json': network(2, {
      type: 'dense',
      kernel: [
        [1, 0],
        [0, 1],
      ].map((row) => row.map((k) => 2 * k)),
    }),
  };
  const files: ChainFiles = ({ file, path }) => {
    const data = path === '' ? contents[file] : undefined;
    return data === undefined ? undefined : { shape: [data.length], data };
  };
  const result = (name: string, initArgs: readonly unknown[], output = 'found') => {
    const found = { function: `dspeed.processors.${name}`, args: ['features', output], init_args: initArgs };
    const config = { outputs: ['found'], processors: { found } };
    return numbersOf(planChain(config, { input, files, kernels: nodeKernels() }).run(input), 'found');
  };

  it('ask for the bytes of their file', () => {
    const found = {
      function: 'dspeed.processors.svm_predict',
      args: ['features', 'found'],
      init_args: ['a.json'],
    };
    expect(chainFiles({ outputs: ['found'], processors: { found } })).toEqual([{ file: 'a.json', path: '' }]);
  });

  it('give a label per row, and NaN for NaN', () => {
    expect(result('svm_predict', ['classes.json'])).toEqual([...labels, Number.NaN]);
  });

  it('give as many numbers as the network has', () => {
    const [a, b] = result('tf_model', ['net.json', 2], 'found(2)');
    expect([a, b]).toEqual(x[0]!.map((value) => 2 * value));
  });

  it('are NaN where there is no model', () => {
    expect(result('svm_predict', [0])).toEqual(new Array(x.length + 1).fill(Number.NaN));
    expect(result('tf_model', [0])).toEqual(new Array(x.length + 1).fill(Number.NaN));
  });

  it('say what is wrong with the file, by its name', () => {
    expect(() => result('svm_predict', ['absent.json'])).toThrow(/absent\.json could not be read/);
    expect(() => result('svm_predict', ['net.json'])).toThrow(/net\.json: its 'format' must be/);
    expect(() => result('tf_model', ['net.json'])).toThrow(/gives 2 numbers, outputs says 1/);
  });
});
