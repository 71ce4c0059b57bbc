import { stat } from 'node:fs/promises';
import { type Lh5Reader, openReader } from '@countroom/lh5';

interface Held {
  readonly reader: Lh5Reader;
  /** Changes when the file is replaced or written to. */
  readonly version: string;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Files that were read a moment ago stay open: a person who looks at a file asks many times. One at a time is used; those
 * at rest are closed after a while, or when too many are open.
 */
export class OpenReaders {
  private readonly held = new Map<string, Held>();

  constructor(private readonly options = { idleMs: 30_000, most: 6 }) {}

  get size(): number {
    return this.held.size;
  }

  /** `keep` is false for files under a temporary name: open under two names, HDF5 takes them for one and the same. */
  async using<T>(file: string, keep: boolean, work: (reader: Lh5Reader) => Promise<T>): Promise<T> {
    const held = await this.take(file);
    let isSound = false;
    try {
      const result = await work(held.reader);
      isSound = true;
      return result;
    } finally {
      if (keep && isSound) this.rest(file, held);
      else await held.reader.close().catch(() => undefined);
    }
  }

  async closeAll(): Promise<void> {
    for (const file of [...this.held.keys()]) await this.drop(file);
  }

  /** Opening fails with the reader's own words when there is no such file. */
  private async take(file: string): Promise<Held> {
    const version = await versionOf(file);
    const held = this.held.get(file);
    if (held?.version === version) {
      clearTimeout(held.timer);
      this.held.delete(file);
      return held;
    }
    await this.drop(file);
    return { reader: await openReader(file), version, timer: undefined };
  }

  private rest(file: string, held: Held): void {
    held.timer = setTimeout(() => void this.drop(file), this.options.idleMs);
    held.timer.unref();
    this.held.set(file, held);
    const [oldest] = this.held.keys();
    if (this.held.size > this.options.most && oldest !== undefined) void this.drop(oldest);
  }

  private async drop(file: string): Promise<void> {
    const held = this.held.get(file);
    if (held === undefined) return;
    clearTimeout(held.timer);
    this.held.delete(file);
    await held.reader.close().catch(() => undefined);
  }
}

async function versionOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return 'none';
  }
}
