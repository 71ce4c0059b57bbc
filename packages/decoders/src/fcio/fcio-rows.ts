import type { IntegrityCollector } from '../core/integrity.js';
import type { Cell, TableBuffer } from '../core/table-buffer.js';
import type { TableLibrary, TableRequest } from '../core/table-library.js';
import { boardOf, type FcioConfig, fcidOf, inputOf, rawIdOf, traceCount } from './fcio-config.js';
import { addressCells, baselineOf, type EventHead, energyOf } from './fcio-event.js';
import { FcEventWriter } from './fcio-event-writer.js';
import type { FcioNaming } from './fcio-naming.js';
import { tags, traceHeaderWords } from './fcio-protocol.js';
import type { FrameSource } from './fcio-scanner.js';
import { cardCount, cardId, statusCells } from './fcio-status.js';
import {
  fcConfigSchema,
  fcEventHeaderSchema,
  fcEventSchema,
  fcRecEventSchema,
  fcStatusSchema,
} from './fcio-tables.js';
import { type FspTag, fspKey, fspSchema } from './fsp-records.js';
import type { LiveTime } from './live-time.js';

interface TraceTarget {
  readonly key: number;
  readonly writer: FcEventWriter | undefined;
}

/** Turns records under one configuration into rows. */
export class FcioRows {
  private targets: TraceTarget[] | undefined;
  private readonly tables = new Map<string, TableBuffer | undefined>();

  constructor(
    readonly config: FcioConfig,
    readonly live: LiveTime,
    private readonly library: TableLibrary,
    private readonly integrity: IntegrityCollector,
    private readonly options: {
      readonly wideStatusTime?: boolean;
      readonly exactTimes?: boolean;
      readonly naming: FcioNaming;
    },
  ) {}

  /** A row with the configuration itself. */
  configuration(packetId: number): void {
    const { config } = this;
    const table = this.named(tags.config, `fcid_${fcidOf(config)}/config`, fcConfigSchema);
    table?.append({
      packet_id: packetId,
      nsamples: config.eventSamples,
      nadcs: config.adcs,
      ntriggers: config.triggers,
      streamid: config.streamId,
      adcbits: config.adcBits,
      sumlength: config.sumLength,
      blprecision: config.blPrecision,
      mastercards: config.masterCards,
      triggercards: config.triggerCards,
      adccards: config.adcCards,
      gps: config.gps,
      tracemap: config.traceMap,
    });
  }

  /** A row per card. */
  status(record: FrameSource, packetId: number): void {
    const wide = this.options.wideStatusTime ?? false;
    const cards = cardCount(record);
    for (let index = 0; index < cards; index++) {
      const key = `fcid_${fcidOf(this.config)}/status/card${cardId(record, index)}`;
      const table = this.named(tags.status, key, (path) => fcStatusSchema(path, wide));
      if (!this.library.admit(table, this.decoder(tags.status), key)) continue;
      table.append(statusCells(record, packetId, index, wide));
    }
  }

  /** A row of the software trigger processor, whose record came before one of tag `follower`. */
  prefixed(tag: FspTag, follower: number, cells: Readonly<Record<string, Cell>>, packetId: number): void {
    const key = fspKey(tag, follower, fcidOf(this.config));
    const table = this.named(tag, key, (path) => fspSchema(tag, path), follower);
    const row = { ...cells, packet_id: packetId };
    if (tag === tags.fspConfig) table?.append(row);
    else if (this.library.admit(table, this.options.naming.decoder(tag, follower), key)) table.append(row);
  }

  /** Rows of an event record of any kind; the head is read and the live time brought up to it. */
  event(record: FrameSource, head: EventHead, packetId: number, offset: number): void {
    if (record.tag === tags.eventHeader) this.header(record, head, packetId);
    else if (record.tag === tags.recEvent) this.pulses(record, head, packetId);
    else this.traces(record, head, packetId, offset);
  }

  private traces(record: FrameSource, head: EventHead, packetId: number, offset: number): void {
    const targets = (this.targets ??= this.route());
    const sparse = record.tag === tags.sparseEvent;
    const decoder = this.decoder(record.tag);
    const count = sparse
      ? Math.max(0, Math.min(record.int32(5), record.frameCount - 7))
      : traceCount(this.config);
    const width = 2 * (this.config.eventSamples + traceHeaderWords);
    head.setInts(count);
    const seconds = head.timestampS(this.config.gps);
    if (!sparse) this.checkFrame(record, 4, count * width, packetId, offset);
    for (let i = 0; i < count; i++) {
      const trace = sparse ? record.uint16(6, i) : i;
      const target = targets[trace];
      if (target === undefined) {
        const detail = `trace ${trace} of ${targets.length} in the trace list`;
        this.integrity.odd('unknown-trace', packetId, offset, detail);
        continue;
      }
      const frame = sparse ? 7 + i : 4;
      const skip = sparse ? 0 : i * width;
      const length = Math.min(width, Math.max(0, record.frameLength(frame) - skip));
      if (sparse) this.checkFrame(record, frame, width, packetId, offset);
      const { writer, key } = target;
      if (!this.library.admit(writer, decoder, key, seconds)) continue;
      const at = record.frameStart(frame) + skip;
      writer.add(head, packetId, trace, this.live, { bytes: record.bytes, start: at, length });
    }
  }

