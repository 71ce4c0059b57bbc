import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  DecodeOptions,
  StreamDecoder,
  TableDescription,
} from '../core/decoder.js';
import { DecodeError } from '../core/errors.js';
import { GarbageTable } from '../core/garbage.js';
import { IntegrityCollector, type IntegrityReport } from '../core/integrity.js';
import type { Cell } from '../core/table-buffer.js';
import { TableLibrary } from '../core/table-library.js';
import { type FcioConfig, readConfig } from './fcio-config.js';
import { EventHead, type EventHeadState } from './fcio-event.js';
import { FcioFramer } from './fcio-framer.js';
import { recordNames, tags } from './fcio-protocol.js';
import { FcioRows } from './fcio-rows.js';
import { type FrameSource, faults } from './fcio-scanner.js';
import { type FspTag, fspCells, isFspTag } from './fsp-records.js';
import { LiveTime, type LiveTimeState } from './live-time.js';

/** Options of this format besides the general ones. */
export interface FcioOptions extends DecodeOptions {
  /**
   * `fpga_time_nsec` of FCStatus as uint64. The default is the layout of existing raw files: uint32, which wraps
   * around every 4.29 s.
   */
  readonly wideStatusTime?: boolean;
}

/** Names of the decoders of this format. */
export const fcioDecoders: readonly string[] = [
  'FCConfigDecoder',
  'FCEventDecoder',
  'FCEventHeaderDecoder',
  'FCGarbageDecoder',
  'FCRecEventDecoder',
  'FCStatusDecoder',
  'FSPConfigDecoder',
  'FSPEventDecoder',
  'FSPStatusDecoder',
];

interface FcioState {
  readonly config: FcioConfig;
  readonly head: EventHeadState;
  readonly live: LiveTimeState;
  readonly lastEvent: { readonly number: number; readonly seconds: number; readonly restNs: number } | null;
}

/** Decodes a FlashCam stream. Records before a configuration are counted but give no rows. */
export class FcioDecoder implements StreamDecoder {
  readonly format = 'fcio';
  private readonly integrity = new IntegrityCollector('fcio');
  private readonly library: TableLibrary;
  private readonly framer: FcioFramer;
  private rows: FcioRows | undefined;
  private head: EventHead;
  /** Record of the software trigger processor: it belongs to the next record, whatever that is. */
  private prefix:
    | { readonly tag: FspTag; readonly offset: number; readonly cells: Record<string, Cell> }
    | undefined;
  private packetId: number;
  private lastEvent: { number: number; seconds: number; restNs: number } | null = null;
  private finished = false;

  constructor(private readonly options: FcioOptions = {}) {
    const { resume } = options;
    if (resume !== undefined && resume.format !== this.format) {
      throw new DecodeError(
        'resume',
        `the checkpoint is of format ${resume.format}`,
        'take one of an fcio input',
      );
    }
    this.library = new TableLibrary(options, this.integrity, fcioDecoders);
    const garbage = new GarbageTable(this.library, 'FCGarbageDecoder', Object.values(faults));
    this.framer = new FcioFramer(this.integrity, (record, at) => this.record(record, at), {
      offset: resume?.byteOffset ?? 0,
      ...(options.keepGarbage === true
        ? { onGarbage: (bytes, at, reason) => garbage.keep(bytes, at, reason, this.packetId) }
        : {}),
    });
    this.packetId = resume?.packetId ?? 0;
    const state = resume?.state as FcioState | null | undefined;
    this.head = new EventHead(state?.head);
    if (state) {
      this.open(state.config, state.live);
      this.lastEvent = state.lastEvent;
    }
    if (this.atLimit()) this.finished = true;
  }

  get done(): boolean {
    return this.finished;
  }

  push(chunk: Uint8Array): DecodedBatch[] {
    if (!this.finished) this.framer.push(chunk);
    return this.library.take();
  }

  finish(): DecodedBatch[] {
    if (!this.finished) this.framer.finish();
    this.finished = true;
    return this.library.flush();
  }

  objects(): DecodedObject[] {
    return this.library.takeObjects();
  }

  flush(): { batches: DecodedBatch[]; checkpoint: Checkpoint } {
    const batches = this.library.flush();
    const state: FcioState | null =
      this.rows === undefined
        ? null
        : {
            config: this.rows.config,
            head: this.head.state(),
            live: this.rows.live.state(),
            lastEvent: this.lastEvent,
          };
    const checkpoint = {
      format: this.format,
      byteOffset: this.prefix?.offset ?? this.framer.offset,
      packetId: this.packetId,
      rows: this.library.counted,
      state,
    };
    return { batches, checkpoint };
  }

  report(): IntegrityReport {
    return this.integrity.report();
  }

  tables(): readonly TableDescription[] {
    return this.library.describe();
  }

  private record(record: FrameSource, offset: number): boolean {
    const { tag } = record;
    this.integrity.record(recordNames[tag] ?? `unknown:${tag}`);
    if (recordNames[tag] === undefined) return true;
    const packetId = this.packetId;
    if (isFspTag(tag)) {
      this.prefix = { tag, offset, cells: fspCells(record, tag) };
      return true;
    }
    this.packetId++;
    if (tag === tags.config) {
      const config = readConfig(record);
      if (typeof config === 'string') this.integrity.odd('bad-configuration', packetId, offset, config);
      else this.open(config).configuration(packetId);
    } else if (this.rows === undefined) {
      this.integrity.odd('no-configuration', packetId, offset, 'record before any configuration');
    } else {
      this.decode(this.rows, record, packetId, offset);
    }
    if (this.prefix !== undefined) this.rows?.prefixed(this.prefix.tag, tag, this.prefix.cells, packetId);
    this.prefix = undefined;
    if (this.atLimit()) this.finished = true;
    return !this.finished;
  }

  private decode(rows: FcioRows, record: FrameSource, packetId: number, offset: number): void {
    const { tag } = record;
    if (tag === tags.status) rows.status(record, packetId);
    if (tag !== tags.event && tag !== tags.sparseEvent && tag !== tags.eventHeader && tag !== tags.recEvent)
      return;
    this.head.read(record, rows.config);
    this.check(rows.config, packetId, offset);
    rows.live.event(this.head.pps, this.head.ticks, this.head.type, this.head.region);
    rows.event(record, this.head, packetId, offset);
  }

  private open(config: FcioConfig, live?: LiveTimeState): FcioRows {
    this.framer.scanner.configure(config);
    const traces = config.adcs + config.triggers;
    this.rows = new FcioRows(config, new LiveTime(traces, live), this.library, this.integrity, this.options);
    this.lastEvent = null;
    return this.rows;
  }

  /** Notes gaps in the event number and times that run backwards. */
  private check({ gps }: FcioConfig, packetId: number, offset: number): void {
    const { head, lastEvent: last } = this;
    const now = { number: head.eventNumber, seconds: head.seconds(gps), restNs: head.restNs(gps) };
    if (last !== null) {
      if (now.number !== ((last.number + 1) | 0)) {
        const detail = `event ${now.number} follows event ${last.number}`;
        this.integrity.odd('event-number-gap', packetId, offset, detail);
      }
      const step = (now.seconds - last.seconds) * 1e9 + (now.restNs - last.restNs);
      if (step < 0)
        this.integrity.odd('time-backwards', packetId, offset, `${-step} ns before the previous event`);
    }
    this.lastEvent = now;
  }

  private atLimit(): boolean {
    return this.library.full || this.packetId - 1 >= (this.options.limits?.packets ?? Infinity);
  }
}
