import { boardOf, type FcioConfig, fcidOf, inputOf } from './fcio-config.js';
import { smallArray, tags, tickNs } from './fcio-protocol.js';
import type { FrameSource } from './fcio-scanner.js';
import { eventIntColumns } from './fcio-tables.js';
import type { DeadRegion } from './live-time.js';

/** What is remembered between events: the arrays keep the values that a shorter record leaves out. */
export interface EventHeadState {
  readonly timeoffset: readonly number[];
  readonly timestamp: readonly number[];
  readonly deadregion: readonly number[];
}

/**
 * What the event records (Event, SparseEvent, EventHeader, RecEvent) have in common: type, clock readings, dead
 * region. One object is filled again for every record.
 */
export class EventHead {
  type = 0;
  readonly timeoffset: Int32Array;
  readonly timestamp: Int32Array;
  readonly deadregion: Int32Array;
  /** Values of the int32 columns, in the order of eventIntColumns. */
  readonly ints = new Int32Array(eventIntColumns.length);

  constructor(state?: EventHeadState) {
    this.timeoffset = restore(state?.timeoffset);
    this.timestamp = restore(state?.timestamp);
    this.deadregion = restore(state?.deadregion);
  }

  /** Reads the head of a record. In Event records the dead region is the sixth frame and concerns all ADC channels. */
  read(record: FrameSource, config: FcioConfig): void {
    const full = record.tag === tags.event;
    const region = full ? 5 : 4;
    this.type = record.int32(0);
    fill(this.timeoffset, record, 2);
    fill(this.timestamp, record, 3);
    const given = fill(this.deadregion, record, region);
    if (full || given < 7) {
      this.deadregion[5] = 0;
      this.deadregion[6] = config.adcs;
    }
  }

  /** Sets the int32 columns. */
  setInts(traces: number): void {
    const { timestamp: ts, timeoffset: to, deadregion: dr, ints } = this;
    ints[0] = ts[0]!;
    ints[1] = this.type;
    ints[2] = traces;
    for (let i = 0; i < 3; i++) ints[3 + i] = ts[1 + i]!;
    for (let i = 0; i < 7; i++) ints[6 + i] = to[i]!;
    for (let i = 0; i < 5; i++) ints[13 + i] = dr[i]!;
  }

  get eventNumber(): number {
    return this.timestamp[0]!;
  }

  get pps(): number {
    return this.timestamp[1]!;
  }

  get ticks(): number {
    return this.timestamp[2]!;
  }

  /** The dead region in the form of the live-time bookkeeping. */
  get region(): DeadRegion {
    const [startPps, startTicks, stopPps, stopTicks, , firstChannel, channels] = this
      .deadregion as unknown as [number, number, number, number, number, number, number];
    return { startPps, startTicks, stopPps, stopTicks, firstChannel, channels };
  }

  /** Whole seconds of the unix time; the rest is restNs. */
  seconds(gps: number): number {
    return this.pps + (gps !== 0 ? this.timeoffset[2]! : this.timeoffset[0]!);
  }

  /** Unix time beyond the whole seconds, ns (may exceed a second). */
  restNs(gps: number): number {
    return this.ticks * tickNs + (gps !== 0 ? 0 : this.timeoffset[1]! * 1000);
  }

  /** Unix time, s: the float64 nearest to the exact quotient of the ns by 1e9 (the fraction is added last). */
  timestampS(gps: number): number {
    const rest = this.restNs(gps);
    const carried = Math.floor(rest / 1e9);
    return this.seconds(gps) + carried + (rest - carried * 1e9) / 1e9;
  }

  /** Unix time, ns, exact. */
  timestampNs(gps: number): bigint {
    return BigInt(this.seconds(gps)) * 1_000_000_000n + BigInt(this.restNs(gps));
  }

  /** What must be kept to go on later. */
  state(): EventHeadState {
    return {
      timeoffset: [...this.timeoffset],
      timestamp: [...this.timestamp],
      deadregion: [...this.deadregion],
    };
  }

  /** The columns of an event as cells by name. */
  cells(packetId: number, config: FcioConfig, traces: number): Record<string, number | bigint> {
    this.setInts(traces);
    const cells: Record<string, number | bigint> = {
      packet_id: packetId,
      fcid: fcidOf(config),
      timestamp: this.timestampS(config.gps),
      timestamp_ns: this.timestampNs(config.gps),
      dr_ch_idx: this.deadregion[5]!,
      dr_ch_len: this.deadregion[6]!,
    };
    eventIntColumns.forEach((name, index) => {
      cells[name] = this.ints[index]!;
    });
    return cells;
  }
}

/** Baseline of a trace from its first word. */
export function baselineOf(config: FcioConfig, word0: number): number {
  return config.blPrecision > 0 ? Math.floor(word0 / config.blPrecision) : word0;
}

/**
 * Energy of a trace from its two words. 16-bit ADCs: the second word. 12-bit ADCs: sumLength / blPrecision times
 * the difference of the words (in 16 bits), cut to 16 bits.
 */
export function energyOf(config: FcioConfig, word0: number, word1: number): number {
  if (config.adcBits !== 12) return word1;
  const scale = config.blPrecision > 0 ? config.sumLength / config.blPrecision : config.sumLength;
  return Math.trunc(scale * ((word1 - word0) & 0xffff)) & 0xffff;
}

/** Address columns of a trace. */
export function addressCells(config: FcioConfig, trace: number): Record<string, number> {
  return { board_id: boardOf(config, trace), fc_input: inputOf(config, trace), channel: trace };
}

function fill(target: Int32Array, record: FrameSource, frame: number): number {
  const given = Math.min(smallArray, record.frameLength(frame) >> 2);
  for (let i = 0; i < given; i++) target[i] = record.int32(frame, i);
  return given;
}

function restore(values: readonly number[] | undefined): Int32Array {
  return Int32Array.from({ length: smallArray }, (_, i) => values?.[i] ?? 0);
}
