import type { StreamPiece } from '../unit/scope-unit.js';

/** A record cut out of a stream. */
export interface StreamRecord {
  /** Number of its first sample since the stream began. */
  readonly firstSample: number;
  readonly overflow: number;
  /** Samples by place of the channel. */
  readonly samples: readonly Int16Array[];
}

/** Cuts a stream into records of one length, without gap. */
export class StreamCutter {
  private readonly length: number;
  private current: Int16Array[];
  private filled = 0;
  private overflow = 0;
  private begin = 0;

  constructor(channels: number, length: number) {
    this.length = length;
    this.current = Array.from({ length: channels }, () => new Int16Array(length));
  }

  /** Takes a piece, and answers with the records that it completed. */
  take(piece: StreamPiece): StreamRecord[] {
    const complete: StreamRecord[] = [];
    const inputs = this.current.map((_, place) => piece.of(place));
    for (let from = 0; from < piece.samples; ) {
      const count = Math.min(this.length - this.filled, piece.samples - from);
      this.current.forEach((samples, place) => {
        samples.set(inputs[place]!.subarray(from, from + count), this.filled);
      });
      from += count;
      this.filled += count;
      this.overflow |= piece.overflow;
      if (this.filled < this.length) continue;
      complete.push({ firstSample: this.begin, overflow: this.overflow, samples: this.current });
      this.begin += this.length;
      this.current = this.current.map(() => new Int16Array(this.length));
      this.filled = 0;
      this.overflow = 0;
    }
    return complete;
  }
}
