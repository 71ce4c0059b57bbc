/** Bytes that could not be decoded. */
export interface GarbageRange {
  /** Offset of the first byte in the input. */
  readonly offset: number;
  readonly length: number;
  readonly reason: string;
}

/** A record that was decoded although something in it is odd. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly packetId: number;
  /** Offset of the record in the input. */
  readonly offset: number;
  readonly detail: string;
}

/** Kinds of anomaly. */
export type AnomalyKind =
  | 'event-number-gap'
  | 'time-backwards'
  | 'frame-size'
  | 'unknown-trace'
  | 'no-configuration'
  | 'bad-configuration'
  | 'sample-count'
  | 'address-mismatch'
  | 'clock-drift'
  | 'layout'
  | 'no-start-time';

/** What was found in an input. Lists are cut at `listLimit` entries; the counts go on. */
export interface IntegrityReport {
  readonly format: string;
  /** Bytes seen so far. */
  readonly bytes: number;
  /** Records by type, unknown types as `unknown:<tag>`. */
  readonly records: Readonly<Record<string, number>>;
  /** Rows of finished batches. */
  readonly rows: number;
  /** Rows that no group of the output specification asks for, by decoder. */
  readonly unrequested: Readonly<Record<string, number>>;
  /** Keys of these rows, by decoder. */
  readonly unrequestedKeys: Readonly<Record<string, readonly (number | string)[]>>;
  readonly garbageBytes: number;
  readonly garbageCount: number;
  readonly garbage: readonly GarbageRange[];
  /** An incomplete last record or stray bytes at the end; null when the input ends with a complete record. */
  readonly truncatedEnd: { readonly offset: number; readonly length: number } | null;
  readonly anomalyCounts: Readonly<Partial<Record<AnomalyKind, number>>>;
  readonly anomalies: readonly Anomaly[];
  /** True when nothing at all is wrong. */
  readonly clean: boolean;
}

/** A report and what else must be remembered to go on with it; plain JSON. */
export interface IntegrityState {
  readonly report: IntegrityReport;
  /** Names of oddities that are told once. */
  readonly told: readonly string[];
}

/** Most entries of each list of a report. */
export const listLimit = 1000;

/** Most different record types that a report counts one by one; further ones are counted as `unknown:other`. */
const typeLimit = 64;

/** Most names of oddities that are told once; beyond them nothing more is told. */
const toldLimit = 10_000;

/** Collects the facts of a report while an input is decoded. */
export class IntegrityCollector {
  bytes = 0;
  rows = 0;
  private readonly records = new Map<string, number>();
  private readonly unrequested = new Map<string, number>();
  private readonly unrequestedKeys = new Map<string, Set<number | string>>();
  private readonly garbage: GarbageRange[] = [];
  private garbageCount = 0;
  private garbageBytes = 0;
  private readonly anomalies: Anomaly[] = [];
  private readonly anomalyCounts = new Map<AnomalyKind, number>();
  private readonly told = new Set<string>();
  private end: { offset: number; length: number } | null = null;

  /** @param state of a collector that this one goes on for */
  constructor(
    private readonly format: string,
    state?: IntegrityState,
  ) {
    if (state === undefined) return;
    const { report } = state;
    this.bytes = report.bytes;
    this.rows = report.rows;
    this.garbageCount = report.garbageCount;
    this.garbageBytes = report.garbageBytes;
    this.garbage.push(...report.garbage);
    this.anomalies.push(...report.anomalies);
    fill(this.records, report.records);
    fill(this.unrequested, report.unrequested);
    fill(this.anomalyCounts, report.anomalyCounts as Readonly<Record<AnomalyKind, number>>);
    for (const [decoder, keys] of Object.entries(report.unrequestedKeys))
      this.unrequestedKeys.set(decoder, new Set(keys));
    for (const name of state.told) this.told.add(name);
  }

  /** Counts one record of a type. */
  record(type: string): void {
    const name = this.records.has(type) || this.records.size < typeLimit ? type : 'unknown:other';
    this.records.set(name, (this.records.get(name) ?? 0) + 1);
  }

  /** Counts a row of a decoder's key that nobody asks for. */
  notAsked(decoder: string, key: number | string): void {
    this.unrequested.set(decoder, (this.unrequested.get(decoder) ?? 0) + 1);
    const keys = this.unrequestedKeys.get(decoder) ?? new Set();
    this.unrequestedKeys.set(decoder, keys);
    if (keys.size < listLimit) keys.add(key);
  }

  /** Notes a range that could not be decoded; a range of no length is left out. */
  skipped(offset: number, length: number, reason: string): void {
    if (length <= 0) return;
    this.garbageCount++;
    this.garbageBytes += length;
    if (this.garbage.length < listLimit) this.garbage.push({ offset, length, reason });
  }

  /** Notes something odd. */
  odd(kind: AnomalyKind, packetId: number, offset: number, detail: string): void {
    this.anomalyCounts.set(kind, (this.anomalyCounts.get(kind) ?? 0) + 1);
    if (this.anomalies.length < listLimit) this.anomalies.push({ kind, packetId, offset, detail });
  }

  /** Notes something odd unless it has been noted under this name before. */
  oddOnce(name: string, kind: AnomalyKind, packetId: number, offset: number, detail: string): void {
    if (this.told.has(name) || this.told.size >= toldLimit) return;
    this.told.add(name);
    this.odd(kind, packetId, offset, detail);
  }

  /** What must be kept to go on behind the first `bytes` bytes of the input. */
  state(bytes: number): IntegrityState {
    return { report: { ...this.report(), bytes }, told: [...this.told] };
  }

  /** Notes that the input ends inside a record. */
  truncated(offset: number, length: number): void {
    if (length > 0) this.end = { offset, length };
  }

  /** The facts so far. */
  report(): IntegrityReport {
    return {
      format: this.format,
      bytes: this.bytes,
      records: Object.fromEntries(this.records),
      rows: this.rows,
      unrequested: Object.fromEntries(this.unrequested),
      unrequestedKeys: Object.fromEntries(
        [...this.unrequestedKeys].map(([decoder, keys]) => [decoder, [...keys]]),
      ),
      garbageBytes: this.garbageBytes,
      garbageCount: this.garbageCount,
      garbage: [...this.garbage],
      truncatedEnd: this.end,
      anomalyCounts: Object.fromEntries(this.anomalyCounts),
      anomalies: [...this.anomalies],
      clean: this.garbageCount === 0 && this.end === null && this.anomalyCounts.size === 0,
    };
  }
}

function fill<K extends string, V>(map: Map<K, V>, entries: Readonly<Record<K, V>>): void {
  for (const [name, value] of Object.entries(entries)) map.set(name as K, value as V);
}
