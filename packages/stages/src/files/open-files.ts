import { stat } from 'node:fs/promises';
import { Lh5Error, type Lh5Reader, lh5Backend } from '@countroom/lh5';
import type { TableReader } from '@countroom/pipeline';
import { lh5TableReader } from './lh5-reader.js';

/** Files that one piece of work holds open at a time; systems allow a process 1024, sometimes 256. */
const mostOpen = 64;

interface Held {
  readonly opened: Promise<{ readonly reader: Lh5Reader; readonly tables: TableReader }>;
  uses: number;
}

/**
 * LH5 files as inputs of table stages, of which only so many are open at a time: the one that was not used for longest is closed
 * for the next, and opened again when it is needed. Work over more files than that waits where all of them are in use.
 */
export class OpenFiles {
  /** The one used last comes last. */
  private readonly held = new Map<string, Held>();
  private readonly waiting: (() => void)[] = [];
  private readonly identities = new Map<string, bigint>();
  private isClosed = false;

  /** @param limits how many files are open at most (64), and how one is opened */
  constructor(
    private readonly limits: {
      readonly most?: number;
      readonly open?: (file: string) => Promise<Lh5Reader>;
    } = {},
  ) {}

  /** Opens a file for the first time. Throws an Lh5Error when that is not possible; so does every use of what it gives. */
  async open(file: string): Promise<TableReader> {
    const using = <T>(work: (tables: TableReader) => Promise<T>): Promise<T> => this.using(file, work);
    await using(() => Promise.resolve());
    return {
      name: file,
      tables: (rows) => using((own) => own.tables(rows)),
      read: (path, rows, columns) => using((own) => own.read(path, rows, columns)),
      pick: (path, rows, columns) => using((own) => own.pick!(path, rows, columns)),
      object: (path) => using((own) => own.object!(path)),
    };
  }

  /** Closes all of them; using one afterwards is an Lh5Error. */
  async close(): Promise<void> {
    this.isClosed = true;
    const left = [...this.held.values()];
    this.held.clear();
    for (const one of left) await closed(one);
    for (const wake of this.waiting.splice(0)) wake();
  }

  private async using<T>(file: string, work: (tables: TableReader) => Promise<T>): Promise<T> {
    const held = await this.take(file);
    try {
      return await work((await held.opened).tables);
    } finally {
      held.uses--;
      if (held.uses === 0) this.waiting.shift()?.();
    }
  }

  private async take(file: string): Promise<Held> {
    for (;;) {
      if (this.isClosed) throw new Lh5Error('closed', 'is closed', { file });
      const there = this.held.get(file);
      if (there !== undefined) {
        this.held.delete(file);
        this.held.set(file, there);
        there.uses++;
        return there;
      }
      if (this.held.size < (this.limits.most ?? mostOpen)) return this.hold(file);
      for (const [other, idle] of this.held) {
        if (idle.uses > 0) continue;
        this.held.delete(other);
        return this.hold(file, idle);
      }
      await new Promise<void>((wake) => this.waiting.push(wake));
    }
  }

  /** Opens a file in the place of another. */
  private hold(file: string, before?: Held): Held {
    const opened = this.opened(file, before);
    const held: Held = { opened, uses: 1 };
    this.held.set(file, held);
    opened.catch(() => {
      if (this.held.get(file) === held) this.held.delete(file);
    });
    return held;
  }

  private async opened(file: string, before: Held | undefined): Held['opened'] {
    if (before !== undefined) await closed(before);
    const identity = await identityOf(file);
    const known = this.identities.get(file) ?? identity;
    if (known !== identity)
      throw new Lh5Error('io-failed', 'was replaced while it was read; begin again', { file });
    const reader = await (this.limits.open ?? ((name) => lh5Backend.openReader(name)))(file);
    if (identity !== undefined) this.identities.set(file, identity);
    return { reader, tables: lh5TableReader(reader) };
  }
}

async function closed({ opened }: Held): Promise<void> {
  try {
    await (await opened).reader.close();
  } catch {
    // It was not open, or nothing can be done about it: it is only read.
  }
}

/** Tells a file from another of that name; undefined when there is none, which opening tells. */
async function identityOf(file: string): Promise<bigint | undefined> {
  try {
    return (await stat(file, { bigint: true })).ino;
  } catch {
    return undefined;
  }
}
