import { endsEarly, type Outcome, type RecordScanner } from '../core/record-framer.js';
import { type FcioConfig, traceCount } from './fcio-config.js';
import {
  largestTag,
  maxChannels,
  protocolBytes,
  protocolHeader,
  smallArray,
  tags,
  traceHeaderWords,
} from './fcio-protocol.js';

/** Frames of one record, for whoever decodes it. Reading past a frame or a missing frame gives 0. */
export interface FrameSource {
  readonly tag: number;
  readonly frameCount: number;
  /** The bytes that the frames lie in. */
  readonly bytes: Uint8Array;
  /** Position of a frame's first byte in `bytes`. */
  frameStart(frame: number): number;
  /** Bytes of a frame; 0 when it is missing. */
  frameLength(frame: number): number;
  int32(frame: number, index?: number): number;
  uint16(frame: number, index?: number): number;
  float32(frame: number, index?: number): number;
}

/** Why bytes are no record. The place in this list, from 1, is the code in garbage tables: only append. */
export const faults = {
  noRecord: 'data outside of a record',
  reservedTag: 'reserved tag',
  noProtocol: 'protocol text is not of FlashCam',
  frameTooLong: 'frame longer than any of this configuration',
  tooManyFrames: 'too many frames in a record',
  recordTooLong: 'record longer than any of this configuration',
  framesMissing: 'record without all its frames',
  /** The one that is no damage in itself. */
  endsEarly,
} as const;

/** Frames beyond those that a record needs, at most. */
const extraFrames = 64;
/** Largest frame while the configuration is unknown, and slack afterwards, bytes. */
const frameSlack = 65_536;
/** What a record may hold besides its largest frame, bytes. */
const recordSlack = 1 << 20;
/** Bytes that are enough to recognise the start of a record. */
const signatureBytes = 16;

