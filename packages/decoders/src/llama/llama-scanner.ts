import { endsEarly, type Outcome, type RecordScanner } from '../core/record-framer.js';
import { type EventShape, eventShape } from './llama-event.js';
import {
  headerBytes,
  isSound,
  type LlamaChannel,
  type LlamaHeader,
  leadBytes,
  readHeader,
} from './llama-header.js';

/** Why bytes are no event. The place in this list, from 1, is the code in garbage tables: only append. */
export const llamaFaults: readonly string[] = [
  'no llamaDAQ header',
  'unknown channel',
  'event shorter than its header',
  'no marker before the samples',
  'moving-window test data',
  'no marker before the averaged samples',
  'sizes do not sum to the length of the event',
  'other numbers of samples than configured',
  endsEarly,
];

/** Bytes before the events of a channel in files of the older kind: channel, number of events. */
const groupBytes = 8;
const wordBytes = 4;

/** What announces the events of a channel in files of the older kind. */
export interface LlamaGroup {
  /** fadc · 16 + channel. */
  readonly id: number;
  readonly events: number;
}

/** Finds the header and the events of a file, and in older files what comes before the events of a channel. */
export class LlamaScanner implements RecordScanner {
  next = 0;
  needed = 0;
  reason = '';
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the event begins in `view`. */
  at = 0;
  channel!: LlamaChannel;
  shape!: EventShape;
  header: LlamaHeader | undefined;
  /** Channels whose lengths fit together. */
  channels: ReadonlyMap<number, LlamaChannel> = new Map();
  private searched = 0;

  /**
   * @param onHeader called with the header of the file
   * @param onGroup called where events of a channel are announced, in older files
   */
  constructor(
    private readonly onHeader: (header: LlamaHeader) => void,
    private readonly onGroup: (group: LlamaGroup) => void,
  ) {}

  /** Takes events of these channels from now on. */
  configure(header: LlamaHeader): void {
    this.header = header;
    this.channels = new Map(header.channels.filter(isSound).map((channel) => [channel.id, channel]));
  }

  use(bytes: Uint8Array): void {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  scan(position: number): Outcome {
    this.reason = '';
    if (this.header === undefined) return this.scanHeader(position);
    const found = this.look(position);
    if (typeof found === 'number') {
      this.needed = this.view.byteLength - position + found;
      return found === 0 ? 'record' : 'more';
    }
    const group = this.groupAt(position);
    if (group === 'more') {
      this.needed = 2 * groupBytes;
      return 'more';
    }
    if (group === undefined) return this.bad(found);
    this.onGroup(group);
    this.next = position + groupBytes;
    return 'skip';
  }

  search(from: number, final: boolean): number {
    const end = this.view.byteLength;
    this.searched = end;
    if (this.header === undefined) return -1;
    for (let at = from; at < end; at++) {
      const found = this.look(at);
      if (found === 0) return at;
      const group = typeof found === 'string' ? this.groupAt(at) : undefined;
      if (typeof group === 'object') return at;
      if (final || (typeof found === 'string' && group === undefined)) continue;
      this.searched = at;
      return -1;
    }
    return -1;
  }

  resumeSearch(): number {
    return this.searched;
  }

  private scanHeader(position: number): Outcome {
    const view = new DataView(
      this.view.buffer,
      this.view.byteOffset + position,
      this.view.byteLength - position,
    );
    this.needed = leadBytes;
    if (view.byteLength < leadBytes) return 'more';
    const length = headerBytes(view);
    if (length === 0) return this.bad(llamaFaults[0]!);
    this.needed = length;
    if (view.byteLength < length) return 'more';
    const header = readHeader(view);
    this.configure(header);
    this.onHeader(header);
    this.next = position + length;
    return 'skip';
  }

  /** Whether an event lies at `at`: 0 when it does, else why not, or how many more bytes are needed to say. */
  private look(at: number): string | number {
    const end = this.view.byteLength;
    if (at + 2 * wordBytes > end) return at + 2 * wordBytes - end;
    const word = this.view.getUint32(at, true);
    const channel = this.channels.get((word >>> 4) & 0xfff);
    if (channel?.formatBits !== (word & 0xf)) return 'unknown channel';
    const next = at + wordBytes * channel.eventLength;
    if (next > end) return next - end;
    const shape = eventShape(this.view, at, channel);
    if (typeof shape === 'string') return shape;
    this.at = at;
    this.next = next;
    this.channel = channel;
    this.shape = shape;
    return 0;
  }

  /** What is announced at `at` of an older file, where an event follows of the channel that is named. */
  private groupAt(at: number): LlamaGroup | 'more' | undefined {
    if (this.header?.isOld !== true) return undefined;
    if (at + groupBytes + wordBytes > this.view.byteLength) return 'more';
    const [id, events] = [this.view.getUint32(at, true), this.view.getUint32(at + wordBytes, true)];
    const follows = this.view.getUint32(at + groupBytes, true);
    const isAnnounced = events > 0 && ((follows >>> 4) & 0xfff) === id && this.channels.has(id);
    return isAnnounced ? { id, events } : undefined;
  }

  private bad(reason: string): Outcome {
    this.reason = reason;
    return 'bad';
  }
}
