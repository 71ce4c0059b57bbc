import type { DecodeOptions } from '../core/decoder.js';
import { FramedDecoder } from '../core/framed-decoder.js';
import { GarbageTable } from '../core/garbage.js';
import type { RecordFramer } from '../core/record-framer.js';
import type { TableBuffer } from '../core/table-buffer.js';
import { eventCells, llamaEventSchema, rawPeriodNs, ticksOf } from './llama-event.js';
import { headerStruct, isSound, type LlamaChannel, type LlamaHeader, leadBytes } from './llama-header.js';
import { type LlamaGroup, LlamaScanner, llamaFaults } from './llama-scanner.js';
import { startTimeOf } from './llama-time.js';

const headerDecoder = 'LLAMAHeaderDecoder';
const eventDecoder = 'LLAMAEventDecoder';

const garbageDecoder = 'LLAMAGarbageDecoder';

const wordBytes = 4;

/** Names of the decoders of this format. */
export const llamaDecoders: readonly string[] = [headerDecoder, eventDecoder, garbageDecoder];

interface LlamaState {
  readonly header: LlamaHeader;
  readonly lastTicks: readonly (readonly [number, number])[];
  readonly group: { readonly id: number; readonly events: number; readonly seen: number } | null;
  /** Offset behind the last event. */
  readonly behindEvent: number;
  readonly stopped: boolean;
}

/**
 * Decodes files of llamaDAQ (SIS3316). With `compatibility: 'reference'` the sums of block 0 are read one word late, as
 * the established decoder does. The start time is taken from the file name; without one, `unixtime` is NaN, and a window
 * of times counts from the start of the run. `exactTimes`: `time_since_run_start_ns`.
 */
export class LlamaDecoder extends FramedDecoder<LlamaScanner> {
  private readonly scanner: LlamaScanner;
  readonly framer: RecordFramer<LlamaScanner>;
  private readonly start: { readonly time: number; readonly accuracy: number };
  private readonly tablesById = new Map<number, TableBuffer | undefined>();
  private readonly lastTicks = new Map<number, number>();
  private group: { readonly id: number; readonly events: number; seen: number } | undefined;
  private behindEvent = 0;

  constructor(options: DecodeOptions = {}) {
    super('llama', llamaDecoders, options);
    const garbage = new GarbageTable(this.library, garbageDecoder, llamaFaults);
    this.scanner = new LlamaScanner(
      (header) => this.begin(header),
      (group) => this.beginGroup(group),
    );
    this.framer = this.framerOf(this.scanner, garbage, (scanner, at) => this.event(scanner, at));
    const time = startTimeOf(options.inputName ?? '', options.utcOffsetMinutes);
    if (time === undefined)
      this.integrity.oddOnce('start', 'no-start-time', 0, 0, 'the file name holds no start time');
    this.start = { time: time ?? NaN, accuracy: time === undefined ? NaN : 1 };
    const state = options.resume?.state as LlamaState | null | undefined;
    if (state) {
      this.scanner.configure(state.header);
      for (const [id, ticks] of state.lastTicks) this.lastTicks.set(id, ticks);
      if (state.group !== null) this.group = { ...state.group };
      this.behindEvent = state.behindEvent;
      this.finished = state.stopped;
    }
  }

  protected override inputEnded(): void {
    this.endGroup();
  }

  protected override state(): LlamaState | null {
    const { group } = this;
    const { header } = this.scanner;
    if (header === undefined) return null;
    return {
      header,
      lastTicks: [...this.lastTicks],
      group: group === undefined ? null : { ...group },
      behindEvent: this.behindEvent,
      stopped: this.finished,
    };
  }

  private event({ view, at, channel, shape }: LlamaScanner, offset: number): boolean {
    if (this.finished) return false;
    const packetId = this.packetId++;
    this.integrity.record('Event');
    if (this.group !== undefined) this.group.seen++;
    this.behindEvent = offset + wordBytes * channel.eventLength;
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
    const since = ticks * rawPeriodNs(channel) * 1e-9;
    const unixtime = this.start.time + since;
    const table = this.table(channel);
    if (this.library.admit(table, eventDecoder, channel.id, Number.isNaN(unixtime) ? since : unixtime)) {
      const cells = eventCells(view, at, channel, shape, this.options.compatibility === 'reference');
      const unix = { unixtime, unixtime_accuracy: this.start.accuracy };
      table.append({ ...cells, ...unix, packet_id: packetId });
    }
    if (this.atLimit) this.finished = true;
    return !this.finished;
  }

  private begin(header: LlamaHeader): void {
    this.integrity.record('Header');
    this.packetId = 1;
    for (const { id } of header.channels.filter((channel) => !isSound(channel))) {
      this.integrity.odd('bad-configuration', 0, leadBytes, `channel ${id}: its lengths do not fit together`);
    }
    this.library.object(headerDecoder, 'header', headerStruct(header, this.start));
    if (this.library.full || this.options.limits?.packets === 0) this.finished = true;
  }

  private beginGroup({ id, events }: LlamaGroup): void {
    this.endGroup();
    this.integrity.record('Group');
    this.group = { id, events, seen: 0 };
  }

  private endGroup(): void {
    const { group } = this;
    if (group === undefined || group.seen === group.events) return;
    const detail = `${group.seen} events of channel ${group.id} where ${group.events} are announced`;
    this.integrity.odd('frame-size', this.packetId, this.behindEvent, detail);
  }

  /** Channels with equal lengths and averaging share a key list. */
  private table(channel: LlamaChannel): TableBuffer | undefined {
    if (!this.tablesById.has(channel.id)) {
      const all = [...this.scanner.channels.values()];
      const kind = (c: LlamaChannel): string => `${c.sampleLength} ${c.avgSampleLength} ${c.avgMode}`;
      const kinds = [...new Set(all.map(kind))];
      const keys = all.filter((other) => kind(other) === kind(channel)).length;
      const request = {
        decoder: eventDecoder,
        key: channel.id,
        list: { index: kinds.indexOf(kind(channel)), count: kinds.length, keys },
        siblings: all.length,
        schema: (path: string) => llamaEventSchema(path, channel, this.options.exactTimes ?? false),
      };
      this.tablesById.set(channel.id, this.library.table(request));
    }
    return this.tablesById.get(channel.id);
  }
}
