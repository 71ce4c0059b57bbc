import { filterId } from '../../hdf5/filter-name.js';
import { align8, ByteWriter, noAddress } from './byte-writer.js';

/** One message of an object header. */
export interface Message {
  readonly kind: number;
  readonly body: Uint8Array;
  /** Never changes while the object exists. */
  readonly constant?: boolean;
}

/** Most bytes that the body of a message may take. */
export const mostMessageBytes = 65_528;

/** A version 1 object header. */
export function encodeHeader(messages: readonly Message[]): Uint8Array {
  const size = messages.reduce((total, { body }) => total + 8 + align8(body.byteLength), 0);
  const out = new ByteWriter();
  out.u8(1).u8(0).u16(messages.length).u32(1).u32(size).u32(0);
  for (const { kind, body, constant } of messages) {
    out
      .u16(kind)
      .u16(align8(body.byteLength))
      .u8(constant === true ? 1 : 0)
      .zeros(3);
    out.bytes(body).pad8();
  }
  return out.finish();
}

/** Extents of the axes; `unlimitedRows` lets the first grow. No axes: a single element. */
export function encodeDataspace(shape: readonly number[], unlimitedRows: boolean): Uint8Array {
  const out = new ByteWriter();
  out
    .u8(1)
    .u8(shape.length)
    .u8(unlimitedRows ? 1 : 0)
    .zeros(5);
  for (const extent of shape) out.u64(extent);
  if (unlimitedRows) shape.forEach((extent, axis) => out.u64(axis === 0 ? noAddress : extent));
  return out.finish();
}

const allocation = { late: 2, incremental: 3 } as const;

/** The default fill value (zeros), and when space is allocated. */
export function encodeFillValue(chunked: boolean): Uint8Array {
  const whenSet = 2;
  const out = new ByteWriter();
  out
    .u8(2)
    .u8(chunked ? allocation.incremental : allocation.late)
    .u8(whenSet)
    .u8(1)
    .u32(0);
  return out.finish();
}

/** Data in one piece. */
export function encodeContiguous(address: number | bigint, bytes: number): Uint8Array {
  return new ByteWriter().u8(3).u8(1).u64(address).u64(bytes).finish();
}

/** Data in chunks that a B-tree finds. */
export function encodeChunked(
  index: number | bigint,
  chunk: readonly number[],
  elementBytes: number,
): Uint8Array {
  const out = new ByteWriter();
  out
    .u8(3)
    .u8(2)
    .u8(chunk.length + 1)
    .u64(index);
  for (const extent of chunk) out.u32(extent);
  return out.u32(elementBytes).finish();
}

/** One filter of a pipeline. */
export interface Filter {
  readonly id: number;
  readonly parameters: readonly number[];
}

const filterNames: Readonly<Record<number, string>> = {
  [filterId.deflate]: 'deflate',
  [filterId.shuffle]: 'shuffle',
  [filterId.fletcher32]: 'fletcher32',
};

/** The filters of a dataset in the order in which they are applied. A chunk may leave out all but the checksum. */
export function encodeFilters(filters: readonly Filter[]): Uint8Array {
  const out = new ByteWriter();
  out.u8(1).u8(filters.length).zeros(6);
  for (const { id, parameters } of filters) {
    const name = filterNames[id] ?? '';
    const nameBytes = name === '' ? 0 : align8(name.length + 1);
    out
      .u16(id)
      .u16(nameBytes)
      .u16(id === filterId.fletcher32 ? 0 : 1)
      .u16(parameters.length);
    out.ascii(name).zeros(nameBytes - name.length);
    for (const value of parameters) out.u32(value);
    if (parameters.length % 2 === 1) out.u32(0);
  }
  return out.finish();
}

/** An attribute: its name, encoded type and data space, and its data. */
export interface EncodedAttribute {
  readonly name: string;
  readonly datatype: Uint8Array;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Body of an attribute message. */
export function encodeAttribute({ name, datatype, shape, data }: EncodedAttribute): Uint8Array {
  const named = new TextEncoder().encode(name);
  const dataspace = encodeDataspace(shape, false);
  const utf8 = named.byteLength === name.length ? 0 : 1;
  const out = new ByteWriter();
  out.u8(3).u8(0);
  out
    .u16(named.byteLength + 1)
    .u16(datatype.byteLength)
    .u16(dataspace.byteLength)
    .u8(utf8);
  return out.bytes(named).u8(0).bytes(datatype).bytes(dataspace).bytes(data).finish();
}
