import type { Dtype } from '@countroom/records';
import { type ElementDescription, elementType, typeClass } from '../hdf5/element-type.js';

/** An HDF5 type: what one element of a dataset is. */
export type Hdf5Type =
  | { readonly kind: 'number'; readonly dtype: Dtype | 'float16' }
  /** An integer with names for its values. */
  | { readonly kind: 'enum'; readonly dtype: Dtype; readonly names: Readonly<Record<string, number>> }
  /** `bytes` is null where the length varies. */
  | { readonly kind: 'string'; readonly bytes: number | null }
  | {
      readonly kind: 'compound';
      readonly members: readonly { readonly name: string; readonly type: Hdf5Type }[];
    }
  /** A small array as one element. */
  | { readonly kind: 'array'; readonly shape: readonly number[]; readonly of: Hdf5Type }
  /** A list of any length as one element. */
  | { readonly kind: 'list'; readonly of: Hdf5Type }
  /** Points to another object of the file. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'opaque'; readonly bytes: number };

/** The type of elements, from their description. */
export function hdf5Type(given: ElementDescription): Hdf5Type {
  const { type, size } = given;
  if (type === typeClass.bitField) return hdf5Type({ ...given, type: typeClass.integer, signed: false });
  if (type === typeClass.float && size === 2) return { kind: 'number', dtype: 'float16' };
  if (type === typeClass.reference) return { kind: 'reference' };
  if (type === typeClass.compound && given.compound_type !== undefined)
    return {
      kind: 'compound',
      members: given.compound_type.members.map((member) => ({ name: member.name, type: hdf5Type(member) })),
    };
  const element = type === typeClass.array ? given.array_type : undefined;
  if (element !== undefined) return { kind: 'array', shape: element.shape ?? [], of: hdf5Type(element) };
  if (type === typeClass.vector && given.vlen_type !== undefined)
    return { kind: 'list', of: hdf5Type(given.vlen_type) };
  const known = elementType(given);
  if (known.kind === 'string') return { kind: 'string', bytes: known.variable ? null : size };
  if (known.kind === 'opaque') return { kind: 'opaque', bytes: size };
  const names = given.enum_type?.members;
  return names === undefined || known.dtype === 'bool'
    ? { kind: 'number', dtype: known.dtype }
    : { kind: 'enum', dtype: known.dtype, names };
}

/** A type as text for people: `float64`, `string`, `compound { x: int32, y: float32 }`, `float32[3 × 3]`. */
export function typeText(type: Hdf5Type): string {
  switch (type.kind) {
    case 'number':
      return type.dtype;
    case 'enum':
      return `enum of ${type.dtype}`;
    case 'string':
      return type.bytes === null ? 'string' : `string of ${type.bytes} bytes`;
    case 'compound':
      return `compound { ${type.members.map((member) => `${member.name}: ${typeText(member.type)}`).join(', ')} }`;
    case 'array':
      return `${typeText(type.of)}[${type.shape.join(' × ')}]`;
    case 'list':
      return `list of ${typeText(type.of)}`;
    case 'reference':
      return 'reference';
    case 'opaque':
      return `${type.bytes} bytes`;
  }
}
