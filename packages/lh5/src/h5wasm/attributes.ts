import type { AttributeValue } from '@countroom/records';
import { isAscii, storedAttribute } from '../hdf5/attribute-value.js';
import {
  type ElementDescription,
  elementType,
  fixedTexts,
  numbersFrom,
  numberType,
  textType,
} from '../hdf5/element-type.js';
import { placeOf } from '../hdf5/place.js';
import { libraryType } from './library-type.js';
import { absolute, failAt, guarded, type ObjectAt } from './location.js';
import { copyIn, copyOut, textsAt, withMemory } from './memory.js';
import { type Hdf5Metadata } from './module.js';

function withValue<T>(
  at: ObjectAt,
  name: string,
  metadata: Hdf5Metadata,
  use: (pointer: number, bytes: number) => T,
): T {
  const bytes = metadata.size * metadata.total_size;
  return withMemory(at, bytes, (pointer) => {
    const status = at.library.get_attribute_data(at.id, absolute(at), name, BigInt(pointer));
    if (status < 0) failAt(at, 'file-damaged', `attribute ${name} cannot be read`);
    return use(pointer, bytes);
  });
}

function readTexts(at: ObjectAt, name: string, metadata: Hdf5Metadata, spacePadded: boolean): string[] {
  return withValue(at, name, metadata, (pointer, bytes) => {
    if (!metadata.vlen) return fixedTexts(copyOut(at.library, pointer, bytes), metadata.size, spacePadded);
    const texts = textsAt(at.library, pointer, metadata.total_size);
    at.library.reclaim_vlen_memory(at.id, absolute(at), name, BigInt(pointer));
    return texts;
  });
}

function readAttribute(at: ObjectAt, name: string): AttributeValue | undefined {
  const metadata = at.library.get_attribute_metadata(at.id, absolute(at), name);
  if (metadata.shape === null) return undefined;
  const single = metadata.shape.length === 0;
  const type = elementType(metadata);
  if (type.kind === 'opaque') return undefined;
  if (type.kind === 'string') {
    const texts = readTexts(at, name, metadata, type.spacePadded);
    return single ? (texts[0] ?? '') : texts;
  }
  const numbers = withValue(at, name, metadata, (pointer, bytes) =>
    numbersFrom(type.dtype, copyOut(at.library, pointer, bytes)),
  );
  if (!single) return Array.from<number | bigint>(numbers) as number[] | bigint[];
  return type.dtype === 'bool' ? numbers[0] !== 0 : numbers[0];
}

/**
 * All attributes of an object: 64-bit integers as bigint, other numbers as number, h5py's truth values as boolean, one axis
 * or more as a flat array. Empty attributes and types without a counterpart (references, compounds) are left out.
 */
export function readAttributes(at: ObjectAt): Record<string, AttributeValue> {
  return guarded(at, 'file-damaged', () => {
    const attrs: Record<string, AttributeValue> = {};
    for (const name of at.library.get_attribute_names(at.id, absolute(at))) {
      const value = readAttribute(at, name);
      if (value !== undefined) attrs[name] = value;
    }
    return attrs;
  });
}

interface NewAttribute {
  readonly type: ElementDescription;
  readonly shape: readonly bigint[];
  readonly data: Uint8Array | readonly string[];
}

function create(at: ObjectAt, name: string, { type, shape, data }: NewAttribute): void {
  const { library } = at;
  const metadata = {
    ...libraryType(type),
    shape: [...shape],
    maxshape: [...shape],
    total_size: Number(shape[0] ?? 1n),
  };
  const status =
    data instanceof Uint8Array
      ? withMemory(at, data.byteLength, (pointer) => {
          copyIn(at.library, pointer, data);
          return library.create_attribute(at.id, absolute(at), name, BigInt(pointer), metadata);
        })
      : library.create_vlen_str_attribute(at.id, absolute(at), name, data, metadata);
  if (status < 0 || !library.get_attribute_names(at.id, absolute(at)).includes(name)) {
    failAt(at, 'io-failed', `attribute ${name} cannot be written`);
  }
}

/**
 * Writes an attribute, replacing one of the same name. Texts are of variable length; whole numbers below 2^31 int32,
 * other numbers float64, bigints int64 or uint64, truth values uint8.
 */
export function writeAttribute(at: ObjectAt, name: string, value: AttributeValue): void {
  guarded(at, 'io-failed', () => {
    const { library } = at;
    if (library.get_attribute_names(at.id, absolute(at)).includes(name))
      library.delete_attribute(at.id, absolute(at), name);
    const { dtype, shape, data } = storedAttribute(value, placeOf(at));
    const type = data instanceof Uint8Array ? numberType(dtype) : textType('variable', data.every(isAscii));
    create(at, name, { type, shape: shape.map(BigInt), data });
  });
}
