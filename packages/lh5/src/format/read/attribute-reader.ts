import type { AttributeValue } from '@countroom/records';
import { type ElementDescription, elementType, fixedTexts, numbersFrom } from '../../hdf5/element-type.js';
import { UnknownFormat } from '../../hdf5/source.js';
import { messageKind } from '../message-kind.js';
import { ordered } from './byte-order.js';
import { ByteReader, Damage, noAddress } from './byte-reader.js';
import { decodeDataspace } from './dataspace.js';
import { decodeDatatype, isSelfContained } from './datatype-decoder.js';
import type { FileBytes } from './file-bytes.js';
import { FractalHeap } from './fractal-heap.js';
import type { ObjectHeader } from './header-reader.js';
import type { HeapReader } from './heap-reader.js';
import { recordsOf } from './record-tree.js';

interface RawAttribute {
  readonly name: string;
  readonly type: ElementDescription;
  /** Null when there are no data. */
  readonly shape: readonly number[] | null;
  readonly data: Uint8Array<ArrayBuffer>;
}

const utf8 = new TextDecoder();

function untilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function decodeAttribute(body: Uint8Array<ArrayBuffer>): RawAttribute {
  const reader = new ByteReader(body);
  const version = reader.u8();
  if (version < 1 || version > 3) throw new Damage(`an attribute of version ${version}`);
  const flags = reader.u8();
  if (version > 1 && flags !== 0) throw new UnknownFormat('an attribute with a shared type');
  const [nameBytes, typeBytes, spaceBytes] = [reader.u16(), reader.u16(), reader.u16()];
  if (version === 3) reader.skip(1);
  const part = (bytes: number): Uint8Array<ArrayBuffer> => {
    const taken = reader.take(bytes);
    if (version === 1) reader.skip((8 - (bytes % 8)) % 8);
    return taken;
  };
  const name = untilZero(part(nameBytes));
  const type = decodeDatatype(part(typeBytes));
  const { shape } = decodeDataspace(part(spaceBytes));
  return { name, type, shape, data: reader.take(reader.left) };
}

function textsOf({ type, data }: RawAttribute, count: number, heap: HeapReader): string[] {
  if (!type.vlen) return fixedTexts(data.subarray(0, count * type.size), type.size, type.strpad === 2);
  const reader = new ByteReader(data);
  return Array.from({ length: count }, () => untilZero(heap.object(reader)));
}

function valueOf(attribute: RawAttribute, heap: HeapReader): AttributeValue | undefined {
  const { type, shape, data } = attribute;
  const kind = elementType(type);
  if (shape === null || kind.kind === 'opaque') return undefined;
  const count = shape.reduce((total, extent) => total * extent, 1);
  const single = shape.length === 0;
  if (count * type.size > data.byteLength) throw new Damage(`attribute ${attribute.name} is cut off`);
  if (kind.kind === 'string') {
    const texts = textsOf(attribute, count, heap);
    return single ? (texts[0] ?? '') : texts;
  }
  const numbers = numbersFrom(kind.dtype, ordered(data.slice(0, count * type.size), type));
  if (!single) return Array.from<number | bigint>(numbers) as number[] | bigint[];
  return kind.dtype === 'bool' ? numbers[0] !== 0 : numbers[0];
}

/** Messages of attributes that are kept in a heap, because there are many or large ones. */
function heapMessages(file: FileBytes, info: ByteReader): Uint8Array<ArrayBuffer>[] {
  const flags = info.version(0, 'a list of attributes').u8();
  if ((flags & 1) !== 0) info.skip(2);
  const heapAddress = info.address();
  const tree = info.address();
  if (heapAddress === noAddress || tree === noAddress) return [];
  const heap = new FractalHeap(file, heapAddress);
  const idBytes = 8;
  return recordsOf(file, tree).map((record) => {
    const id = record.take(idBytes);
    if (record.u8() !== 0) throw new UnknownFormat('a shared attribute');
    return heap.object(id);
  });
}

/** The encoded attributes of an object. */
export function attributeMessages(file: FileBytes, header: ObjectHeader): Uint8Array<ArrayBuffer>[] {
  const info = header.find(messageKind.attributeInfo);
  return [...header.all(messageKind.attribute), ...(info === undefined ? [] : heapMessages(file, info))];
}

/** Name of an encoded attribute, and whether it means the same in another file. */
export function attributeFacts(body: Uint8Array<ArrayBuffer>): { name: string; selfContained: boolean } {
  const { name, type } = decodeAttribute(body);
  return { name, selfContained: isSelfContained(type) };
}

/** All attributes of an object; see `Hdf5Source.attributes`. */
export function readAttributes(
  file: FileBytes,
  header: ObjectHeader,
  heap: HeapReader,
): Record<string, AttributeValue> {
  const messages = attributeMessages(file, header);
  const attrs: Record<string, AttributeValue> = {};
  // Heaps have an order of their own: names are one that everybody understands.
  const attributes = messages.map(decodeAttribute).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const attribute of attributes) {
    const value = valueOf(attribute, heap);
    if (value !== undefined) attrs[attribute.name] = value;
  }
  return attrs;
}
