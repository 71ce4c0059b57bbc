import { UnknownFormat } from '../../hdf5/source.js';
import { messageKind } from '../message-kind.js';
import { ByteReader, Damage } from './byte-reader.js';
import type { FileBytes } from './file-bytes.js';

/** One message of an object header. */
export interface HeaderMessage {
  readonly kind: number;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The messages of one object, in order. */
export class ObjectHeader {
  readonly address: number;
  readonly messages: readonly HeaderMessage[];

  constructor(address: number, messages: readonly HeaderMessage[]) {
    this.address = address;
    this.messages = messages;
  }

  /** Reader over the body of the first message of a kind. */
  find(kind: number): ByteReader | undefined {
    const found = this.messages.find((message) => message.kind === kind);
    return found === undefined ? undefined : new ByteReader(found.body);
  }

  /** Bodies of all messages of a kind. */
  all(kind: number): Uint8Array<ArrayBuffer>[] {
    return this.messages.filter((message) => message.kind === kind).map(({ body }) => body);
  }
}

interface Block {
  readonly address: number;
  readonly length: number;
}

const sharedFlag = 2;
const mostBlocks = 10_000;

class Collector {
  readonly messages: HeaderMessage[] = [];
  readonly blocks: Block[] = [];

  add(kind: number, flags: number, body: Uint8Array<ArrayBuffer>): void {
    if (kind === messageKind.continuation) {
      const reader = new ByteReader(body);
      this.blocks.push({ address: reader.address(), length: reader.u64() });
      if (this.blocks.length > mostBlocks) throw new Damage('a description has no end');
    } else if (kind !== 0) {
      if ((flags & sharedFlag) !== 0) throw new UnknownFormat('a description that objects share');
      this.messages.push({ kind, body });
    }
  }
}

function readVersion1(file: FileBytes, address: number): HeaderMessage[] {
  const head = file.reader(address, 16).skip(2);
  const count = head.u16();
  head.skip(4);
  const found = new Collector();
  found.blocks.push({ address: address + 16, length: head.u32() });
  let seen = 0;
  for (let k = 0; k < found.blocks.length; k += 1) {
    const block = found.blocks[k]!;
    const reader = file.reader(block.address, block.length);
    while (reader.left >= 8 && seen < count) {
      const kind = reader.u16();
      const length = reader.u16();
      const flags = reader.u8();
      found.add(kind, flags, reader.skip(3).take(length));
      seen += 1;
    }
  }
  return found.messages;
}

function readMessages2(reader: ByteReader, found: Collector, tracked: boolean): void {
  const headBytes = tracked ? 6 : 4;
  while (reader.left >= headBytes) {
    const kind = reader.u8();
    const length = reader.u16();
    const flags = reader.u8();
    if (tracked) reader.skip(2);
    found.add(kind, flags, reader.take(length));
  }
}

function readVersion2(file: FileBytes, address: number): HeaderMessage[] {
  const flags = file.reader(address, 6).expect('OHDR').version(2, 'an object header').u8();
  const tracked = (flags & 4) !== 0;
  const sizeBytes = 1 << (flags & 3);
  const headBytes = 6 + ((flags & 0x20) !== 0 ? 16 : 0) + ((flags & 0x10) !== 0 ? 4 : 0) + sizeBytes;
  const size = file.reader(address + headBytes - sizeBytes, sizeBytes).integer(sizeBytes);
  const found = new Collector();
  const first = file.checked(address, headBytes + size + 4);
  readMessages2(first.skip(headBytes), found, tracked);
  for (let k = 0; k < found.blocks.length; k += 1) {
    const block = found.blocks[k]!;
    readMessages2(file.checked(block.address, block.length).expect('OCHK'), found, tracked);
  }
  return found.messages;
}

/** Reads the header of an object. */
export function readHeader(file: FileBytes, address: number): ObjectHeader {
  const first = file.reader(address, 1).u8();
  if (first !== 1 && first !== 'O'.charCodeAt(0)) throw new Damage(`there is no object at ${address}`);
  return new ObjectHeader(address, first === 1 ? readVersion1(file, address) : readVersion2(file, address));
}
