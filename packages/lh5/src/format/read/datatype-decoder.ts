import { type ElementDescription, typeClass } from '../../hdf5/element-type.js';
import { UnknownFormat } from '../../hdf5/source.js';
import { ByteReader, Damage } from './byte-reader.js';

const utf8 = new TextDecoder();
const deepest = 16;

function name(reader: ByteReader, padded: boolean): string {
  const start = reader.position;
  const text = utf8.decode(reader.terminated());
  const length = reader.position - start;
  if (padded) reader.skip((8 - (length % 8)) % 8);
  return text;
}

interface Head {
  readonly version: number;
  readonly kind: number;
  readonly bits: number;
  readonly size: number;
}

type Member = NonNullable<ElementDescription['compound_type']>['members'][number];

function members(reader: ByteReader, { version, bits, size }: Head, depth: number): Member[] {
  return Array.from({ length: bits & 0xffff }, () => {
    const memberName = name(reader, version < 3);
    const offset = version < 3 ? reader.u32() : reader.integer(Math.floor(Math.log2(size) / 8) + 1);
    if (version === 1) {
      const axes = reader.u8();
      reader.skip(3 + 4 + 4 + 16);
      if (axes > 0) throw new UnknownFormat('a compound type with arrays in it');
    }
    return { ...decode(reader, depth + 1), name: memberName, offset };
  });
}

function enumeration(reader: ByteReader, head: Head, depth: number): Partial<ElementDescription> {
  const base = decode(reader, depth + 1);
  const names = Array.from({ length: head.bits & 0xffff }, () => name(reader, head.version < 3));
  const values: Record<string, number> = {};
  for (const member of names) {
    const raw = reader.take(base.size);
    const ordered = base.littleEndian ? raw : raw.toReversed();
    values[member] = integerFrom(ordered, base.signed);
  }
  return {
    signed: base.signed,
    littleEndian: base.littleEndian,
    enum_type: { type: base.type, nmembers: names.length, members: values },
  };
}

function integerFrom(bytes: Uint8Array, signed: boolean): number {
  let value = 0n;
  bytes.forEach((byte, k) => {
    value |= BigInt(byte) << BigInt(8 * k);
  });
  return Number(signed ? BigInt.asIntN(8 * bytes.byteLength, value) : value);
}

/** Bits of exponent and fraction of the standard's floating-point numbers, by their bytes. */
const floatForms: Readonly<Record<number, readonly [number, number]>> = {
  2: [5, 10],
  4: [8, 23],
  8: [11, 52],
};

function extents(reader: ByteReader, version: number): number[] {
  const axes = reader.u8();
  if (version < 3) reader.skip(3);
  const shape = Array.from({ length: axes }, () => reader.u32());
  if (version < 3) reader.skip(4 * axes);
  return shape;
}

function checkFloat(reader: ByteReader, size: number): boolean {
  const offset = reader.u16();
  const precision = reader.u16();
  const [exponent, exponentBits, , mantissaBits] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  reader.u32();
  const [bits, mantissa] = floatForms[size] ?? [0, 0];
  const standard = exponentBits === bits && mantissaBits === mantissa && exponent === mantissa;
  return offset === 0 && precision === 8 * size && standard;
}

function decode(reader: ByteReader, depth: number): ElementDescription {
  if (depth > deepest) throw new Damage('a type within types has no end');
  const first = reader.u8();
  const bits = reader.integer(3);
  const head: Head = { version: first >> 4, kind: first & 15, bits, size: reader.u32() };
  const { kind, size } = head;
  const plain = { type: kind, size, signed: false, littleEndian: (bits & 1) === 0, vlen: false };
  switch (kind) {
    case typeClass.integer:
      reader.skip(4);
      return { ...plain, signed: (bits & 8) !== 0 };
    case typeClass.float: {
      const standard = checkFloat(reader, size);
      return standard ? plain : { ...plain, type: typeClass.opaque };
    }
    case typeClass.string:
      return { ...plain, littleEndian: true, strpad: bits & 15, cset: (bits >> 4) & 15 };
    case typeClass.compound:
      return {
        ...plain,
        littleEndian: true,
        compound_type: { nmembers: bits & 0xffff, members: members(reader, head, depth) },
      };
    case typeClass.enumeration:
      return { ...plain, ...enumeration(reader, head, depth) };
    case typeClass.bitField:
      reader.skip(4);
      return plain;
    case typeClass.array: {
      const shape = extents(reader, head.version);
      return { ...plain, littleEndian: true, array_type: { ...decode(reader, depth + 1), shape } };
    }
    case typeClass.vector: {
      const element = decode(reader, depth + 1);
      const isText = (bits & 15) === 1;
      return isText
        ? {
            ...plain,
            type: typeClass.string,
            littleEndian: true,
            vlen: true,
            cset: (bits >> 8) & 15,
            strpad: 0,
          }
        : { ...plain, littleEndian: true, vlen: true, vlen_type: element };
    }
    default:
      // References and opaque bytes are only passed on; what follows them is not needed.
      return { ...plain, littleEndian: true };
  }
}

/** Takes a datatype message apart. */
export function decodeDatatype(message: Uint8Array<ArrayBuffer>): ElementDescription {
  return { ...decode(new ByteReader(message), 0), message };
}

/** Whether the bytes of such elements mean something outside of their file, and in this byte order. */
export function isSelfContained(type: ElementDescription): boolean {
  if (type.vlen || type.type === typeClass.reference || type.type === typeClass.array) return false;
  return (
    type.compound_type?.members.every((member) => isSelfContained(member) && member.littleEndian) ?? true
  );
}
