import { type ElementDescription, typeClass } from '../../hdf5/element-type.js';
import { ByteWriter } from './byte-writer.js';

/** Bytes of a text of variable length, or of another vector, where it stands: length, heap address, heap index. */
export const referenceBytes = 16;

function head(out: ByteWriter, version: number, kind: number, bits: number, size: number): void {
  out.u8((version << 4) | kind).u8(bits & 0xff);
  out.u16(bits >>> 8).u32(size);
}

function integer(out: ByteWriter, { size, signed, littleEndian }: ElementDescription): void {
  head(out, 1, typeClass.integer, (littleEndian ? 0 : 1) | (signed ? 8 : 0), size);
  out.u16(0).u16(8 * size);
}

function float(out: ByteWriter, { size, littleEndian }: ElementDescription): void {
  const [exponent, mantissa, bias] = size === 4 ? [8, 23, 127] : [11, 52, 1023];
  // Bits 4 and 5: the first bit of the mantissa is implied; bits 8 to 15: place of the sign.
  head(out, 1, typeClass.float, (littleEndian ? 0 : 1) | 0x20 | ((8 * size - 1) << 8), size);
  out
    .u16(0)
    .u16(8 * size)
    .u8(mantissa)
    .u8(exponent)
    .u8(0)
    .u8(mantissa)
    .u32(bias);
}

function text(out: ByteWriter, { size, vlen, cset = 0, strpad = 1 }: ElementDescription): void {
  if (!vlen) {
    head(out, 1, typeClass.string, strpad | (cset << 4), size);
    return;
  }
  const ofTexts = 1;
  head(out, 1, typeClass.vector, ofTexts | (cset << 8), referenceBytes);
  integer(out, { type: typeClass.integer, size: 1, signed: false, littleEndian: true, vlen: false });
}

function name(out: ByteWriter, value: string): void {
  out.bytes(new TextEncoder().encode(value)).u8(0);
}

/** Bytes that offsets within a compound type of this size take. */
function offsetBytes(size: number): number {
  return Math.floor(Math.floor(Math.log2(Math.max(1, size))) / 8) + 1;
}

function compound(out: ByteWriter, { size, compound_type: members }: ElementDescription): void {
  head(out, 3, typeClass.compound, members?.members.length ?? 0, size);
  for (const member of members?.members ?? []) {
    name(out, member.name);
    for (let k = 0; k < offsetBytes(size); k += 1) out.u8((member.offset >>> (8 * k)) & 0xff);
    encode(out, member);
  }
}

function enumeration(out: ByteWriter, { size, signed, enum_type: names }: ElementDescription): void {
  const members = Object.entries(names?.members ?? {});
  head(out, 3, typeClass.enumeration, members.length, size);
  integer(out, { type: typeClass.integer, size, signed, littleEndian: true, vlen: false });
  for (const [member] of members) name(out, member);
  for (const [, value] of members) for (let k = 0; k < size; k += 1) out.u8((value >> (8 * k)) & 0xff);
}

const encoders: Readonly<Record<number, (out: ByteWriter, description: ElementDescription) => void>> = {
  [typeClass.integer]: integer,
  [typeClass.float]: float,
  [typeClass.string]: text,
  [typeClass.compound]: compound,
  [typeClass.enumeration]: enumeration,
};

function encode(out: ByteWriter, description: ElementDescription): void {
  const encoder = encoders[description.type];
  if (encoder === undefined) throw new TypeError(`types of class ${description.type} are not written`);
  encoder(out, description);
}

/** A type as a file holds it: the message that it was read from, or made from its description. */
export function encodeDatatype(description: ElementDescription): Uint8Array {
  if (description.message !== undefined) return description.message;
  const out = new ByteWriter();
  encode(out, description);
  return out.finish();
}

/** Bytes of one element in a file. */
export function storedBytes({ type, size, vlen }: ElementDescription): number {
  return type === typeClass.string && vlen ? referenceBytes : size;
}

/** Truth values as h5py has them: an enumeration over int8. */
export const truthType: ElementDescription = {
  type: typeClass.enumeration,
  size: 1,
  signed: true,
  littleEndian: true,
  vlen: false,
  enum_type: { type: typeClass.integer, nmembers: 2, members: { FALSE: 0, TRUE: 1 } },
};
