import { activationNames, activationOf } from './activations.js';
import {
  countAt,
  type Fields,
  listAt,
  ModelFault,
  matrixOf,
  numberAt,
  numbersAt,
  wordAt,
} from './model-fields.js';

/** Numbers between two layers: `steps` rows of `channels` numbers, row by row. */
export interface LayerShape {
  readonly steps: number;
  readonly channels: number;
}

/** A layer with its weights: the shape of its results, and what makes them. */
export interface Layer {
  readonly shape: LayerShape;
  /** The array that comes back belongs to the layer and is written again with the next row. */
  readonly run: (input: Float64Array) => Float64Array;
}

type MakeLayer = (fields: Fields, place: string, input: LayerShape) => Layer;

function finisher(fields: Fields, place: string): (values: Float64Array) => void {
  const name = wordAt(fields, 'activation', place, activationNames, 'linear');
  return activationOf(name, numberAt(fields, 'alpha', place, name === 'elu' ? 1 : 0.01));
}

function biasOf(fields: Fields, place: string, count: number): Float64Array {
  return fields['bias'] === undefined ? new Float64Array(count) : numbersAt(fields, 'bias', place, count);
}

/** y = activation(x K + b) over all numbers of the input. */
const dense: MakeLayer = (fields, place, { steps, channels }) => {
  const kernel = matrixOf(fields['kernel'], `${place}.kernel`);
  const count = steps * channels;
  if (kernel.rows !== count)
    throw new ModelFault(
      `${place}.kernel has ${kernel.rows.toString()} rows, but ${count.toString()} numbers come in`,
    );
  const bias = biasOf(fields, place, kernel.columns);
  const finish = finisher(fields, place);
  const out = new Float64Array(kernel.columns);
  return {
    shape: { steps: kernel.columns, channels: 1 },
    run(input) {
      out.set(bias);
      for (let i = 0; i < count; i += 1) {
        const x = input[i]!;
        for (let j = 0; j < out.length; j += 1) out[j] = out[j]! + x * kernel.values[i * out.length + j]!;
      }
      finish(out);
      return out;
    },
  };
};

/** Steps that a window of `size` has with `stride`, and how many steps of zeros (or nothing) lie before the first. */
function windows(
  fields: Fields,
  place: string,
  steps: number,
  { size, stride }: { readonly size: number; readonly stride: number },
): { readonly steps: number; readonly before: number } {
  if (wordAt(fields, 'padding', place, ['valid', 'same'], 'valid') === 'same') {
    const count = Math.ceil(steps / stride);
    const missing = Math.max(0, (count - 1) * stride + size - steps);
    return { steps: count, before: Math.floor(missing / 2) };
  }
  if (size > steps)
    throw new ModelFault(`${place} looks at ${size.toString()} steps, but only ${steps.toString()} come in`);
  return { steps: Math.floor((steps - size) / stride) + 1, before: 0 };
}

/** Cross-correlation along the steps: y_{t,o} = activation(b_o + sum of x_{t stride + k, c} K_{k, c, o}). */
const convolution: MakeLayer = (fields, place, input) => {
  const taps = listAt(fields, 'kernel', place).map((tap, k) =>
    matrixOf(tap, `${place}.kernel[${k.toString()}]`),
  );
  const filters = taps[0]?.columns ?? 0;
  if (taps.some(({ rows, columns }) => rows !== input.channels || columns !== filters))
    throw new ModelFault(
      `${place}.kernel must be a list of matrices of ${input.channels.toString()} rows (channels that come in) and equally many columns`,
    );
  const stride = countAt(fields, 'stride', place, 1);
  const { steps, before } = windows(fields, place, input.steps, { size: taps.length, stride });
  const bias = biasOf(fields, place, filters);
  const finish = finisher(fields, place);
  const out = new Float64Array(steps * filters);
  return {
    shape: { steps, channels: filters },
    run(values) {
      for (let t = 0; t < steps; t += 1) {
        const to = t * filters;
        out.set(bias, to);
        taps.forEach(({ values: weights }, k) => {
          const from = t * stride + k - before;
          if (from < 0 || from >= input.steps) return;
          for (let c = 0; c < input.channels; c += 1) {
            const x = values[from * input.channels + c]!;
            for (let o = 0; o < filters; o += 1) out[to + o] = out[to + o]! + x * weights[c * filters + o]!;
          }
        });
      }
      finish(out);
      return out;
    },
  };
};

