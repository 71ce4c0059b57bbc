import { type Dtype, dtypes } from '@countroom/records';
import { parseTypes } from '../spec/kernel-spec.js';

/** The number type behind `f`, `float32`, `int32` … in a configuration; undefined when there is none. */
export function dtypeNamed(text: string): Dtype | undefined {
  const name = dtypes.find((dtype) => dtype === text);
  if (name !== undefined || text.length !== 1) return name;
  try {
    return parseTypes(text)[0];
  } catch {
    return undefined;
  }
}
