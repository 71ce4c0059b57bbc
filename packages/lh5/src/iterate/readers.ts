import { lh5Backend } from '../backend.js';
import type { Lh5Backend, Lh5Reader } from '../ports.js';

/** Keeps the readers that were used last open, at most so many. */
export class OpenReaders {
  readonly #most: number;
  readonly #backend: Lh5Backend;
  readonly #open = new Map<string, Promise<Lh5Reader>>();

  constructor(most = 10, backend: Lh5Backend = lh5Backend) {
    this.#most = Math.max(1, most);
    this.#backend = backend;
  }

  /** The reader of a file; it may be closed again when others are asked for. */
  async get(file: string): Promise<Lh5Reader> {
    const kept = this.#open.get(file);
    this.#open.delete(file);
    const reader = kept ?? this.#backend.openReader(file);
    this.#open.set(file, reader);
    const [oldest] = this.#open.keys();
    if (this.#open.size > this.#most && oldest !== undefined) {
      const old = this.#open.get(oldest);
      this.#open.delete(oldest);
      await (await old)?.close();
    }
    try {
      return await reader;
    } catch (cause) {
      this.#open.delete(file);
      throw cause;
    }
  }

  /** Closes all. */
  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map(async (reader) => (await reader.catch(() => undefined))?.close()));
  }
}
