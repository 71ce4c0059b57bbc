import { signature } from '../signature.js';
import { ByteWriter, noAddress } from './byte-writer.js';
import { groupRanks, type WrittenGroup } from './group-table.js';

/** Bytes of a version 0 superblock. */
export const superblockBytes = 96;

/** The head of a file of `end` bytes with this root group. */
export function encodeSuperblock(root: WrittenGroup, end: number): Uint8Array {
  const addressBytes = 8;
  const cachedTable = 1;
  const out = new ByteWriter();
  out.bytes(signature).zeros(5).u8(addressBytes).u8(addressBytes).u8(0);
  out.u16(groupRanks.leaf).u16(groupRanks.inner).u32(0);
  out.u64(0).u64(noAddress).u64(end).u64(noAddress);
  out.u64(0).u64(root.header).u32(cachedTable).u32(0).u64(root.tree).u64(root.heap);
  return out.finish();
}
