import type { DecodeOptions } from '../core/decoder.js';
import type { IntegrityCollector } from '../core/integrity.js';
import { type Cell, restoredCell, type StoredCell, storedCell } from '../core/table-buffer.js';
import type { TableLibrary } from '../core/table-library.js';
import { type FcioConfig, readConfig } from './fcio-config.js';
import { EventHead, type EventHeadState } from './fcio-event.js';
import { type FcioNaming, plainNaming } from './fcio-naming.js';
import { tags } from './fcio-protocol.js';
import { FcioRows } from './fcio-rows.js';
import type { FcioScanner, FrameSource } from './fcio-scanner.js';
import { type FspTag, fspCells, isFspTag } from './fsp-records.js';
import { LiveTime, type LiveTimeState } from './live-time.js';

/** Options of FCIO streams besides the general ones. */
export interface FcioOptions extends DecodeOptions {
  /**
   * `fpga_time_nsec` of FCStatus as uint64. The default is the layout of existing raw files: uint32, which wraps
   * around every 4.29 s.
   */
  readonly wideStatusTime?: boolean;
}

/** What a session must remember between records; plain JSON. */
export interface FcioSessionState {
  readonly config: FcioConfig | null;
  readonly head: EventHeadState;
  readonly live: LiveTimeState | null;
  readonly lastEvent: { readonly number: number; readonly seconds: number; readonly restNs: number } | null;
  /** A record of the software trigger processor whose partner has not come yet. */
  readonly prefix: { readonly tag: FspTag; readonly cells: Readonly<Record<string, StoredCell>> } | null;
}

/** Where the rows and notes of a session go. */
export interface FcioSink {
  readonly scanner: FcioScanner;
  readonly library: TableLibrary;
  readonly integrity: IntegrityCollector;
  readonly options: FcioOptions;
}

/** Decodes the records of one readout, in order. Records before a configuration give no rows. */
export class FcioSession {
  private rows: FcioRows | undefined;
  private readonly head: EventHead;
  /** Record of the software trigger processor: it belongs to the next record, whatever that is. */
  private prefix: { readonly tag: FspTag; readonly cells: Readonly<Record<string, Cell>> } | undefined;
  private lastEvent: { number: number; seconds: number; restNs: number } | null = null;

  constructor(
    private readonly sink: FcioSink,
    private readonly naming: FcioNaming = plainNaming,
    state?: FcioSessionState | null,
  ) {
    this.head = new EventHead(state?.head);
    if (!state) return;
    const { config, live, lastEvent, prefix } = state;
    if (config !== null) this.open(config, live ?? undefined);
    this.lastEvent = lastEvent;
    if (prefix !== null) this.prefix = { tag: prefix.tag, cells: mapCells(prefix.cells, restoredCell) };
  }

  /** Forgets a record that waits. */
  dropPending(): void {
    this.prefix = undefined;
  }

  /** What must be kept to go on later. */
  state(): FcioSessionState {
    const { rows, head, lastEvent, prefix } = this;
    return {
      config: rows?.config ?? null,
      head: head.state(),
      live: rows?.live.state() ?? null,
      lastEvent,
      prefix: prefix === undefined ? null : { tag: prefix.tag, cells: mapCells(prefix.cells, storedCell) },
    };
  }

  /** Takes a record of a known type. False for one that belongs to the next and shares its number. */
  record(record: FrameSource, packetId: number, offset: number): boolean {
    const { tag } = record;
    const { integrity } = this.sink;
    if (isFspTag(tag)) {
      this.prefix = { tag, cells: fspCells(record, tag) };
      return false;
    }
    if (tag === tags.config) {
      const config = readConfig(record);
      if (typeof config === 'string') integrity.odd('bad-configuration', packetId, offset, config);
      else this.open(config).configuration(packetId);
    } else if (this.rows === undefined) {
      integrity.odd('no-configuration', packetId, offset, 'record before any configuration');
    } else {
      this.decode(this.rows, record, packetId, offset);
    }
    if (this.prefix !== undefined) this.rows?.prefixed(this.prefix.tag, tag, this.prefix.cells, packetId);
    this.prefix = undefined;
    return true;
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
    const { scanner, library, integrity, options } = this.sink;
    scanner.configure(config);
    const traces = config.adcs + config.triggers;
    this.rows = new FcioRows(config, new LiveTime(traces, live), library, integrity, {
      ...options,
      naming: this.naming,
    });
    this.lastEvent = null;
    return this.rows;
  }

  /** Notes gaps in the event number and times that run backwards. */
  private check({ gps }: FcioConfig, packetId: number, offset: number): void {
    const { head, lastEvent: last } = this;
    const { integrity } = this.sink;
    const now = { number: head.eventNumber, seconds: head.seconds(gps), restNs: head.restNs(gps) };
    if (last !== null) {
      if (now.number !== ((last.number + 1) | 0)) {
        const detail = `event ${now.number} follows event ${last.number}`;
        integrity.odd('event-number-gap', packetId, offset, detail);
      }
      const step = (now.seconds - last.seconds) * 1e9 + (now.restNs - last.restNs);
      if (step < 0)
        integrity.odd('time-backwards', packetId, offset, `${-step} ns before the previous event`);
    }
    this.lastEvent = now;
  }
}

function mapCells<A, B>(cells: Readonly<Record<string, A>>, change: (cell: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, change(cell)]));
}