/** Finds the frames of one record in contiguous bytes. One object is used over and over. */
export class FcioScanner implements FrameSource, RecordScanner {
  tag = 0;
  frameCount = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** Behind the record (outcome `record`) or the protocol text (`skip`). */
  next = 0;
  /** With `more`: total bytes from the start that let the scan go on. */
  needed = 0;
  /** With `bad`: why. With `record`: empty, or why the bytes at `next` are no record. */
  reason = '';
  private view: DataView = new DataView(new ArrayBuffer(0));
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];
  private traceFrame = 0;
  private largestFrame = frameSlack;
  private eventFrame = 0;

  /** Adapts the limits to a configuration. */
  configure(config: FcioConfig): void {
    const trace = 2 * (config.eventSamples + traceHeaderWords);
    this.traceFrame = trace;
    this.eventFrame = trace * traceCount(config);
    this.largestFrame = Math.max(2 * trace, this.eventFrame) + frameSlack;
  }

  /** The bytes to scan from now on. */
  use(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Looks at the record that starts at `position`; with `final` the end of the bytes is the end of the input. */
  scan(position: number, final: boolean): Outcome {
    const { view, bytes } = this;
    this.reason = '';
    this.frameCount = 0;
    const end = bytes.length;
    if (position + 4 > end) return this.wait(4);
    const header = view.getInt32(position, true);
    if (header === protocolHeader) {
      if (position + 4 + protocolBytes > end) return this.wait(4 + protocolBytes);
      this.next = position + 4 + protocolBytes;
      return isProtocolText(bytes, position + 4) ? 'skip' : this.bad(faults.noProtocol);
    }
    if (header >= 0) return this.bad(faults.noRecord);
    if (-header > largestTag) return this.bad(faults.reservedTag);
    this.tag = -header;
    let at = position + 4;
    for (;;) {
      if (at === end && final)
        return this.closeAt(at, this.frameCount < this.leastFrames() ? faults.endsEarly : '');
      if (at + 4 > end) return final ? this.closeAt(at, faults.endsEarly) : this.wait(at + 4 - position);
      const length = view.getInt32(at, true);
      if (length < 0) {
        const plausible = length === protocolHeader || -length <= largestTag;
        return this.closeAt(at, plausible ? '' : faults.reservedTag);
      }
      if (length > this.largestFrame) return this.closeAt(at, faults.frameTooLong);
      if (at + length - position > this.largestFrame + recordSlack)
        return this.closeAt(at, faults.recordTooLong);
      if (this.frameCount >= this.mostFrames()) return this.closeAt(at, faults.tooManyFrames);
      if (at + 4 + length > end) {
        return final ? this.closeAt(at, faults.endsEarly) : this.wait(at + 4 + length - position);
      }
      this.starts[this.frameCount] = at + 4;
      this.lengths[this.frameCount] = length;
      this.frameCount++;
      at += 4 + length;
    }
  }

  frameStart(frame: number): number {
    return frame < this.frameCount ? this.starts[frame]! : 0;
  }

  frameLength(frame: number): number {
    return frame < this.frameCount ? this.lengths[frame]! : 0;
  }

  int32(frame: number, index = 0): number {
    const offset = 4 * index;
    return offset + 4 <= this.frameLength(frame) ? this.view.getInt32(this.starts[frame]! + offset, true) : 0;
  }

  uint16(frame: number, index = 0): number {
    const offset = 2 * index;
    return offset + 2 <= this.frameLength(frame)
      ? this.view.getUint16(this.starts[frame]! + offset, true)
      : 0;
  }

  float32(frame: number, index = 0): number {
    const offset = 4 * index;
    return offset + 4 <= this.frameLength(frame)
      ? this.view.getFloat32(this.starts[frame]! + offset, true)
      : 0;
  }

  /**
   * Position of the next plausible start of a record at or behind `from`; −1 when there is none. `from` may then be
   * moved to `resumeSearch`.
   */
  search(from: number): number {
    for (let at = this.bytes.indexOf(0xff, from); at >= 0; at = this.bytes.indexOf(0xff, at + 1)) {
      // The first 0xFF may be the tag's own lowest byte (−1) or its second one (−2 … −10, protocol).
      if (at - 1 >= from && this.isStart(at - 1)) return at - 1;
      if (this.isStart(at)) return at;
    }
    return -1;
  }

  /** Bytes before this position need not be searched again when more bytes come. */
  resumeSearch(from: number): number {
    return Math.max(from, this.bytes.length - signatureBytes);
  }

  private isStart(at: number): boolean {
    const { view, bytes } = this;
    if (at + signatureBytes > bytes.length) return false;
    const header = view.getInt32(at, true);
    if (header === protocolHeader) return isProtocolText(bytes, at + 4);
    const first = view.getInt32(at + 4, true);
    switch (-header) {
      case tags.config:
      case tags.event:
      case tags.recEvent:
      case tags.sparseEvent:
      case tags.eventHeader:
        return first === 4 && view.getInt32(at + 12, true) === 4;
      case tags.status:
        return first === 4 && view.getInt32(at + 12, true) === 4 * smallArray;
      case tags.fspConfig:
        return first === 4;
      case tags.fspEvent:
        return first === 24;
      case tags.fspStatus:
        return first === 112;
      default:
        return false;
    }
  }

  /** Ends the record at `at`. With a fault behind it, it counts only when all it needs is there in the usual sizes. */
  private closeAt(at: number, fault: string): Outcome {
    this.next = at;
    this.reason = fault;
    const least = this.leastFrames();
    if (fault === '') return this.frameCount >= least ? 'record' : this.bad(faults.framesMissing);
    if (this.frameCount < least || !this.usual()) return this.bad(fault);
    const most = this.usualFrames();
    if (this.frameCount > most) {
      this.frameCount = most;
      this.next = this.starts[most - 1]! + this.lengths[most - 1]!;
    }
    return 'record';
  }

  private bad(reason: string): Outcome {
    this.reason = reason;
    return 'bad';
  }

  private wait(needed: number): Outcome {
    this.needed = needed;
    return 'more';
  }

  private leastFrames(): number {
    switch (this.tag) {
      case tags.config:
        return 10;
      case tags.event:
        return 5;
      case tags.status:
        return 4 + Math.max(0, this.int32(2));
      case tags.recEvent:
        return 10;
      case tags.sparseEvent:
        return this.frameCount < 6 ? 6 : 7 + Math.max(0, this.int32(5));
      case tags.eventHeader:
        return 7;
      case tags.fspEvent:
        return 10;
      default:
        return 1;
    }
  }

  /** Frames that today's writers put into the record. */
  private usualFrames(): number {
    if (this.tag === tags.config) return Math.min(12, this.frameCount);
    if (this.tag === tags.event) return Math.min(6, this.frameCount);
    return this.tag <= tags.eventHeader ? this.leastFrames() : this.frameCount;
  }

  private mostFrames(): number {
    const needed = this.frameCount < 6 ? 0 : this.leastFrames();
    return Math.min(needed, maxChannels + 7) + extraFrames;
  }

  /** True when the frames that matter have exactly the sizes that a writer gives them. */
  private usual(): boolean {
    const four = (frame: number): boolean => this.frameLength(frame) === 4;
    const small = (frame: number): boolean => {
      const length = this.frameLength(frame);
      return length <= 4 * smallArray && length % 4 === 0;
    };
    switch (this.tag) {
      case tags.config:
        return Array.from({ length: 10 }, (_, frame) => frame).every(four);
      case tags.event:
        return (
          four(0) && four(1) && small(2) && small(3) && this.frameLength(4) === this.eventFrame && small(5)
        );
      case tags.sparseEvent: {
        const traces = this.int32(5);
        if (!(four(0) && four(1) && small(2) && small(3) && small(4) && four(5))) return false;
        if (traces < 0 || this.frameLength(6) !== 2 * traces) return false;
        return this.lengths.slice(7, 7 + traces).every((length) => length === this.traceFrame);
      }
      case tags.status:
        return four(0) && small(1) && four(2) && four(3);
      case tags.eventHeader:
        return four(0) && four(1) && this.frameLength(6) === 2 * this.frameLength(5);
      default:
        return false;
    }
  }
}

function isProtocolText(bytes: Uint8Array, at: number): boolean {
  const name = 'FlashCam';
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name.charCodeAt(i)) return false;
  return true;
}
