import type { BatchSink } from '../../../core/driver.js';
import type { TimeShares } from '../../../core/time-account.js';
import { type RecordTruth, scopeFlags, writeScopeRecord } from '../pico-scope.tables.js';
import type { CaptureTimes } from '../unit/scope-unit.js';
import type { CaptureSetUp } from './capture-set-up.js';

/** Records that were read out of the unit and wait to be handed on. */
export interface ReadBatch {
  readonly count: number;
  /** Time of the last trigger, ns since the run began, and how far it may be off. */
  readonly deviceNs: bigint;
  readonly uncertaintyNs: bigint;
  readonly hostNs: bigint;
  /** Time since the batch before. */
  readonly time: TimeShares;
  /** Of the settings that it was taken with. */
  readonly epoch: number;
  readonly overflow: Int16Array;
  readonly times: CaptureTimes | undefined;
  readonly gap: boolean;
  /** Samples of a channel in a record. */
  samplesOf(record: number, place: number): Int16Array;
  truthOf(record: number): RecordTruth | undefined;
}

/** Hands records on, row by row, as far as there is room. */
export class BatchDelivery {
  private batch: ReadBatch;
  private readonly setUp: CaptureSetUp;
  private readonly runBeginS: number;
  private next = 0;

  constructor(batch: ReadBatch, setUp: CaptureSetUp, runBeginS: number) {
    this.batch = batch;
    this.setUp = setUp;
    this.runBeginS = runBeginS;
  }

  /** Records handed on until now. */
  get done(): number {
    return this.next;
  }

  /** Copies the samples that are still to be handed on: the memory of the unit is about to be used again. */
  detach(): void {
    const { batch, next } = this;
    const places = this.setUp.settings.channels.length;
    const copies = Array.from({ length: (batch.count - next) * places }, (_, index) =>
      batch.samplesOf(next + Math.floor(index / places), index % places).slice(),
    );
    this.batch = { ...batch, samplesOf: (record, place) => copies[(record - next) * places + place]! };
  }

  /** Hands on until all is gone (true), the ring is full, or `limit` records were written. */
  deliver(sink: BatchSink, eventsBefore: bigint, limit: number): boolean {
    const { batch, setUp } = this;
    const { settings, captures, timedOut, triggerLevelV } = setUp;
    const { channels } = settings;
    while (this.next < batch.count && this.next < limit) {
      if (sink.blocked) return false;
      const at = this.next;
      const deviceNs = batch.deviceNs - this.agoNs(at);
      const record = {
        eventNumber: eventsBefore + BigInt(at) + 1n,
        timestamp: this.runBeginS + Number(deviceNs) * 1e-9,
        deviceNs,
        uncertaintyNs: batch.uncertaintyNs,
        hostNs: batch.hostNs,
        time: this.timeOf(at),
        flags:
          (batch.gap && at === 0 ? scopeFlags.gapBefore : 0) |
          (timedOut?.((place) => batch.samplesOf(at, place)) === true ? scopeFlags.timedOut : 0),
        segment: captures > 1 ? at : 0,
        epoch: batch.epoch,
        triggerLevelV,
        triggerOffsetNs: batch.times?.offsetNs[at] ?? 0,
        t0Ns: batch.times?.sampleNs?.[0] ?? -setUp.preSamples * setUp.intervalNs,
        dtNs: setUp.intervalNs,
        sampleNs: batch.times?.sampleNs,
        truth: batch.truthOf(at),
      };
      channels.forEach(({ index }, place) => {
        const clipped = ((batch.overflow[at] ?? 0) >> index) & scopeFlags.saturated;
        const flags = record.flags | clipped;
        writeScopeRecord(sink.writer(place), index, { ...record, flags }, batch.samplesOf(at, place));
      });
      this.next += 1;
    }
    return true;
  }

  /** The share of a record in the time of its batch. */
  private timeOf(at: number): TimeShares {
    const { time, count } = this.batch;
    const share = (ns: bigint): bigint =>
      (ns * BigInt(at + 1)) / BigInt(count) - (ns * BigInt(at)) / BigInt(count);
    return { liveNs: share(time.liveNs), deadNs: share(time.deadNs), bufferNs: share(time.bufferNs) };
  }

  /** How long before the last trigger of the batch a trigger came: counted by the unit, or spread evenly. */
  private agoNs(at: number): bigint {
    const { times, count } = this.batch;
    if (times?.ticks !== undefined) {
      const ticks = times.ticks[count - 1]! - times.ticks[at]!;
      return BigInt(Math.round(Number(ticks) * this.setUp.intervalNs));
    }
    if (count < 2) return 0n;
    return (2n * this.batch.uncertaintyNs * BigInt(count - 1 - at)) / BigInt(count - 1);
  }
}
