import { messageKind } from '../message-kind.js';
import { ByteReader, Damage, noAddress } from './byte-reader.js';
import type { FileBytes } from './file-bytes.js';
import { FractalHeap } from './fractal-heap.js';
import type { ObjectHeader } from './header-reader.js';
import { recordsOf } from './record-tree.js';

/** One entry of a group. */
export type Link =
  | { readonly kind: 'object'; readonly address: number }
  | { readonly kind: 'soft'; readonly target: string }
  | { readonly kind: 'external'; readonly target: string };

const utf8 = new TextDecoder();
const mostLevels = 32;

function readSymbolNodes(
  file: FileBytes,
  address: number,
  names: Uint8Array<ArrayBuffer>,
  links: Map<string, Link>,
): void {
  const head = file.reader(address, 8).expect('SNOD').skip(2);
  const count = head.u16();
  const reader = file.reader(address + 8, count * 40);
  for (let k = 0; k < count; k += 1) {
    const name = utf8.decode(new ByteReader(names, reader.u64()).terminated());
    const object = reader.address();
    const kind = reader.u32();
    reader.skip(4);
    const scratch = new ByteReader(reader.take(16));
    const soft = 2;
    links.set(
      name,
      kind === soft
        ? { kind: 'soft', target: utf8.decode(new ByteReader(names, scratch.u32()).terminated()) }
        : { kind: 'object', address: object },
    );
  }
}

/** Leaves of a version 1 tree of groups. */
function symbolNodes(file: FileBytes, address: number, level = mostLevels): number[] {
  const head = file.reader(address, 24).expect('TREE').version(0, 'a tree of a group');
  const own = head.u8();
  if (own >= level) throw new Damage('a tree of a group leads in circles');
  const count = head.u16();
  const reader = file.reader(address + 24, count * 16 + 8).skip(8);
  const children = Array.from({ length: count }, () => {
    const child = reader.address();
    reader.skip(8);
    return child;
  });
  return own === 0 ? children : children.flatMap((child) => symbolNodes(file, child, own));
}

function readSymbolTable(file: FileBytes, message: ByteReader, links: Map<string, Link>): void {
  const tree = message.address();
  const heap = file.reader(message.address(), 32).expect('HEAP').skip(4);
  const bytes = heap.u64();
  heap.skip(8);
  const names = file.description(heap.address(), bytes);
  for (const node of symbolNodes(file, tree)) readSymbolNodes(file, node, names, links);
}

function readLink(body: Uint8Array<ArrayBuffer>, links: Map<string, Link>): void {
  const reader = new ByteReader(body).version(1, 'a link');
  const flags = reader.u8();
  const kind = (flags & 8) !== 0 ? reader.u8() : 0;
  if ((flags & 4) !== 0) reader.skip(8);
  if ((flags & 16) !== 0) reader.skip(1);
  const name = utf8.decode(reader.take(reader.integer(1 << (flags & 3))));
  const [hard, soft, external] = [0, 1, 64];
  if (kind === hard) {
    links.set(name, { kind: 'object', address: reader.address() });
  } else if (kind === soft) {
    links.set(name, { kind: 'soft', target: utf8.decode(reader.take(reader.u16())) });
  } else if (kind === external) {
    const value = new ByteReader(reader.take(reader.u16())).skip(1);
    const file = utf8.decode(value.terminated());
    links.set(name, { kind: 'external', target: `${file}:${utf8.decode(value.terminated())}` });
  } else {
    links.set(name, { kind: 'external', target: '' });
  }
}

function readLinkHeap(file: FileBytes, message: ByteReader, links: Map<string, Link>): void {
  const flags = message.version(0, 'a list of links').u8();
  if ((flags & 1) !== 0) message.skip(8);
  const heapAddress = message.address();
  const tree = message.address();
  if (heapAddress === noAddress || tree === noAddress) return;
  const heap = new FractalHeap(file, heapAddress);
  for (const record of recordsOf(file, tree)) {
    const hashBytes = 4;
    readLink(heap.object(record.skip(hashBytes).take(record.left)), links);
  }
}

/** Whether a header is that of a group. */
export function isGroup(header: ObjectHeader): boolean {
  return header.messages.some(
    ({ kind }) =>
      kind === messageKind.symbolTable || kind === messageKind.linkInfo || kind === messageKind.link,
  );
}

/** The entries of a group by name. */
export function readLinks(file: FileBytes, header: ObjectHeader): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  const table = header.find(messageKind.symbolTable);
  if (table !== undefined) readSymbolTable(file, table, links);
  for (const body of header.all(messageKind.link)) readLink(body, links);
  const info = header.find(messageKind.linkInfo);
  if (info !== undefined) readLinkHeap(file, info, links);
  return links;
}
