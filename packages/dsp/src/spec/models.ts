import { ModelFault } from '../models/model-fields.js';
import { networkFormat, readNetwork } from '../models/network.js';
import { readSupportVectors, supportVectorFormat } from '../models/support-vectors.js';
import type { Factory, InitValue, Made, ReadNumbers } from './factory.js';
import { type ArgumentSpec, kernel, type Reference } from './kernel-spec.js';

/** Path of a file's own bytes among the objects that a factory reads. */
const wholeFile = '';

const features = { name: 'x_in', doc: 'n features, or a waveform' } as const satisfies ArgumentSpec;

/** What a model makes of a row; undefined for results that are NaN in every row. */
interface Model {
  readonly inputs: number;
  readonly reference: Reference;
}

/** Reads the model of a file; undefined when the file is 0 or null (no model). Returns what is wrong as a text. */
function modelFrom(
  file: InitValue | undefined,
  read: ReadNumbers,
  parse: (bytes: ArrayLike<number | bigint>) => Model,
): Model | string | undefined {
  if (file === 0 || file === null || file === '0') return undefined;
  if (typeof file !== 'string') return 'file must be the name of a JSON file, or 0 for no model';
  const found = read({ file, path: wholeFile });
  if (found === undefined) return `${file} could not be read; give 0 where there is no model`;
  try {
    return parse(found.data);
  } catch (error) {
    if (error instanceof ModelFault) return `${file}: ${error.message}`;
    throw error;
  }
}

/** A kernel that runs a model; without one its results stay NaN. */
function made(model: Model | undefined, outputs: number, name: string): Made {
  const results = outputs === 1 ? '(n)->()' : '(n),(m)';
  return {
    kernel: kernel({
      name,
      signature: results,
      types: outputs === 1 ? ['f->f', 'd->d'] : ['ff->', 'dd->'],
      args: [features, { name: 'x_out', doc: 'results', output: true }],
      doc: 'A model of a file.',
      nan: 'propagate',
      tolerance: 'A',
      checkSizes: ({ n, m }) => {
        if (model !== undefined && n !== model.inputs)
          return `the model takes ${model.inputs.toString()} numbers, not ${n.toString()}`;
        return outputs === 1 || m === outputs
          ? undefined
          : `the model gives ${outputs.toString()} numbers, the output has ${m.toString()}: declare it with that length`;
      },
      compiled: false,
      reference: model?.reference ?? (() => 0),
    }),
  };
}

const makeClassifier: Factory['make'] = ({ file }, read) => {
  const model = modelFrom(file, read, (bytes) => {
    const classifier = readSupportVectors(bytes);
    return {
      inputs: classifier.features,
      reference: (xIn, label) => {
        label[0] = classifier.predict(xIn);
        return 0;
      },
    };
  });
  return typeof model === 'string' ? model : made(model, 1, 'svm_predict');
};

const makeNetwork: Factory['make'] = ({ file, outputs = 1 }, read) => {
  if (typeof outputs !== 'number' || !Number.isInteger(outputs) || outputs < 1)
    return 'outputs must be a whole number, at least 1';
  const model = modelFrom(file, read, (bytes) => {
    const network = readNetwork(bytes);
    if (network.outputs !== outputs)
      throw new ModelFault(
        `the network gives ${network.outputs.toString()} numbers, outputs says ${outputs.toString()}`,
      );
    const input = new Float64Array(network.inputs);
    return {
      inputs: network.inputs,
      reference: (xIn, xOut) => {
        input.set(xIn);
        xOut.set(network.run(input));
        return 0;
      },
    };
  });
  return typeof model === 'string' ? model : made(model, outputs, 'tf_model');
};

/** Models that are read from open files: JSON, never pickle. */
export const models = [
  kernel({
    name: 'svm_predict',
    signature: '(n)->()',
    types: ['f->f', 'd->d'],
    args: [features, { name: 'label_out', doc: 'label of the class', output: true }],
    doc: `Class of a row by a support vector machine. The file is JSON with format '${supportVectorFormat}' and the attributes of scikit-learn's SVC (see the how-to on models).`,
    nan: 'propagate',
    tolerance: 'A',
    faults: ['init_args are missing'],
    compiled: false,
    reference: () => 1,
    factory: {
      args: [
        { name: 'file', doc: 'JSON file with the support vectors; 0: every label is NaN', isWord: true },
      ],
      objects: [wholeFile],
      make: makeClassifier,
    },
  }),
  kernel({
    name: 'tf_model',
    signature: '(n),(m)',
    types: ['ff->', 'dd->'],
    args: [features, { name: 'x_out', doc: 'm results; one number when m is 1', output: true }],
    doc: `Results of a network of layers (dense, one-dimensional convolution, pooling, normalisation). The file is JSON with format '${networkFormat}' and weights as Keras has them (see the how-to on models).`,
    nan: 'propagate',
    tolerance: 'A',
    faults: ['init_args are missing'],
    compiled: false,
    reference: () => 1,
    factory: {
      args: [
        { name: 'file', doc: 'JSON file with the network; 0: every result is NaN', isWord: true },
        { name: 'outputs', doc: 'number of results', default: '1' },
      ],
      objects: [wholeFile],
      make: makeNetwork,
    },
  }),
];
