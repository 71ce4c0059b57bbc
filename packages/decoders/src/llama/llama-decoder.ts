import { Carry, type Progress } from '../core/carry.js';
import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  DecodeOptions,
  StreamDecoder,
  TableDescription,
} from '../core/decoder.js';
import { DecodeError } from '../core/errors.js';
import { IntegrityCollector, type IntegrityReport } from '../core/integrity.js';
import type { TableBuffer } from '../core/table-buffer.js';
import { TableLibrary } from '../core/table-library.js';
import { eventCells, eventShape, llamaEventSchema, ticksOf } from './llama-event.js';
import {
  headerBytes,
  headerStruct,
  isSound,
  type LlamaChannel,
  type LlamaHeader,
  leadBytes,
  readHeader,
} from './llama-header.js';
import { startTimeOf } from './llama-time.js';

const headerDecoder = 'LLAMAHeaderDecoder';
const eventDecoder = 'LLAMAEventDecoder';

/** Names of the decoders of this format. */
export const llamaDecoders: readonly string[] = [headerDecoder, eventDecoder];

interface LlamaState {
  readonly header: LlamaHeader;
  readonly lastTicks: readonly (readonly [number, number])[];
}

/**
 * Decodes files of llamaDAQ (SIS3316). With `compatibility: 'reference'` the sums of block 0 are read one word late, as
 * the established decoder does. The start time is taken from the file name; without one, `unixtime` is NaN.
 */
export class LlamaDecoder implements StreamDecoder {
  readonly format = 'llama';
  private readonly integrity = new IntegrityCollector('llama');
  private readonly library: TableLibrary;
  private readonly carry: Carry;
  private readonly start: { readonly time: number; readonly accuracy: number };
  private header: LlamaHeader | undefined;
  private channels = new Map<number, LlamaChannel>();
  private readonly tablesById = new Map<number, TableBuffer | undefined>();
  private readonly lastTicks = new Map<number, number>();
  private packetId: number;
  private garbageStart = -1;
  private garbageReason = '';
  private finished = false;

  constructor(private readonly options: DecodeOptions = {}) {
    const { resume } = options;
    if (resume !== undefined && resume.format !== this.format) {
      throw new DecodeError(
        'resume',
        `the checkpoint is of format ${resume.format}`,
        'take one of a llama input',
      );
    }
    this.library = new TableLibrary(options, this.integrity, llamaDecoders);
    this.carry = new Carry((bytes, final) => this.parse(bytes, final), resume?.byteOffset ?? 0);
    this.packetId = resume?.packetId ?? 0;
    const time = startTimeOf(options.inputName ?? '', options.utcOffsetMinutes);
    if (time === undefined) this.integrity.odd('no-start-time', 0, 0, 'the file name holds no start time');
    this.start = { time: time ?? NaN, accuracy: time === undefined ? NaN : 1 };
    const state = resume?.state as LlamaState | null | undefined;
    if (state) {
      this.use(state.header);
      for (const [id, ticks] of state.lastTicks) this.lastTicks.set(id, ticks);
    }
  }

  get done(): boolean {
    return this.finished;
  }

  push(chunk: Uint8Array): DecodedBatch[] {
    if (!this.finished) {
      this.integrity.bytes += chunk.length;
      this.carry.push(chunk);
    }
    return this.library.take();
  }

  finish(): DecodedBatch[] {
    if (!this.finished) {
      const left = this.carry.finish();
      this.integrity.truncated(this.carry.offset, left);
    }
    this.finished = true;
    return this.library.flush();
  }

  objects(): DecodedObject[] {
    return this.library.takeObjects();
  }

  flush(): { batches: DecodedBatch[]; checkpoint: Checkpoint } {
    const batches = this.library.flush();
    const state: LlamaState | null = this.header
      ? { header: this.header, lastTicks: [...this.lastTicks] }
      : null;
    const byteOffset = this.garbageStart >= 0 ? this.garbageStart : this.carry.offset;
    const { packetId } = this;
    return {
      batches,
      checkpoint: { format: this.format, byteOffset, packetId, rows: this.library.counted, state },
    };
  }

  report(): IntegrityReport {
    return this.integrity.report();
  }

  tables(): readonly TableDescription[] {
    return this.library.describe();
  }

