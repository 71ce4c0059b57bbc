import { Carry, type Progress } from '../core/carry.js';
import type { IntegrityCollector } from '../core/integrity.js';
import { FcioScanner, type FrameSource, faults } from './fcio-scanner.js';

/** What is done with the records of a stream; returns false to stop at that record's end. */
export type OnRecord = (record: FrameSource, offset: number) => boolean;

/** What is done with bytes that are no record: as they come, one range in one or more pieces. */
export type OnGarbage = (bytes: Uint8Array, offset: number, reason: string) => void;

/**
 * Cuts a stream of chunks into records. Bytes that are none are noted as garbage, and the next plausible record is
 * searched; whatever the bytes, no record is longer than its configuration allows, so that memory stays bounded.
 */
export class FcioFramer {
  readonly scanner = new FcioScanner();
  private readonly carry: Carry;
  private garbageStart = -1;
  private garbageReason = '';
  private stopped = false;

  constructor(
    private readonly report: IntegrityCollector,
    private readonly onRecord: OnRecord,
    private readonly options: { readonly offset?: number; readonly onGarbage?: OnGarbage } = {},
  ) {
    this.carry = new Carry((bytes, final) => this.parse(bytes, final), this.options.offset);
  }

  /** Offset in the input behind the last record. */
  get offset(): number {
    return this.garbageStart >= 0 ? this.garbageStart : this.carry.offset;
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
        const found = scanner.search(at);
        const end = found >= 0 ? found : final ? bytes.length : scanner.resumeSearch(at);
        if (end > from) this.options.onGarbage?.(bytes.subarray(from, end), base + from, this.garbageReason);
        if (found < 0 && !final) return { consumed: end, needed: 64 };
        this.endGarbage(base + end, found < 0);
        at = end;
      }
      if (at === bytes.length) return { consumed: at, needed: 4 };
      const outcome = scanner.scan(at, final);
      if (outcome === 'more') {
        if (!final) return { consumed: at, needed: Math.max(1, at + scanner.needed - bytes.length) };
        this.beginGarbage(base + at, faults.endsEarly);
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
    const length = end - this.garbageStart;
    if (atEnd && this.garbageReason === faults.endsEarly) this.report.truncated(this.garbageStart, length);
    else this.report.skipped(this.garbageStart, length, this.garbageReason);
    this.garbageStart = -1;
  }
}
