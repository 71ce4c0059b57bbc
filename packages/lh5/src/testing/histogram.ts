import type { DataObject } from '@countroom/records';

/** Shape and weights of a histogram object. */
export function decodeRegularHistogram(object: DataObject): {
  shape: readonly number[];
  weights: unknown;
} {
  const weights = object.kind === 'struct' ? object.fields.get('weights') : undefined;
  if (weights?.kind !== 'array') throw new Error('this is no histogram');
  return { shape: weights.shape, weights: weights.data };
}
