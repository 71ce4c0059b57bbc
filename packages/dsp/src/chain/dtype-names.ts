import { dtypes } from '@countroom/records';
import { type NumberType, parseTypes } from '../spec/number-types.js';

const names: readonly NumberType[] = [...dtypes, 'complex64', 'complex128'];

/** The number type behind `f`, `float32`, `complex64` … in a configuration; undefined when there is none. */
export function dtypeNamed(text: string): NumberType | undefined {
  const name = names.find((dtype) => dtype === text);
  if (name !== undefined || text.length !== 1) return name;
  try {
    return parseTypes(text)[0];
  } catch {
    return undefined;
  }
}
