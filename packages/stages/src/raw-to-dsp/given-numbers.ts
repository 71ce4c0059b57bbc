import type { ChainFiles } from '@countroom/dsp';
import { allocate } from '@countroom/records';
import type { NumbersOfFiles } from './options.js';

/** Numbers of the options as a chain asks for them. */
export function filesOf(numbers: NumbersOfFiles): ChainFiles {
  return ({ file, path }) => {
    const objects = Object.hasOwn(numbers, file) ? numbers[file] : undefined;
    const found = objects !== undefined && Object.hasOwn(objects, path) ? objects[path] : undefined;
    if (found === undefined) return undefined;
    const data = allocate(found.dtype, found.values.length);
    found.values.forEach((value, i) => {
      if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(value ?? 0);
      else data[i] = Number(value ?? Number.NaN);
    });
    return { shape: found.shape, data };
  };
}
