import type { Dtype } from '@countroom/records';

/** Number type of an argument: that of a column, or pairs of floats as complex numbers. */
export type NumberType = Dtype | 'complex64' | 'complex128';

const letters: Readonly<Record<string, NumberType>> = {
  '?': 'bool',
  b: 'int8',
  B: 'uint8',
  h: 'int16',
  H: 'uint16',
  i: 'int32',
  I: 'uint32',
  l: 'int64',
  L: 'uint64',
  f: 'float32',
  d: 'float64',
  F: 'complex64',
  D: 'complex128',
};

/** Number types of one type signature such as `fii->f`. Throws a SyntaxError on letters that mean no number type. */
export function parseTypes(types: string): readonly NumberType[] {
  return Array.from(types.replace('->', ''), (letter) => {
    const type = letters[letter];
    if (type === undefined) throw new SyntaxError(`'${letter}' in '${types}' is not a number type`);
    return type;
  });
}

/** True for the two types of complex numbers. */
export function isComplex(type: NumberType): type is 'complex64' | 'complex128' {
  return type === 'complex64' || type === 'complex128';
}

/** Type in which numbers are stored: complex ones as their real and imaginary parts, one after the other. */
export function storedType(type: NumberType): Dtype {
  if (type === 'complex64') return 'float32';
  return type === 'complex128' ? 'float64' : type;
}
