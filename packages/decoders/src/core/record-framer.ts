import { Carry, type Progress } from './carry.js';
import { GarbagePieces, type OnGarbage } from './garbage.js';
import type { IntegrityCollector } from './integrity.js';

/** What is at a position: a record, something valid without content, an unfinished record, or something else. */
export type Outcome = 'record' | 'skip' | 'more' | 'bad';

/** The reason that is no damage in itself. */
export const endsEarly = 'the input ends inside a record';

/** Finds records of one format in contiguous bytes. One object is used over and over. */
export interface RecordScanner {
  /** Behind the record (outcomes `record` and `skip`). */
  readonly next: number;
  /** With `more`: total bytes from the start that let the scan go on. */
  readonly needed: number;
  /** With `bad`: why. With `record`: empty, or why the bytes at `next` are no record. */
  readonly reason: string;
  /** The bytes to scan from now on. */
  use(bytes: Uint8Array): void;
  /** Looks at the record that starts at `position`; with `final` the end of the bytes is the end of the input. */
  scan(position: number, final: boolean): Outcome;
  /** Position of the next plausible start of a record at or behind `from`; −1 when there is none (yet). */
  search(from: number, final: boolean): number;
  /** After a search in vain from `from`: where the next search begins. */
  resumeSearch(from: number): number;
}

/** What is done with the records of a stream; returns false to stop at that record's end. */
export type OnRecord<S> = (record: S, offset: number) => boolean;

/** Garbage that has not ended yet; plain JSON. */
export interface OpenGarbage {
  readonly start: number;
  readonly reason: string;
}

/** How a framer begins. */
export interface FramerOptions {
  /** Offset in the input of the first byte that comes (default 0). */
  readonly offset?: number;
  /** The bytes before it were garbage from there on. */
  readonly garbage?: OpenGarbage | null;
  readonly onGarbage?: OnGarbage;
}

/** Bytes to wait for at least while a search is in vain. */
const searchBytes = 64;

/**
 * Cuts a stream of chunks into records. Bytes that are none are noted as garbage, and the next plausible record is
 * searched. Holds no more than one unfinished record: how long one can be is for the scanner to bound.
 */
export class RecordFramer<S extends RecordScanner> {
  private readonly carry: Carry;
  private garbageStart = -1;
  private garbageReason = '';
  private readonly pieces: GarbagePieces | undefined;
  private stopped = false;

  constructor(
    readonly scanner: S,
    private readonly report: IntegrityCollector,
    private readonly onRecord: OnRecord<S>,
    private readonly options: FramerOptions = {},
  ) {
    this.carry = new Carry((bytes, final) => this.parse(bytes, final), this.options.offset);
    const { garbage, onGarbage } = options;
    this.pieces = onGarbage === undefined ? undefined : new GarbagePieces(onGarbage);
    if (garbage) this.beginGarbage(garbage.start, garbage.reason);
  }

  /** Offset in the input of the first byte that is neither part of a record nor given out as garbage. */
  get offset(): number {
    return this.carry.offset - (this.pieces?.waiting ?? 0);
  }

  /** Garbage that has not ended yet: what lies before `offset` has been given out. */
  get openGarbage(): OpenGarbage | null {
    return this.garbageStart < 0 ? null : { start: this.garbageStart, reason: this.garbageReason };
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    if (this.stopped) return;
    this.report.bytes += chunk.length;
    this.carry.push(chunk);
  }

  /** The input is over. */
  finish(): void {
    if (this.stopped) return;
    this.carry.finish();
  }

  private parse(bytes: Uint8Array, final: boolean): Progress {
    const { scanner } = this;
    const base = this.carry.offset;
    scanner.use(bytes);
    let at = 0;
    while (!this.stopped) {
      if (this.garbageStart >= 0) {
        // A search begins where the garbage does or at the start of these bytes.
        const from = Math.max(0, this.garbageStart - base);
        const found = scanner.search(at, final);
        const end = found >= 0 ? found : final ? bytes.length : scanner.resumeSearch(at);
        if (end > from) this.pieces?.add(bytes.subarray(from, end), base + from, this.garbageReason);
        if (found < 0 && !final) return { consumed: end, needed: searchBytes };
        this.endGarbage(base + end, found < 0);
        at = end;
      }
      if (at === bytes.length) return { consumed: at, needed: 4 };
      const outcome = scanner.scan(at, final);
      if (outcome === 'more') {
        if (!final) return { consumed: at, needed: Math.max(1, at + scanner.needed - bytes.length) };
        this.beginGarbage(base + at, endsEarly);
        at = Math.min(at + 1, bytes.length);
      } else if (outcome === 'bad') {
        this.beginGarbage(base + at, scanner.reason);
        at++;
      } else {
        const next = scanner.next;
        const fault = scanner.reason;
        if (outcome === 'record' && !this.onRecord(scanner, base + at)) this.stopped = true;
        at = next;
        if (fault !== '' && !this.stopped) this.beginGarbage(base + at, fault);
      }
    }
    return { consumed: at, needed: 1 };
  }

  private beginGarbage(offset: number, reason: string): void {
    this.garbageStart = offset;
    this.garbageReason = reason;
  }

  private endGarbage(end: number, atEnd: boolean): void {
    this.pieces?.end();
    const length = end - this.garbageStart;
    if (atEnd && this.garbageReason === endsEarly) this.report.truncated(this.garbageStart, length);
    else this.report.skipped(this.garbageStart, length, this.garbageReason);
    this.garbageStart = -1;
  }
}
