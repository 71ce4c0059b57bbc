import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClockAnchor } from '../clock.js';
import { DriverError } from '../errors.js';
import type { RingRecord } from '../ring/ring-layout.js';
import {
  encodeHeader,
  endSchemaId,
  frameHeaderBytes,
  sealFrame,
  sourceIdOf,
  spoolVersion,
} from './segment-format.js';
import type { SpoolHeader, SpoolOptions } from './spool.api.js';
import type { SpoolFiles } from './spool-files.js';

/** What stays the same in the headers of all segments of a run. */
export type SpoolFacts = Pick<
  SpoolHeader,
  'source' | 'schemas' | 'run' | 'rowsPerEvent' | 'timeInRows' | 'device'
>;

/** Rows, batches and bytes up to some point of a spool. */
export interface SpoolMark {
  readonly rows: bigint;
  readonly batches: bigint;
  readonly bytes: bigint;
}

/** Options with every default filled in. */
export type ResolvedSpoolOptions = Required<SpoolOptions>;

const mebi = 1024 * 1024;

/** Fills in the defaults. Throws DriverError `spool-io` for a name that is no plain file name. */
export function resolveSpoolOptions(options: SpoolOptions): ResolvedSpoolOptions {
  if (!/^[A-Za-z0-9_-]+$/.test(options.name)) {
    throw new DriverError(
      'spool-io',
      options.name,
      `spool name ${options.name} may hold letters, digits, - and _ only`,
    );
  }
  return {
    segmentBytes: 1024 * mebi,
    segmentMs: 600_000,
    syncMs: 200,
    syncBytes: 64 * mebi,
    minFreeBytes: 256 * mebi,
    ...options,
  };
}

/** Final name of a segment; while it is being written `.open` is added. */
export function segmentFile(folder: string, name: string, segment: number): string {
  return join(folder, `${name}.${String(segment).padStart(5, '0')}.spool`);
}

/** Suffix of a segment that is being written. */
export const openSuffix = '.open';

const stagingBytes = mebi;
const nothing: SpoolMark = { rows: 0n, batches: 0n, bytes: 0n };

function plus(mark: SpoolMark, rows: number, batches: number, bytes: number): SpoolMark {
  return {
    rows: mark.rows + BigInt(rows),
    batches: mark.batches + BigInt(batches),
    bytes: mark.bytes + BigInt(bytes),
  };
}

interface OpenSegment {
  readonly descriptor: number;
  readonly file: string;
  readonly number: number;
  readonly openedMs: number;
  bytes: number;
}

/**
 * Writes records as frames into append-only segments. Small frames are gathered in a buffer until `flush`.
 * After a failed write the segment is cut back to its last whole frame and the writer takes nothing more:
 * every later call throws the same DriverError (`spool-full` or `spool-io`).
 */
export class SpoolWriter {
  private readonly facts: SpoolFacts;
  private readonly options: ResolvedSpoolOptions;
  private readonly files: SpoolFiles;
  private readonly sourceId: number;
  private readonly anchor: () => ClockAnchor;
  private readonly anchors: ClockAnchor[] = [];
  private readonly closed: string[] = [];
  private staging = Buffer.allocUnsafeSlow(stagingBytes);
  private staged = 0;
  private stagedMark = nothing;
  private segment: OpenSegment | undefined;
  private nextSequence = 0n;
  private syncing: Promise<void> | undefined;
  private syncStartedMs = performance.now();
  private failure: DriverError | undefined;
  private writtenMark = nothing;
  private durableMark = nothing;

  constructor(facts: SpoolFacts, options: SpoolOptions, files: SpoolFiles, anchor: () => ClockAnchor) {
    this.facts = facts;
    this.options = resolveSpoolOptions(options);
    this.files = files;
    this.anchor = anchor;
    this.sourceId = sourceIdOf(facts.source);
    mkdirSync(this.options.folder, { recursive: true });
    if (this.lowSpace()) throw this.full('before the run');
    this.guarded(() => this.openSegment(0));
  }

  get written(): SpoolMark {
    return this.writtenMark;
  }

  get durable(): SpoolMark {
    return this.durableMark;
  }

  /** Closed segments, oldest first. */
  get closedSegments(): readonly string[] {
    return this.closed;
  }

  /** True when the disk has less free than `minFreeBytes`: end the run while there still is room. */
  lowSpace(): boolean {
    return this.freeBytes() < this.options.minFreeBytes;
  }

  freeBytes(): number {
    return this.files.freeBytes(this.options.folder);
  }

  /** Takes a record; its bytes may be reused afterwards. Records come in sequence without gaps. */
  append(record: RingRecord): void {
    this.refuseAfterFailure();
    if (record.sequence !== this.nextSequence) {
      const { source } = this.facts;
      const message = `batch ${String(record.sequence)} of ${source} came where ${String(this.nextSequence)} was expected`;
      throw new DriverError('spool-io', source, message);
    }
    const bytes = frameHeaderBytes + record.bytes.length;
    if (this.staged + bytes > this.staging.length) this.flush();
    if (bytes > this.staging.length) this.staging = Buffer.allocUnsafeSlow(bytes);
    this.staging.set(record.bytes, this.staged + frameHeaderBytes);
    sealFrame(this.staging, this.staged, {
      payloadBytes: record.bytes.length,
      schemaId: record.schemaId,
      sourceId: this.sourceId,
      sequence: record.sequence,
      rows: record.rows,
    });
    this.staged += bytes;
    this.stagedMark = plus(this.stagedMark, record.rows, 1, bytes);
    this.nextSequence += 1n;
  }

