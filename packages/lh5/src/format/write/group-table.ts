import { messageKind } from '../message-kind.js';
import type { Appender } from './appender.js';
import { align8, ByteWriter, noAddress } from './byte-writer.js';
import { encodeHeader, type Message } from './object-header.js';

/** Half of the entries of a leaf, and of the children of an inner node, of the trees of groups. */
export const groupRanks = { leaf: 4, inner: 16 } as const;

/** One entry of a group: an object with the address of its header, or a link with the path that it leads to. */
export type GroupEntry =
  | { readonly name: string; readonly header: number }
  | { readonly name: string; readonly target: string };

/** Where a written group is. */
export interface WrittenGroup {
  readonly header: number;
  readonly tree: number;
  readonly heap: number;
}

interface Named {
  readonly name: Uint8Array;
  readonly header: number | bigint;
  /** Of a link. */
  readonly target: Uint8Array | undefined;
  /** Of the name, and of the target, in the heap. */
  offset: number;
  targetOffset: number;
}

function encodeNames(entries: readonly Named[]): Uint8Array {
  const out = new ByteWriter();
  out.zeros(8);
  for (const entry of entries) {
    entry.offset = out.length;
    out.bytes(entry.name).u8(0).pad8();
    entry.targetOffset = out.length;
    if (entry.target !== undefined) out.bytes(entry.target).u8(0).pad8();
  }
  return out.finish();
}

function encodeHeap(bytes: number, address: number): Uint8Array {
  const noFreeSpace = 1;
  return new ByteWriter().ascii('HEAP').u8(0).zeros(3).u64(bytes).u64(noFreeSpace).u64(address).finish();
}

function encodeLeaf(entries: readonly Named[]): Uint8Array {
  const out = new ByteWriter();
  out.ascii('SNOD').u8(1).u8(0).u16(entries.length);
  const softLink = 2;
  for (const { offset, header, target, targetOffset } of entries) {
    out.u64(offset).u64(header);
    if (target === undefined) out.u32(0).u32(0).zeros(16);
    else out.u32(softLink).u32(0).u32(targetOffset).zeros(12);
  }
  return out.zeros((2 * groupRanks.leaf - entries.length) * 40).finish();
}

/** A subtree: where it is, and the largest name in it as its place in the heap. */
interface Child {
  readonly address: number;
  readonly last: number;
}

interface Siblings {
  readonly left: number | bigint;
  readonly right: number | bigint;
}

function encodeNode(
  level: number,
  first: number,
  children: readonly Child[],
  { left, right }: Siblings,
): Uint8Array {
  const out = new ByteWriter();
  out.ascii('TREE').u8(0).u8(level).u16(children.length).u64(left).u64(right).u64(first);
  for (const { address, last } of children) out.u64(address).u64(last);
  return out.zeros((2 * groupRanks.inner - children.length) * 16).finish();
}

/** Cuts a list into runs of at most `size` entries; an empty list is one empty run. */
export function runsOf<T>(list: readonly T[], size: number): T[][] {
  const runs: T[][] = [];
  for (let at = 0; at < list.length || at === 0; at += size) runs.push(list.slice(at, at + size));
  return runs;
}

function writeTree(file: Appender, leaves: readonly Child[]): number {
  let children = leaves;
  for (let level = 0; ; level += 1) {
    const runs = runsOf(children, 2 * groupRanks.inner);
    const bytes = 24 + 8 + 2 * groupRanks.inner * 16;
    const start = file.end;
    let before = 0;
    children = runs.map((run, k) => {
      const siblings = {
        left: k > 0 ? start + (k - 1) * bytes : noAddress,
        right: k + 1 < runs.length ? start + (k + 1) * bytes : noAddress,
      };
      const address = file.append(encodeNode(level, before, run, siblings));
      before = run.at(-1)?.last ?? 0;
      return { address, last: before };
    });
    if (children.length === 1) return children[0]!.address;
  }
}

/** Writes a group whose objects are written already. */
export function writeGroup(
  file: Appender,
  entries: readonly GroupEntry[],
  attributes: readonly Message[],
): WrittenGroup {
  const encoder = new TextEncoder();
  const named = entries.map(
    (entry): Named => ({
      name: encoder.encode(entry.name),
      header: 'header' in entry ? entry.header : noAddress,
      target: 'target' in entry ? encoder.encode(entry.target) : undefined,
      offset: 0,
      targetOffset: 0,
    }),
  );
  // The tree is searched by the bytes of the names.
  named.sort((a, b) => Buffer.compare(a.name, b.name));
  const names = encodeNames(named);
  const heap = file.append(encodeHeap(names.byteLength, align8(file.end + 32)));
  file.append(names);
  const leaves =
    named.length === 0
      ? []
      : runsOf(named, 2 * groupRanks.leaf).map((run) => ({
          address: file.append(encodeLeaf(run)),
          last: run.at(-1)?.offset ?? 0,
        }));
  const tree = writeTree(file, leaves);
  const table = new ByteWriter().u64(tree).u64(heap).finish();
  const header = file.append(encodeHeader([{ kind: messageKind.symbolTable, body: table }, ...attributes]));
  return { header, tree, heap };
}