  private checkFrame(
    record: FrameSource,
    frame: number,
    bytes: number,
    packetId: number,
    offset: number,
  ): void {
    if (record.frameLength(frame) === bytes) return;
    const detail = `frame ${frame} has ${record.frameLength(frame)} bytes instead of ${bytes}`;
    this.integrity.odd('frame-size', packetId, offset, detail);
  }

  private header(record: FrameSource, head: EventHead, packetId: number): void {
    const { config, live } = this;
    const key = `fcid_${fcidOf(config)}/evt_hdr`;
    const table = this.named(tags.eventHeader, key, (path) => fcEventHeaderSchema(path, this.exact));
    const seconds = head.timestampS(config.gps);
    if (!this.library.admit(table, this.decoder(tags.eventHeader), key, seconds)) return;
    const all = Array.from({ length: record.frameLength(5) >> 1 }, (_, i) => record.uint16(5, i));
    const known = all.map((trace, i) => ({ trace, i })).filter(({ trace }) => trace < traceCount(config));
    const word = (i: number, half: number): number => record.uint16(6, 2 * i + half);
    const runtimes = known.map(({ trace }) => live.runtimeNs(trace));
    const dead = known.map(({ trace }) => live.deadtimeNs(trace));
    table.append({
      ...head.cells(packetId, config, all.length),
      tracelist: known.map(({ trace }) => trace),
      board_id: known.map(({ trace }) => boardOf(config, trace)),
      fc_input: known.map(({ trace }) => inputOf(config, trace)),
      runtime: runtimes.map((ns) => ns / 1e9),
      lifetime: runtimes.map((ns, i) => (ns - dead[i]!) / 1e9),
      deadtime: dead.map((ns) => ns / 1e9),
      deadinterval_nsec: known.map(({ trace }) => live.takeDeadInterval(trace)),
      baseline: known.map(({ i }) => baselineOf(config, word(i, 0))),
      daqenergy: known.map(({ i }) => energyOf(config, word(i, 0), word(i, 1))),
    });
  }

  private pulses(record: FrameSource, head: EventHead, packetId: number): void {
    const { config } = this;
    const cells = head.cells(packetId, config, config.adcs);
    const seconds = head.timestampS(config.gps);
    const total = Math.max(0, Math.min(record.int32(5), record.frameLength(7) >> 2));
    for (let trace = 0, pulse = 0; trace < config.adcs; trace++) {
      const key = rawIdOf(config, trace);
      const table = this.named(tags.recEvent, key, (path) => fcRecEventSchema(path, this.exact));
      const end = Math.min(total, pulse + Math.max(0, record.int32(6, trace)));
      for (; pulse < end; pulse++) {
        if (!this.library.admit(table, this.decoder(tags.recEvent), key, seconds)) continue;
        const [flags, amplitude, time] = [
          record.int32(7, pulse),
          record.float32(8, pulse),
          record.float32(9, pulse),
        ];
        table.append({ ...cells, ...addressCells(config, trace), flags, amplitude, time });
      }
    }
  }

  private get exact(): boolean {
    return this.options.exactTimes ?? false;
  }

  /** Tables of all traces; made with the first event, when all keys are known. */
  private route(): TraceTarget[] {
    const { config } = this;
    const keys = Array.from({ length: traceCount(config) }, (_, trace) => rawIdOf(config, trace));
    const shares = new Map<string, number>();
    const requests = keys.map((key) => ({
      decoder: this.decoder(tags.event),
      key,
      ...this.list(tags.event),
      schema: (path: string) => fcEventSchema(path, config.eventSamples, this.exact),
    }));
    for (const request of requests) {
      const place = this.library.place(request);
      if (place !== undefined) shares.set(place, (shares.get(place) ?? 0) + 1);
    }
    const writers = new Map<TableBuffer, FcEventWriter>();
    return requests.map((request) => {
      const rowsPerRecord = shares.get(this.library.place(request) ?? '') ?? 1;
      const buffer = this.library.table({ ...request, rowsPerRecord, siblings: shares.size });
      if (buffer === undefined) return { key: request.key, writer: undefined };
      const writer = writers.get(buffer) ?? new FcEventWriter(buffer, config, this.exact);
      writers.set(buffer, writer);
      return { key: request.key, writer };
    });
  }

  private named(
    tag: number,
    key: string | number,
    schema: (path: string) => ReturnType<typeof fcConfigSchema>,
    follower?: number,
  ): TableBuffer | undefined {
    const decoder = this.options.naming.decoder(tag, follower);
    const id = `${decoder}\n${key}`;
    if (!this.tables.has(id)) {
      this.tables.set(id, this.library.table({ decoder, key, schema, ...this.list(tag, follower) }));
    }
    return this.tables.get(id);
  }

  private decoder(tag: number): string {
    return this.options.naming.decoder(tag);
  }

  private list(tag: number, follower?: number): Pick<TableRequest, 'list'> {
    const list = this.options.naming.list(tag, follower);
    return list === undefined ? {} : { list };
  }
}
