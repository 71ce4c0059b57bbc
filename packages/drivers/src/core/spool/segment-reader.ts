import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type DecodedBatch, decodeBatch } from '../batch-codec.js';
import { DriverError } from '../errors.js';
import {
  decodeHeader,
  endSchemaId,
  type FrameHeader,
  frameHeaderBytes,
  frameIntact,
  headerLength,
  openFrame,
  sourceIdOf,
} from './segment-format.js';
import type { SpoolHeader } from './spool.api.js';

/** One frame of a segment. */
export interface SegmentFrame {
  readonly schemaId: number;
  readonly sequence: bigint;
  readonly rows: number;
  /** The encoded batch; a buffer of its own. */
  readonly bytes: Uint8Array;
}

/** Where and why reading ended. */
export interface SegmentEnd {
  /** The end mark was there: nothing was lost at the end. */
  readonly closed: boolean;
  /** Bytes up to the end of the last good frame. */
  readonly goodBytes: number;
  /** What was wrong behind that; empty for a closed segment or one that just stops after a whole frame. */
  readonly reason: string;
}

const longestHeader = 64 * 1024 * 1024;

/** Reads one segment frame by frame, checking every frame; holds one frame in memory. Calls block the thread. */
export class SegmentReader {
  readonly file: string;
  readonly header: SpoolHeader;
  readonly bytes: number;
  private readonly descriptor: number;
  private readonly sourceId: number;
  private at: number;
  private expected: bigint;
  private endOf: SegmentEnd | undefined;

  /** Opens a segment. Throws DriverError `spool-format` when it has no good header. */
  constructor(file: string) {
    this.file = file;
    this.descriptor = openFile(file);
    try {
      this.bytes = fstatSync(this.descriptor).size;
      const length = headerLength(this.read(0, Math.min(16, this.bytes)), file);
      if (length > Math.min(this.bytes, longestHeader)) {
        throw new DriverError('spool-format', file, `header of ${file} is cut off`);
      }
      this.header = decodeHeader(this.read(0, length), file);
      this.at = length;
      this.expected = this.header.firstSequence;
      this.sourceId = sourceIdOf(this.header.source);
    } catch (thrown) {
      closeSync(this.descriptor);
      throw thrown;
    }
  }

  /** Where reading ended; undefined while `next` still may give frames. */
  get end(): SegmentEnd | undefined {
    return this.endOf;
  }

  /** Sequence that a batch behind the last good one would have. */
  get nextSequence(): bigint {
    return this.expected;
  }

  /** Share of the file that was read, 0..1. */
  get progress(): number {
    return this.bytes === 0 ? 1 : this.at / this.bytes;
  }

  /** The next frame, or undefined at the end (see `end`). */
  next(): SegmentFrame | undefined {
    if (this.endOf !== undefined) return undefined;
    if (this.at === this.bytes) return this.finish(false, '');
    if (this.at + frameHeaderBytes > this.bytes) return this.finish(false, 'frame header cut off');
    const head = this.read(this.at, frameHeaderBytes);
    const frame = openFrame(head);
    if (typeof frame === 'string') return this.finish(false, frame);
    if (this.at + frameHeaderBytes + frame.payloadBytes > this.bytes)
      return this.finish(false, 'frame cut off');
    const payload = this.read(this.at + frameHeaderBytes, frame.payloadBytes);
    const fault = this.faultOf(frame, frameIntact(head, payload));
    if (fault !== undefined) return this.finish(false, fault);
    this.at += frameHeaderBytes + frame.payloadBytes;
    if (frame.schemaId === endSchemaId) return this.finish(true, '');
    this.expected += 1n;
    return { schemaId: frame.schemaId, sequence: frame.sequence, rows: frame.rows, bytes: payload };
  }

  /** The next batch decoded, or undefined at the end. Throws DriverError `spool-format` for an impossible payload. */
  nextBatch(): (DecodedBatch & { readonly schemaId: number; readonly frameBytes: number }) | undefined {
    const frame = this.next();
    if (frame === undefined) return undefined;
    const schema = this.header.schemas[frame.schemaId]!;
    const frameBytes = frameHeaderBytes + frame.bytes.length;
    return { schemaId: frame.schemaId, frameBytes, ...decodeBatch(schema, frame.bytes) };
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private faultOf(frame: FrameHeader, intact: boolean): string | undefined {
    if (!intact) return 'checksum is wrong';
    if (frame.sourceId !== this.sourceId) return 'frame of another source';
    if (frame.sequence !== this.expected) {
      return `batch ${String(frame.sequence)} where ${String(this.expected)} was expected`;
    }
    const known = frame.schemaId === endSchemaId || frame.schemaId < this.header.schemas.length;
    return known ? undefined : `unknown schema ${frame.schemaId}`;
  }

  private finish(closed: boolean, reason: string): SegmentFrame | undefined {
    this.endOf = { closed, goodBytes: this.at, reason };
    return undefined;
  }

  private read(from: number, length: number): Buffer {
    const bytes = Buffer.from(new ArrayBuffer(length));
    for (let got = 0; got < length; ) {
      const count = readSync(this.descriptor, bytes, got, length - got, from + got);
      if (count === 0)
        throw new DriverError('spool-format', this.file, `${this.file} became shorter while being read`);
      got += count;
    }
    return bytes;
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new DriverError('spool-io', file, `cannot open ${file}: ${reason}`, { cause: thrown });
  }
}
