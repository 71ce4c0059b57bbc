import type { Appender } from './appender.js';
import { ByteWriter, noAddress } from './byte-writer.js';
import { runsOf } from './group-table.js';

/** Half of the children of a node of a tree of chunks: what files without a word on it have. */
const rank = 32;

/** Where a chunk of whole rows is. */
export interface ChunkEntry {
  readonly address: number;
  readonly bytes: number;
  /** Bit k is set where filter k was left out. */
  readonly skipped: number;
}

interface Child extends ChunkEntry {
  /** First row below it. */
  readonly row: number;
}

/**
 * Writes the tree that finds the chunks of a dataset; chunk k holds rows from `k * chunkRows`. `axes` counts those of the
 * dataset. Returns its address, or undefined when there are no chunks.
 */
export function writeChunkTree(
  file: Appender,
  chunks: readonly ChunkEntry[],
  chunkRows: number,
  axes: number,
): number | undefined {
  if (chunks.length === 0) return undefined;
  const keyBytes = 8 + 8 * (axes + 1);
  const nodeBytes = 24 + 2 * rank * 8 + (2 * rank + 1) * keyBytes;
  const key = (out: ByteWriter, { bytes, skipped, row }: Omit<Child, 'address'>): void => {
    out
      .u32(bytes)
      .u32(skipped)
      .u64(row)
      .zeros(8 * axes);
  };
  const end = { bytes: 0, skipped: 0, row: chunks.length * chunkRows };
  let children: Child[] = chunks.map((chunk, k) => ({ ...chunk, row: k * chunkRows }));
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
