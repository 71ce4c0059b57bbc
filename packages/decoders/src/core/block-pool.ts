import type { DataArray } from '@countroom/records';

/** The array of one column of a batch. */
export interface BlockColumn {
  data: DataArray;
  offsets?: Uint32Array;
  /** Numbers in use, for columns of variable length. */
  used: number;
}

/** The arrays of one batch. */
export interface Block {
  /** What the columns of fixed shape lie in. */
  readonly memory: Uint8Array;
  readonly columns: readonly BlockColumn[];
}

/**
 * Blocks that nobody uses any more, by their shape, for tables of the same shape: also those of the next conversion. When more
 * than `mostBytes` wait, those of the shapes that were given back first go.
 */
export class BlockPool {
  private readonly blocks = new Map<string, Block[]>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  /** A block of that shape, with its fixed columns 0 and the others empty; undefined when none waits. */
  take(shape: string): Block | undefined {
    const list = this.blocks.get(shape);
    const block = list?.pop();
    if (block === undefined) return undefined;
    if (list?.length === 0) this.blocks.delete(shape);
    this.bytes -= bytesOf(block);
    block.memory.fill(0);
    for (const column of block.columns) column.used = 0;
    return block;
  }

  /** Keeps a block for later. One larger than all the room is left to the collector. */
  give(shape: string, block: Block): void {
    const bytes = bytesOf(block);
    if (bytes > this.mostBytes) return;
    const list = this.blocks.get(shape) ?? [];
    list.push(block);
    this.blocks.set(shape, list);
    this.bytes += bytes;
    for (const [oldest, waiting] of this.blocks) {
      while (this.bytes > this.mostBytes && waiting.length > 0) this.bytes -= bytesOf(waiting.shift()!);
      if (waiting.length > 0) break;
      this.blocks.delete(oldest);
    }
  }
}

function bytesOf({ memory, columns }: Block): number {
  return columns.reduce(
    (sum, { data, offsets }) => sum + (offsets === undefined ? 0 : data.byteLength + offsets.byteLength),
    memory.byteLength,
  );
}