  /** Writes what was gathered. */
  flush(): void {
    this.refuseAfterFailure();
    if (this.staged === 0) return;
    this.guarded(() => this.writeAll(this.staging.subarray(0, this.staged)));
    const { rows, batches, bytes } = this.stagedMark;
    const { writtenMark } = this;
    this.writtenMark = {
      rows: writtenMark.rows + rows,
      batches: writtenMark.batches + batches,
      bytes: writtenMark.bytes + bytes,
    };
    this.stagedMark = nothing;
    this.staged = 0;
  }

  /**
   * Does what time or size ask for: makes data durable, begins the next segment. Call it often. Waits for the
   * disk only when it is more than two sync sizes behind.
   */
  async tend(): Promise<void> {
    this.refuseAfterFailure();
    const { segment, options } = this;
    if (segment === undefined) return;
    const ageMs = performance.now() - segment.openedMs;
    const filled = segment.bytes + this.staged >= options.segmentBytes;
    if (filled || (ageMs >= options.segmentMs && this.nextSequence > 0n)) {
      await this.closeSegment();
      this.guarded(() => this.openSegment(segment.number + 1));
      return;
    }
    const behind = Number(this.writtenMark.bytes - this.durableMark.bytes);
    if (behind === 0) return;
    if (behind >= options.syncBytes || performance.now() - this.syncStartedMs >= options.syncMs)
      void this.sync();
    if (behind >= 2 * options.syncBytes) await this.sync();
    this.refuseAfterFailure();
  }

  /** Writes and syncs everything and closes the last segment. */
  async close(): Promise<void> {
    this.refuseAfterFailure();
    await this.closeSegment();
  }

  private sync(): Promise<void> {
    this.syncing ??= this.startSync().finally(() => {
      this.syncing = undefined;
    });
    return this.syncing;
  }

  private async startSync(): Promise<void> {
    const { segment } = this;
    if (segment === undefined) return;
    this.syncStartedMs = performance.now();
    const mark = this.writtenMark;
    try {
      await this.files.datasync(segment.descriptor);
      this.durableMark = mark;
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  private async closeSegment(): Promise<void> {
    const { segment } = this;
    if (segment === undefined) return;
    this.flush();
    const end = Buffer.alloc(frameHeaderBytes);
    const { sourceId, nextSequence: sequence } = this;
    sealFrame(end, 0, { payloadBytes: 0, schemaId: endSchemaId, sourceId, sequence, rows: 0 });
    this.guarded(() => this.writeAll(end));
    await this.syncing;
    await this.sync();
    this.refuseAfterFailure();
    this.segment = undefined;
    this.guarded(() => {
      this.files.close(segment.descriptor);
      this.files.rename(segment.file + openSuffix, segment.file);
      this.files.syncFolder(this.options.folder);
    });
    this.closed.push(segment.file);
  }

  private openSegment(number: number): void {
    const file = segmentFile(this.options.folder, this.options.name, number);
    this.anchors.push(this.anchor());
    const header = encodeHeader({
      version: spoolVersion,
      endianness: 'little',
      ...this.facts,
      segment: number,
      firstSequence: this.nextSequence,
      anchors: this.anchors,
    });
    const descriptor = this.files.create(file + openSuffix);
    this.segment = { descriptor, file, number, openedMs: performance.now(), bytes: 0 };
    this.writeAll(header);
    this.files.syncFolder(this.options.folder);
  }

  private writeAll(bytes: Uint8Array): void {
    const { segment } = this;
    if (segment === undefined) throw new DriverError('spool-io', this.facts.source, 'the spool is closed');
    for (let at = 0; at < bytes.length; ) at += this.files.write(segment.descriptor, bytes.subarray(at));
    segment.bytes += bytes.length;
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      throw this.fail(thrown);
    }
  }

  /** Keeps the first failure, and cuts off what a failed write left of a frame. */
  private fail(thrown: unknown): DriverError {
    if (this.failure !== undefined) return this.failure;
    const { segment } = this;
    const code = (thrown as NodeJS.ErrnoException).code;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const place = segment?.file ?? this.options.folder;
    this.failure =
      code === 'ENOSPC' || code === 'EDQUOT'
        ? this.full('while writing', thrown)
        : new DriverError('spool-io', place, `cannot write ${place}: ${reason}`, { cause: thrown });
    if (segment !== undefined) {
      try {
        this.files.truncate(segment.descriptor, segment.bytes);
        this.files.close(segment.descriptor);
      } catch {
        // Recovery cuts the torn tail when even this fails.
      }
    }
    this.segment = undefined;
    return this.failure;
  }

  private full(when: string, cause?: unknown): DriverError {
    const { folder } = this.options;
    const free = Math.floor(this.freeBytes() / mebi);
    const message = `the disk of ${folder} is full ${when} (${free} MiB left): free space, then start a new run`;
    return new DriverError('spool-full', folder, message, { cause });
  }

  private refuseAfterFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