  private parse(bytes: Uint8Array, final: boolean): Progress {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const base = this.carry.offset;
    let at = 0;
    if (this.header === undefined) {
      if (bytes.length < leadBytes) return { consumed: 0, needed: leadBytes };
      const length = headerBytes(view);
      if (length === 0) {
        this.integrity.skipped(base, bytes.length, 'no llamaDAQ header');
        return { consumed: bytes.length, needed: leadBytes };
      }
      if (bytes.length < length) return { consumed: 0, needed: length - bytes.length };
      this.begin(readHeader(view));
      at = length;
    }
    while (!this.finished) {
      const channel = at + 8 <= bytes.length ? this.channelAt(view, at) : undefined;
      const length = 4 * (channel?.eventLength ?? 2);
      if (at + length > bytes.length && !(final && this.garbageStart >= 0 && at < bytes.length)) {
        return { consumed: at, needed: at + length - bytes.length };
      }
      const shape =
        channel === undefined || at + length > bytes.length
          ? 'unknown channel'
          : eventShape(view, at, channel);
      if (typeof shape === 'string') {
        if (this.garbageStart < 0) {
          this.garbageStart = base + at;
          this.garbageReason = shape;
        }
        at = Math.min(at + 4, bytes.length);
        if (final && at === bytes.length) this.endGarbage(base + at);
        continue;
      }
      this.endGarbage(base + at);
      this.event(view, at, channel!, shape, base + at);
      at += length;
    }
    return { consumed: at, needed: 1 };
  }

  private channelAt(view: DataView, at: number): LlamaChannel | undefined {
    const word = view.getUint32(at, true);
    const channel = this.channels.get((word >>> 4) & 0xfff);
    return channel?.formatBits === (word & 0xf) ? channel : undefined;
  }

  private event(
    view: DataView,
    at: number,
    channel: LlamaChannel,
    shape: Exclude<ReturnType<typeof eventShape>, string>,
    offset: number,
  ): void {
    const packetId = this.packetId++;
    this.integrity.record('Event');
    const ticks = ticksOf(view, at);
    if (ticks < (this.lastTicks.get(channel.id) ?? 0)) {
      this.integrity.odd(
        'time-backwards',
        packetId,
        offset,
        `channel ${channel.id}: ${ticks} ticks after more`,
      );
    }
    this.lastTicks.set(channel.id, ticks);
    const table = this.table(channel);
    if (this.library.admit(table, eventDecoder, channel.id)) {
      const cells = eventCells(view, at, channel, shape, this.options.compatibility === 'reference');
      const since = cells['time_since_run_start'] as number;
      const unix = { unixtime: this.start.time + since, unixtime_accuracy: this.start.accuracy };
      table.append({ ...cells, ...unix, packet_id: packetId });
    }
    if (this.library.full || packetId >= (this.options.limits?.packets ?? Infinity)) this.finished = true;
  }

  private endGarbage(end: number): void {
    if (this.garbageStart < 0) return;
    this.integrity.skipped(this.garbageStart, end - this.garbageStart, this.garbageReason);
    this.garbageStart = -1;
  }

  private begin(header: LlamaHeader): void {
    this.integrity.record('Header');
    this.packetId = 1;
    this.use(header);
    for (const { id } of header.channels.filter((channel) => !isSound(channel))) {
      this.integrity.odd('bad-configuration', 0, leadBytes, `channel ${id}: its lengths do not fit together`);
    }
    this.library.object(headerDecoder, 'header', headerStruct(header, this.start));
    if (this.library.full || this.options.limits?.packets === 0) this.finished = true;
  }

  private use(header: LlamaHeader): void {
    this.header = header;
    this.channels = new Map(header.channels.filter(isSound).map((channel) => [channel.id, channel]));
  }

  /** Channels with equal lengths and averaging share a key list. */
  private table(channel: LlamaChannel): TableBuffer | undefined {
    if (!this.tablesById.has(channel.id)) {
      const all = [...this.channels.values()];
      const kind = (c: LlamaChannel): string => `${c.sampleLength} ${c.avgSampleLength} ${c.avgMode}`;
      const kinds = [...new Set(all.map(kind))];
      const keys = all.filter((other) => kind(other) === kind(channel)).length;
      const request = {
        decoder: eventDecoder,
        key: channel.id,
        list: { index: kinds.indexOf(kind(channel)), count: kinds.length, keys },
        siblings: all.length,
        schema: (path: string) => llamaEventSchema(path, channel),
      };
      this.tablesById.set(channel.id, this.library.table(request));
    }
    return this.tablesById.get(channel.id);
  }
}
