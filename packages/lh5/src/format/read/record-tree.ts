import { ByteReader, Damage } from './byte-reader.js';
import type { FileBytes } from './file-bytes.js';
import { limitBytes } from './fractal-heap.js';

/** Signature, version, kind and checksum of a node. */
const nodeHead = 10;

/** All records of a version 2 B-tree, in order. */
export function recordsOf(file: FileBytes, address: number): ByteReader[] {
  const head = file.checked(address, 38).expect('BTHD').version(0, 'a tree of records').skip(1);
  const nodeBytes = head.u32();
  const recordBytes = head.u16();
  const depth = head.u16();
  head.skip(2);
  const root = head.address();
  const count = head.u16();
  if (recordBytes === 0 || depth > 32) throw new Damage('a tree of records is wrong');
  // Most records of a node, and of all nodes below it, by level.
  const most = [Math.floor((nodeBytes - nodeHead) / recordBytes)];
  const total = [most[0]!];
  const countBytes = limitBytes(most[0]!);
  const pointerBytes = [0];
  for (let level = 1; level <= depth; level += 1) {
    const pointer = 8 + countBytes + (level > 1 ? limitBytes(total[level - 1]!) : 0);
    pointerBytes.push(pointer);
    most.push(Math.floor((nodeBytes - nodeHead - pointer) / (recordBytes + pointer)));
    total.push((most[level]! + 1) * total[level - 1]! + most[level]!);
  }
  const found: ByteReader[] = [];
  const visit = (at: number, records: number, level: number): void => {
    const inner = level > 0;
    const reader = file.reader(at, Math.min(nodeBytes, file.size - at));
    reader.expect(inner ? 'BTIN' : 'BTLF').skip(2);
    const own = Array.from({ length: records }, () => new ByteReader(reader.take(recordBytes)));
    if (!inner) {
      found.push(...own);
      return;
    }
    for (let k = 0; k <= records; k += 1) {
      const child = reader.address();
      const childRecords = reader.integer(countBytes);
      reader.skip(pointerBytes[level]! - 8 - countBytes);
      visit(child, childRecords, level - 1);
      const record = own[k];
      if (record !== undefined) found.push(record);
    }
  };
  if (Number.isFinite(root)) visit(root, count, depth);
  return found;
}
