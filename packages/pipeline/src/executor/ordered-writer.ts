import type { Table } from '@countroom/records';

/** Takes a result when its turn has come. */
export type Write = (result: Table) => Promise<void>;

/**
 * Writes results in the order in which they were asked for, whichever is there first, and counts those that are still to be
 * written. The first failure is kept and thrown by every later call.
 */
export class OrderedWriter {
  private tail: Promise<void> = Promise.resolve();
  private failure: { readonly cause: unknown } | undefined;
  private waiting = 0;
  private watchers: (() => void)[] = [];

  /** Takes a result that is on its way. */
  add(result: Promise<Table>, write: Write): void {
    this.waiting += 1;
    // A failure is told when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    this.tail = this.tail.then(async () => {
      try {
        if (this.failure === undefined) await write(await result);
        else await result.catch(() => undefined);
      } catch (cause) {
        this.failure ??= { cause };
      }
      this.waiting -= 1;
      for (const watch of this.watchers.splice(0)) watch();
    });
  }

  /** Resolves when fewer than `most` results are to be written. */
  async room(most: number): Promise<void> {
    while (this.waiting >= most && this.failure === undefined)
      await new Promise<void>((resolve) => this.watchers.push(resolve));
    this.check();
  }

  /** Resolves when everything is written. */
  async drain(): Promise<void> {
    await this.tail;
    this.check();
  }

  /** Resolves when nothing is under way any more, whatever became of it. */
  async settled(): Promise<void> {
    this.failure ??= { cause: new Error('the run has ended') };
    await this.tail;
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure.cause;
  }
}
