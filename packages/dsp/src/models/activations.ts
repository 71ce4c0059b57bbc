/** What a layer of a network does with its numbers, in place; parameters are those of the layer. */
export type Activation = (values: Float64Array) => void;

function each(f: (x: number) => number): Activation {
  return (values) => {
    for (let i = 0; i < values.length; i += 1) values[i] = f(values[i]!);
  };
}

function softmax(values: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) largest = Math.max(largest, value);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    values[i] = Math.exp(values[i]! - largest);
    sum += values[i]!;
  }
  for (let i = 0; i < values.length; i += 1) values[i] = values[i]! / sum;
}

/** Names of activations in model files. */
export const activationNames = [
  'linear',
  'relu',
  'leaky_relu',
  'elu',
  'sigmoid',
  'tanh',
  'softplus',
  'softmax',
] as const;

/** One of `activationNames`. */
export type ActivationName = (typeof activationNames)[number];

/** The activation by its name; `alpha` is the slope (leaky_relu) or the depth (elu) below 0. */
export function activationOf(name: ActivationName, alpha: number): Activation {
  const functions: Readonly<Record<ActivationName, Activation>> = {
    linear: () => undefined,
    relu: each((x) => Math.max(0, x)),
    leaky_relu: each((x) => (x < 0 ? alpha * x : x)),
    elu: each((x) => (x < 0 ? alpha * Math.expm1(x) : x)),
    sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
    tanh: each(Math.tanh),
    softplus: each((x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)))),
    softmax,
  };
  return functions[name];
}
