import { endsEarly, type Outcome, type RecordScanner } from '../core/record-framer.js';
import {
  type CompassFamily,
  type CompassLayout,
  compassFaults,
  compassHeaderBytes,
  headerWord,
  headFault,
  layoutOfHeader,
  probeLayout,
  samplesOf,
} from './compass-layout.js';

/** Different trace lengths that are kept in mind to recognise events. */
const mostLengths = 64;

/**
 * Finds events. Nothing marks where one begins: a head is taken for one when its trace has a known length; with another
 * length, and behind damage, another head must follow.
 */
export class CompassScanner implements RecordScanner {
  next = 0;
  needed = 0;
  reason = '';
  /** Known from the header word, or from two events in succession. */
  layout: CompassLayout | undefined;
  headerPresent = false;
  /** Where the event begins in `view`. */
  at = 0;
  /** Samples of its trace. */
  samples = 0;
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Trace lengths so far. */
  readonly lengths = new Set<number>();
  private searched = 0;

  constructor(private readonly family: CompassFamily) {}

  use(bytes: Uint8Array): void {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  scan(position: number, final: boolean): Outcome {
    this.reason = '';
    if (this.layout === undefined) {
      const begun = this.begin(position, final);
      if (begun !== undefined) return begun;
    }
    const found = this.look(position, final, false);
    if (typeof found === 'string') return this.bad(found);
    if (found > 0) return this.wait(this.view.byteLength - position + found);
    this.at = position;
    if (this.lengths.size < mostLengths) this.lengths.add(this.samples);
    return 'record';
  }

  search(from: number, final: boolean): number {
    const end = this.view.byteLength;
    this.searched = end;
    if (this.layout === undefined) return -1;
    for (let at = from; at < end; at++) {
      const found = this.look(at, final, true);
      if (found === 0) return at;
      if (typeof found === 'string' || final) continue;
      this.searched = at;
      return -1;
    }
    return -1;
  }

  resumeSearch(): number {
    return this.searched;
  }

  /** Finds out the layout; undefined when it is known now and the first event lies right here. */
  private begin(position: number, final: boolean): Outcome | undefined {
    if (position + compassHeaderBytes > this.view.byteLength) return this.wait(compassHeaderBytes);
    const word = this.family.headerDecoder === undefined ? undefined : headerWord(this.view, position);
    if (word !== undefined) {
      this.layout = layoutOfHeader(word);
      this.headerPresent = true;
      this.next = position + compassHeaderBytes;
      return 'skip';
    }
    const found = probeLayout(this.view, this.family.layouts, position);
    if (found === 'more')
      return final ? this.bad(endsEarly) : this.wait(2 * (this.view.byteLength - position));
    if (found === 'none') return this.bad(compassFaults.noLayout);
    this.layout = found;
    return undefined;
  }

  /** Whether an event lies at `at`: 0 when it does, else why not, or how many more bytes are needed to say. */
  private look(at: number, final: boolean, searching: boolean): string | number {
    const { view, lengths } = this;
    const layout = this.layout!;
    const end = view.byteLength;
    const { headBytes } = layout;
    if (at + headBytes > end) return at + headBytes - end;
    const fault = headFault(view, at, layout);
    if (fault !== undefined) return fault;
    const samples = samplesOf(view, at, layout);
    const next = at + headBytes + 2 * samples;
    const usual = lengths.size === 0 || lengths.has(samples);
    if (searching && !usual) return compassFaults.noSamples;
    if (next > end) return final && !usual ? compassFaults.noSamples : next - end;
    if (searching || !usual) {
      if (next + headBytes > end) {
        if (!final) return next + headBytes - end;
        if (next !== end) return compassFaults.noSamples;
      } else if (headFault(view, next, layout) !== undefined) {
        return compassFaults.noSamples;
      }
    }
    this.samples = samples;
    this.next = next;
    return 0;
  }

  private bad(reason: string): Outcome {
    this.reason = reason;
    return 'bad';
  }

  private wait(needed: number): Outcome {
    this.needed = needed;
    return 'more';
  }
}
