import type { Appender } from './appender.js';
import { ByteWriter, noAddress } from './byte-writer.js';
import { runsOf } from './group-table.js';

/** Half of the children of a node of a tree of chunks: what files without a word on it have. */
const rank = 32;

/** Where a chunk is, in order of the first elements of the chunks. */
export interface ChunkEntry {
  readonly address: number;
  readonly bytes: number;
  /** Bit k is set where filter k was left out. */
  readonly skipped: number;
}

/** A chunk with the indices of its first element. */
export interface PlacedChunk extends ChunkEntry {
  readonly offsets: readonly number[];
}

/** Chunks of whole rows: chunk k holds rows from `k * chunkRows`. */
export function placedInRows(chunks: readonly ChunkEntry[], chunkRows: number, axes: number): PlacedChunk[] {
  const inner = new Array<number>(axes - 1).fill(0);
  return chunks.map((chunk, k) => ({ ...chunk, offsets: [k * chunkRows, ...inner] }));
}

/**
 * Writes the tree that finds the chunks of a dataset, which come in the order of their first elements. `chunkRows` is the extent of
 * a chunk along the first axis. Returns its address, or undefined when there are no chunks.
 */
export function writeChunkTree(
  file: Appender,
  chunks: readonly PlacedChunk[],
  chunkRows: number,
): number | undefined {
  const last = chunks.at(-1);
  if (last === undefined) return undefined;
  const keyBytes = 8 + 8 * (last.offsets.length + 1);
  const nodeBytes = 24 + 2 * rank * 8 + (2 * rank + 1) * keyBytes;
  const key = (out: ByteWriter, { bytes, skipped, offsets }: Omit<PlacedChunk, 'address'>): void => {
    out.u32(bytes).u32(skipped);
    for (const offset of offsets) out.u64(offset);
    out.u64(0);
  };
  const end = {
    bytes: 0,
    skipped: 0,
    offsets: last.offsets.map((offset, axis) => (axis === 0 ? offset + chunkRows : 0)),
  };
  let children: readonly PlacedChunk[] = chunks;
  for (let level = 0; ; level += 1) {
    const runs = runsOf(children, 2 * rank);
    const start = file.end;
    children = runs.map((run, k) => {
      const out = new ByteWriter();
      out.ascii('TREE').u8(1).u8(level).u16(run.length);
      out.u64(k > 0 ? start + (k - 1) * nodeBytes : noAddress);
      out.u64(k + 1 < runs.length ? start + (k + 1) * nodeBytes : noAddress);
      for (const child of run) {
        key(out, child);
        out.u64(child.address);
      }
      key(out, runs[k + 1]?.[0] ?? end);
      out.zeros(nodeBytes - out.length);
      return { ...run[0]!, address: file.append(out.finish()) };
    });
    if (children.length === 1) return children[0]!.address;
  }
}