/** Largest number, or average, of the steps under a window, channel by channel. */
function pooling(isAverage: boolean): MakeLayer {
  return (fields, place, input) => {
    const size = countAt(fields, 'size', place, 2);
    const stride = countAt(fields, 'stride', place, size);
    const { steps, before } = windows(fields, place, input.steps, { size, stride });
    const { channels } = input;
    const out = new Float64Array(steps * channels);
    return {
      shape: { steps, channels },
      run(values) {
        for (let at = 0; at < out.length; at += 1) {
          const first = Math.floor(at / channels) * stride - before;
          const [from, to] = [Math.max(0, first), Math.min(input.steps, first + size)];
          let result = isAverage ? 0 : Number.NEGATIVE_INFINITY;
          for (let step = from; step < to; step += 1) {
            const x = values[step * channels + (at % channels)]!;
            result = isAverage ? result + x / (to - from) : Math.max(result, x);
          }
          out[at] = result;
        }
        return out;
      },
    };
  };
}

/** Average, or largest number, over all steps, channel by channel. */
function globalPooling(isAverage: boolean): MakeLayer {
  return (_, place, input) => ({
    ...pooling(isAverage)({ size: input.steps }, place, input),
    shape: { steps: input.channels, channels: 1 },
  });
}

/** gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel (number by number for one channel). */
const normalisation: MakeLayer = (fields, place, { steps, channels }) => {
  const period = channels === 1 ? steps : channels;
  const mean = numbersAt(fields, 'mean', place, period);
  const variance = numbersAt(fields, 'variance', place, period);
  const epsilon = numberAt(fields, 'epsilon', place, 0);
  const ones = new Float64Array(period).fill(1);
  const gamma = fields['gamma'] === undefined ? ones : numbersAt(fields, 'gamma', place, period);
  const beta =
    fields['beta'] === undefined ? new Float64Array(period) : numbersAt(fields, 'beta', place, period);
  const factor = variance.map((value, i) => gamma[i]! / Math.sqrt(value + epsilon));
  const out = new Float64Array(steps * channels);
  return {
    shape: { steps, channels },
    run(values) {
      for (let at = 0; at < out.length; at += 1) {
        const i = at % period;
        out[at] = (values[at]! - mean[i]!) * factor[i]! + beta[i]!;
      }
      return out;
    },
  };
};

const flatten: MakeLayer = (_fields, _place, { steps, channels }) => ({
  shape: { steps: steps * channels, channels: 1 },
  run: (values) => values,
});

const activation: MakeLayer = (fields, place, shape) => {
  const finish = finisher(fields, place);
  const out = new Float64Array(shape.steps * shape.channels);
  return {
    shape,
    run(values) {
      out.set(values);
      finish(out);
      return out;
    },
  };
};

const makers = {
  dense,
  conv1d: convolution,
  max_pool1d: pooling(false),
  average_pool1d: pooling(true),
  global_max_pool1d: globalPooling(false),
  global_average_pool1d: globalPooling(true),
  normalisation,
  flatten,
  activation,
} as const satisfies Readonly<Record<string, MakeLayer>>;

const layerTypes = Object.keys(makers) as (keyof typeof makers)[];

/** The layer that an object of a model file describes, for inputs of that shape. Throws a ModelFault. */
export function layerOf(fields: Fields, place: string, input: LayerShape): Layer {
  return makers[wordAt(fields, 'type', place, layerTypes)](fields, place, input);
}
