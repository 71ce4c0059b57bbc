import { checkResume } from '../core/check-resume.js';
import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  DecodeOptions,
  StreamDecoder,
  TableDescription,
} from '../core/decoder.js';
import { GarbageTable } from '../core/garbage.js';
import { IntegrityCollector, type IntegrityReport } from '../core/integrity.js';
import { RecordFramer } from '../core/record-framer.js';
import type { TableBuffer } from '../core/table-buffer.js';
import { TableLibrary } from '../core/table-library.js';
import { eventCells, llamaEventSchema, rawPeriodNs, ticksOf } from './llama-event.js';
import { headerStruct, isSound, type LlamaChannel, type LlamaHeader, leadBytes } from './llama-header.js';
import { type LlamaGroup, LlamaScanner, llamaFaults } from './llama-scanner.js';
import { startTimeOf } from './llama-time.js';

const headerDecoder = 'LLAMAHeaderDecoder';
const eventDecoder = 'LLAMAEventDecoder';

const garbageDecoder = 'LLAMAGarbageDecoder';

/** Names of the decoders of this format. */
export const llamaDecoders: readonly string[] = [headerDecoder, eventDecoder, garbageDecoder];

interface LlamaState {
  readonly header: LlamaHeader;
  readonly lastTicks: readonly (readonly [number, number])[];
}

/**
 * Decodes files of llamaDAQ (SIS3316). With `compatibility: 'reference'` the sums of block 0 are read one word late, as
 * the established decoder does. The start time is taken from the file name; without one, `unixtime` is NaN, and a window
 * of times counts from the start of the run. `exactTimes`: `time_since_run_start_ns`.
 */
export class LlamaDecoder implements StreamDecoder {
  readonly format = 'llama';
  private readonly integrity = new IntegrityCollector('llama');
  private readonly library: TableLibrary;
  private readonly scanner: LlamaScanner;
  private readonly framer: RecordFramer<LlamaScanner>;
  private readonly start: { readonly time: number; readonly accuracy: number };
  private readonly tablesById = new Map<number, TableBuffer | undefined>();
  private readonly lastTicks = new Map<number, number>();
  private group: { readonly id: number; readonly events: number; seen: number } | undefined;
  private packetId: number;
  private finished = false;

  constructor(private readonly options: DecodeOptions = {}) {
    const { resume } = options;
    checkResume(this.format, resume);
    this.library = new TableLibrary(options, this.integrity, llamaDecoders);
    const garbage = new GarbageTable(this.library, garbageDecoder, llamaFaults);
    this.scanner = new LlamaScanner(
      (header) => this.begin(header),
      (group) => this.beginGroup(group),
    );
    this.framer = new RecordFramer(this.scanner, this.integrity, (scanner, at) => this.event(scanner, at), {
      offset: resume?.byteOffset ?? 0,
      ...garbage.whenAsked(options.keepGarbage, () => this.packetId),
    });
    this.packetId = resume?.packetId ?? 0;
    const time = startTimeOf(options.inputName ?? '', options.utcOffsetMinutes);
    if (time === undefined) this.integrity.odd('no-start-time', 0, 0, 'the file name holds no start time');
    this.start = { time: time ?? NaN, accuracy: time === undefined ? NaN : 1 };
    const state = resume?.state as LlamaState | null | undefined;
    if (state) {
      this.scanner.configure(state.header);
      for (const [id, ticks] of state.lastTicks) this.lastTicks.set(id, ticks);
    }
  }

  get done(): boolean {
    return this.finished;
  }

  push(chunk: Uint8Array): DecodedBatch[] {
    if (!this.finished) this.framer.push(chunk);
    return this.library.take();
  }

  finish(): DecodedBatch[] {
    if (!this.finished) {
      this.framer.finish();
      this.endGroup(this.framer.offset);
    }
    this.finished = true;
    return this.library.flush();
  }

  objects(): DecodedObject[] {
    return this.library.takeObjects();
  }

  flush(): { batches: DecodedBatch[]; checkpoint: Checkpoint } {
    const batches = this.library.flush();
    const { header } = this.scanner;
    const state: LlamaState | null = header === undefined ? null : { header, lastTicks: [...this.lastTicks] };
    const { packetId, format } = this;
    const rows = this.library.counted;
    return { batches, checkpoint: { format, byteOffset: this.framer.offset, packetId, rows, state } };
  }

  report(): IntegrityReport {
    return this.integrity.report();
  }

  tables(): readonly TableDescription[] {
    return this.library.describe();
  }

  private event({ view, at, channel, shape }: LlamaScanner, offset: number): boolean {
    if (this.finished) return false;
    const packetId = this.packetId++;
    this.integrity.record('Event');
    if (this.group !== undefined) this.group.seen++;
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
    if (this.library.full || packetId >= (this.options.limits?.packets ?? Infinity)) this.finished = true;
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
    this.endGroup(this.framer.offset);
    this.integrity.record('Group');
    this.group = { id, events, seen: 0 };
  }

  private endGroup(offset: number): void {
    const { group } = this;
    if (group === undefined || group.seen === group.events) return;
    const detail = `${group.seen} events of channel ${group.id} where ${group.events} are announced`;
    this.integrity.odd('frame-size', this.packetId, offset, detail);
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
