import type { FileNumbers } from '@countroom/contracts';
import { Lh5Error, type Lh5Reader } from '@countroom/lh5';
import type { Readings } from './readings.js';

const mostValues = 1 << 20;

/** All numbers of an array, or the one of a scalar: what processors that are made of a file take from it. */
export async function numbersView(
  reader: Lh5Reader,
  { path }: Readings['numbers']['ask'],
): Promise<FileNumbers> {
  const node = await reader.tree(path, { depth: 1 });
  const count = (node.shape ?? []).reduce((product, extent) => product * extent, 1);
  if (count > mostValues)
    throw new Lh5Error('argument-invalid', `has ${count} values; at most ${mostValues} can be handed over`, {
      object: node.path,
    });
  const object = await reader.read(path);
  if (object.kind === 'array')
    return { dtype: object.dtype, shape: [...object.shape], values: Array.from(object.data, writable) };
  if (object.kind === 'scalar' && typeof object.value !== 'string') {
    const dtype = object.dtype ?? (Number.isInteger(Number(object.value)) ? 'int64' : 'float64');
    const { value } = object;
    return { dtype, shape: [], values: [writable(typeof value === 'bigint' ? value : Number(value))] };
  }
  throw new Lh5Error('argument-invalid', `is a ${object.kind}, and must be a number or an array of numbers`, {
    object: node.path,
  });
}

/** NaN and infinities have no form of their own in JSON; integers behind 2^53 are texts. */
function writable(value: number | bigint): FileNumbers['values'][number] {
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return String(value);
  return Number.isFinite(number) ? number : null;
}
