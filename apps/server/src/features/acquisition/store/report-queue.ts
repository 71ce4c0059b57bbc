import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from '../../../platform/database/database-errors.js';
import type { DatabaseClient } from '../../../platform/database/prisma.service.js';
import { LeaseLostError } from './fenced-writes.repository.js';

export type ReportWrite = (transaction: DatabaseClient) => Promise<void>;

export interface ReportQueueOptions {
  readonly write: (work: ReportWrite) => Promise<void>;
  readonly onLost: (error: LeaseLostError) => void;
  /** A write that can never succeed was left out. */
  readonly onDropped: (what: string, error: unknown) => void;
  /** The database went away, or came back. */
  readonly onReachable: (reachable: boolean) => void;
}

interface Entry {
  readonly what: string;
  readonly work: ReportWrite;
  readonly done: (() => void) | undefined;
}

const retryMs = { first: 100, last: 2000 };
/** A busy database may refuse now what it takes a moment later; what it refuses so often it will never take. */
const mostRefusals = 6;

/** Facts that must reach the database, in order, however long it is away. A run never waits for them. */
export class ReportQueue {
  private readonly entries: Entry[] = [];
  private working: Promise<void> | undefined;
  private readonly stopped = new AbortController();

  constructor(private readonly options: ReportQueueOptions) {}

  get waiting(): number {
    return this.entries.length;
  }

  /** `done` is called once the write is committed. */
  push(what: string, work: ReportWrite, done?: () => void): void {
    if (this.stopped.signal.aborted) return;
    this.entries.push({ what, work, done });
    this.working ??= this.drain();
  }

  /** Resolves when everything pushed so far is written, or false when that took too long. */
  async flush(deadlineMs: number): Promise<boolean> {
    const until = Date.now() + deadlineMs;
    while (this.working !== undefined && Date.now() < until) {
      await Promise.race([this.working, sleep(Math.max(1, until - Date.now()), undefined, { ref: false })]);
    }
    return this.working === undefined;
  }

  /** Gives up what is still waiting. */
  stop(): void {
    this.stopped.abort();
    this.entries.length = 0;
  }

  private async drain(): Promise<void> {
    for (let entry = this.entries[0]; entry !== undefined; entry = this.entries[0]) {
      if (!(await this.writeOne(entry))) break;
      this.entries.shift();
    }
    this.working = undefined;
  }

  private async writeOne(entry: Entry): Promise<boolean> {
    let refusals = 0;
    for (let delay = retryMs.first; !this.stopped.signal.aborted; delay = Math.min(delay * 2, retryMs.last)) {
      try {
        await this.options.write(entry.work);
        if (delay !== retryMs.first) this.options.onReachable(true);
        entry.done?.();
        return true;
      } catch (error) {
        if (error instanceof LeaseLostError) {
          this.stop();
          this.options.onLost(error);
          return false;
        }
        if (isDatabaseAway(error)) {
          if (delay === retryMs.first) this.options.onReachable(false);
        } else if (++refusals === mostRefusals) {
          this.options.onDropped(entry.what, error);
          return true;
        }
        await sleep(delay, undefined, { ref: false });
      }
    }
    return false;
  }
}
