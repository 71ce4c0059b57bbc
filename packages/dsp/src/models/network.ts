import { countAt, fieldsOf, listAt, ModelFault, modelOf } from './model-fields.js';
import { type Layer, layerOf } from './network-layers.js';

/** Value of `format` in a file with a network. */
export const networkFormat = 'countroom/network';

/** A network of layers, one after the other. */
export interface Network {
  /** Numbers that it takes. */
  readonly inputs: number;
  /** Numbers that it gives. */
  readonly outputs: number;
  /** Results for a row of numbers; the array is written again with the next row. */
  readonly run: (input: Float64Array) => Float64Array;
}

/**
 * Reads a network from the bytes of a JSON file: `inputs`, the number of features, and `layers`, each with its `type` and
 * weights as Keras has them. Numbers lie as (steps, channels); softmax is over all of
 * them. Throws a
 * ModelFault.
 */
export function readNetwork(bytes: ArrayLike<number | bigint>): Network {
  const fields = modelOf(bytes, networkFormat);
  const inputs = countAt(fields, 'inputs', 'the model');
  const layers: Layer[] = [];
  let shape = { steps: inputs, channels: 1 };
  listAt(fields, 'layers', 'the model').forEach((layer, index) => {
    const place = `layers[${index.toString()}]`;
    const made = layerOf(fieldsOf(layer, place), place, shape);
    layers.push(made);
    shape = made.shape;
  });
  if (layers.length === 0) throw new ModelFault('the model.layers must hold at least one layer');
  return {
    inputs,
    outputs: shape.steps * shape.channels,
    run: (input) => layers.reduce((values, layer) => layer.run(values), input),
  };
}
