import type {
  AcquireResult,
  BatchSink,
  DisarmReason,
  Driver,
  DriverCounters,
  Prepared,
} from '../core/driver.js';
import type { SignalValue } from '../core/signal.js';
import { emptyTimeAccount } from '../core/time-account.js';
import { sampleSchema } from './sample-batches.js';

/** A driver that does what a test says and keeps a list of what was asked of it. */
export class ScriptedDriver implements Driver {
  readonly calls: string[] = [];
  /** Rows written so far. */
  rows = 0;
  /** Rows still in the device when it is disarmed for stopping. */
  leftOver = 0;
  /** What one acquisition cycle does while armed; by default writes a row. */
  onAcquire: ((sink: BatchSink) => AcquireResult) | undefined;
  /** What it says that it waits for. */
  waitsFor: string | undefined;
  private stopping = false;

  prepare(): Promise<Prepared> {
    this.calls.push('prepare');
    this.stopping = false;
    return Promise.resolve({ tables: [sampleSchema], channels: [], device: { model: 'scripted' } });
  }

  arm(): Promise<void> {
    this.calls.push('arm');
    return Promise.resolve();
  }

  acquire(sink: BatchSink): Promise<AcquireResult> {
    if (this.stopping) {
      while (this.leftOver > 0) {
        if (sink.blocked) return Promise.resolve({ kind: 'more' });
        this.write(sink);
        this.leftOver -= 1;
      }
      return Promise.resolve({ kind: 'drained' });
    }
    if (this.onAcquire !== undefined) return Promise.resolve(this.onAcquire(sink));
    if (!sink.blocked) this.write(sink);
    return Promise.resolve({ kind: 'more' });
  }

  /** Writes the next row. */
  write(sink: BatchSink): void {
    const writer = sink.writer(0);
    writer.columns[0]!.data[writer.rows] = BigInt(this.rows);
    writer.setVector(3, [this.rows % 256]);
    writer.advance();
    this.rows += 1;
  }

  disarm(reason: DisarmReason): Promise<void> {
    this.calls.push(`disarm ${reason}`);
    if (reason === 'stopping') this.stopping = true;
    return Promise.resolve();
  }

  counters(): DriverCounters {
    const rows = BigInt(this.rows);
    return { triggers: rows, recorded: rows, dropped: 0n, time: emptyTimeAccount, tables: [] };
  }

  waitsBecause(): string | undefined {
    return this.waitsFor;
  }

  readSignal(): Promise<SignalValue | null> {
    return Promise.resolve(null);
  }

  writeSignal(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.calls.push('close');
    return Promise.resolve();
  }
}
