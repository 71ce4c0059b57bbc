import {
  countAt,
  type Fields,
  type Matrix,
  ModelFault,
  matrixOf,
  modelOf,
  numberAt,
  numbersAt,
  wordAt,
} from './model-fields.js';

/** Value of `format` in a file with support vectors. */
export const supportVectorFormat = 'countroom/svm';

const place = 'the model';

/** A classifier by support vectors: the label of a row of features. */
export interface SupportVectorClassifier {
  /** Features that it takes. */
  readonly features: number;
  /** Label of the class that wins: every pair of classes has one vote, the first class wins a tie. */
  readonly predict: (features: ArrayLike<number>) => number;
}

type Similarity = (x: ArrayLike<number>, vector: Float64Array) => number;

function dot(x: ArrayLike<number>, vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i += 1) sum += x[i]! * vector[i]!;
  return sum;
}

function squaredDistance(x: ArrayLike<number>, vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i += 1) sum += (x[i]! - vector[i]!) ** 2;
  return sum;
}

/** The kernel function with its parameters, as scikit-learn defines them. */
function similarityOf(fields: Fields): Similarity {
  const kind = wordAt(fields, 'kernel', place, ['linear', 'rbf', 'poly', 'sigmoid']);
  if (kind === 'linear') return dot;
  const gamma = numberAt(fields, 'gamma', place);
  if (kind === 'rbf') return (x, vector) => Math.exp(-gamma * squaredDistance(x, vector));
  const offset = numberAt(fields, 'coef0', place, 0);
  if (kind === 'sigmoid') return (x, vector) => Math.tanh(gamma * dot(x, vector) + offset);
  const degree = countAt(fields, 'degree', place, 3);
  return (x, vector) => (gamma * dot(x, vector) + offset) ** degree;
}

/** Number of the class to which each support vector belongs. */
function owners(counts: Float64Array, vectors: number): Int32Array {
  const owner = Int32Array.from(
    Array.from(counts, (count, index) => new Array<number>(count).fill(index)).flat(),
  );
  if (owner.length !== vectors)
    throw new ModelFault(
      `${place}.n_support adds up to ${owner.length.toString()}, but there are ${vectors.toString()} support vectors`,
    );
  return owner;
}

/** Weight of support vector s in the decision between classes i and j, of which it belongs to one. */
function weightOf(weights: Matrix, s: number, owner: number, i: number, j: number): number {
  if (owner === i) return weights.values[(j - 1) * weights.columns + s]!;
  return owner === j ? weights.values[i * weights.columns + s]! : 0;
}

/**
 * Reads a classifier from the bytes of a JSON file whose members are the attributes of scikit-learn's SVC: `classes`,
 * `n_support`, `support_vectors`, `dual_coef`, `intercept`, `kernel` and its `gamma`, `coef0`, `degree`; with `mean`
 * and `scale`, features are standardised first. Throws a ModelFault.
 */
export function readSupportVectors(bytes: ArrayLike<number | bigint>): SupportVectorClassifier {
  const fields = modelOf(bytes, supportVectorFormat);
  const classes = numbersAt(fields, 'classes', place);
  if (classes.length < 2) throw new ModelFault(`${place}.classes must hold at least two labels`);
  const vectors = matrixOf(fields['support_vectors'], `${place}.support_vectors`);
  const owner = owners(numbersAt(fields, 'n_support', place, classes.length), vectors.rows);
  const weights = matrixOf(fields['dual_coef'], `${place}.dual_coef`);
  if (weights.rows !== classes.length - 1 || weights.columns !== vectors.rows)
    throw new ModelFault(
      `${place}.dual_coef must be ${(classes.length - 1).toString()} lists of ${vectors.rows.toString()} numbers`,
    );
  const pairs = (classes.length * (classes.length - 1)) / 2;
  const intercept = numbersAt(fields, 'intercept', place, pairs);
  const similarity = similarityOf(fields);
  const features = vectors.columns;
  const mean = fields['mean'] === undefined ? undefined : numbersAt(fields, 'mean', place, features);
  const scale = fields['scale'] === undefined ? undefined : numbersAt(fields, 'scale', place, features);
  const rows = Array.from({ length: vectors.rows }, (_, s) =>
    vectors.values.subarray(s * features, (s + 1) * features),
  );
  const input = new Float64Array(features);
  const similarities = new Float64Array(vectors.rows);
  const votes = new Int32Array(classes.length);

  const decision = (i: number, j: number, pair: number): number => {
    let sum = intercept[pair]!;
    for (let s = 0; s < similarities.length; s += 1)
      sum += weightOf(weights, s, owner[s]!, i, j) * similarities[s]!;
    return sum;
  };

  return {
    features,
    predict(given) {
      for (let k = 0; k < features; k += 1) input[k] = (given[k]! - (mean?.[k] ?? 0)) / (scale?.[k] ?? 1);
      for (let s = 0; s < rows.length; s += 1) similarities[s] = similarity(input, rows[s]!);
      if (classes.length === 2) return classes[decision(0, 1, 0) > 0 ? 1 : 0]!;
      votes.fill(0);
      let pair = 0;
      for (let i = 0; i < classes.length; i += 1) {
        for (let j = i + 1; j < classes.length; j += 1) {
          const winner = decision(i, j, pair) > 0 ? i : j;
          votes[winner] = votes[winner]! + 1;
          pair += 1;
        }
      }
      return classes[votes.indexOf(Math.max(...votes))]!;
    },
  };
}
