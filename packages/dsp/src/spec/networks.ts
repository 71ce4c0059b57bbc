import {
  activation,
  denseLayer,
  denseLayerWithBias,
  normalisationLayer,
} from '../reference/network.reference.js';
import { type ArgumentSpec, type KernelSpec, kernel } from './kernel-spec.js';

const input = { name: 'x_in', doc: 'n numbers' } as const satisfies ArgumentSpec;
const activationArgument = {
  name: 'activation_func',
  doc: 's 1 / (1 + e^-x), r max(0, x), l leaky (0.01 x below 0), m log(1 + e^x), t tanh; another letter gives NaN',
  range: { choices: ['s', 'r', 'l', 'm', 't'] },
} as const satisfies ArgumentSpec;

function elementwise(name: string, letter: string, doc: string): KernelSpec {
  return kernel({
    name,
    signature: '(n)->(n)',
    types: ['f->f', 'd->d'],
    args: [input, { name: 'x_out', doc: 'result per number', output: true }],
    doc: `${doc}, number by number; NaN stays NaN.`,
    nan: 'own',
    tolerance: 'A',
    compiled: false,
    reference: activation(letter),
  });
}

/** Layers of small neural networks, and their activation functions. */
export const networks = [
  kernel({
    name: 'dense_layer_no_bias',
    signature: '(n),(n,m),()->(m)',
    types: ['ffb->f', 'ddb->d'],
    args: [
      input,
      { name: 'kernel', doc: 'matrix K of n rows and m columns' },
      activationArgument,
      { name: 'x_out', doc: 'm numbers', output: true },
    ],
    doc: 'act(x K).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: denseLayer,
  }),
  kernel({
    name: 'dense_layer_with_bias',
    signature: '(n),(n,m),(m),()->(m)',
    types: ['fffb->f', 'dddb->d'],
    args: [
      input,
      { name: 'kernel', doc: 'matrix K of n rows and m columns' },
      { name: 'bias', doc: 'm numbers b' },
      activationArgument,
      { name: 'x_out', doc: 'm numbers', output: true },
    ],
    doc: 'act(x K + b).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: denseLayerWithBias,
  }),
  kernel({
    name: 'classification_layer_no_bias',
    signature: '(n),(n),()->()',
    types: ['ffb->f', 'ddb->d'],
    args: [
      input,
      { name: 'kernel', doc: 'n weights' },
      activationArgument,
      { name: 'x_out', doc: 'one number', output: true },
    ],
    doc: 'act(x . k).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: denseLayer,
  }),
  kernel({
    name: 'classification_layer_with_bias',
    signature: '(n),(n),(),()->()',
    types: ['fffb->f', 'dddb->d'],
    args: [
      input,
      { name: 'kernel', doc: 'n weights' },
      { name: 'bias', doc: 'added number b' },
      activationArgument,
      { name: 'x_out', doc: 'one number', output: true },
    ],
    doc: 'act(x . k + b).',
    nan: 'propagate',
    tolerance: 'A',
    compiled: false,
    reference: denseLayerWithBias,
  }),
  kernel({
    name: 'normalisation_layer',
    signature: '(n),(n),(n)->(n)',
    types: ['fff->f', 'ddd->d'],
    args: [
      input,
      { name: 'means', doc: 'n means' },
      { name: 'variances', doc: 'n variances' },
      { name: 'x_out', doc: 'n numbers', output: true },
    ],
    doc: '(x - mean) / sqrt(variance), number by number; a NaN stays in its place.',
    nan: 'own',
    tolerance: 'A',
    compiled: false,
    reference: normalisationLayer,
  }),
  elementwise('sigmoid', 's', '1 / (1 + e^-x)'),
  elementwise('relu', 'r', 'max(0, x)'),
  elementwise('leaky_relu', 'l', 'x, below 0 a hundredth of it'),
  elementwise('softmax', 'm', 'log(1 + e^x), which is called softplus elsewhere'),
];
