import type { FileHandle } from 'node:fs/promises';

/** The part of a file handle that is needed here. */
export type Writable = Pick<FileHandle, 'write'>;

/** Pieces of this size are worth a call of their own; of smaller ones so many bytes are written at once. */
const worthACall = 64 << 10;

/** Writes all of `bytes`. */
export async function writeFully(handle: Writable, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly address: number;
  readonly end: number;
  readonly written: () => void;
  readonly failed: (cause: unknown) => void;
}

/** How many pieces from the first one on go to the file together. */
function togetherOf(pieces: readonly Piece[]): number {
  let count = 1;
  const start = pieces[0]!.address;
  while (count < pieces.length && pieces[count]!.end - start <= worthACall) count += 1;
  return count;
}

function joined(pieces: readonly Piece[]): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1) return first!.bytes;
  const all = new Uint8Array(pieces.at(-1)!.end - first!.address);
  for (const { bytes, address } of pieces) all.set(bytes, address - first!.address);
  return all;
}

/**
 * Writes pieces of a file that come in the order of their addresses. Small ones that have come while others were written go to the
 * file in one call, with zeros between them: a call takes as long as it takes to deflate a small column.
 */
export class PieceWriter {
  readonly #handle: Writable;
  #waiting: Piece[] = [];
  #isWriting = false;

  constructor(handle: Writable) {
    this.#handle = handle;
  }

  /** Resolves when the piece is in the file; fails when it, or one before it, cannot be written. */
  write(bytes: Uint8Array, address: number): Promise<void> {
    return new Promise((written, failed) => {
      this.#waiting.push({ bytes, address, end: address + bytes.byteLength, written, failed });
      if (!this.#isWriting) void this.#writeWaiting();
    });
  }

  async #writeWaiting(): Promise<void> {
    this.#isWriting = true;
    let together: Piece[] = [];
    try {
      while (this.#waiting.length > 0) {
        together = this.#waiting.splice(0, togetherOf(this.#waiting));
        await writeFully(this.#handle, joined(together), together[0]!.address);
        for (const { written } of together) written();
      }
    } catch (cause) {
      for (const { failed } of [...together, ...this.#waiting.splice(0)]) failed(cause);
    }
    this.#isWriting = false;
  }
}
