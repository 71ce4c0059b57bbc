import { createHash } from 'node:crypto';
import { link, open, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Lh5Error } from '../errors.js';
import { removeTemporary, syncFolder, temporaryName } from './commit.js';
import { isAbandoned, namesIn, parsePartName, partName, sweepParts } from './part-name.js';
import type { WriterSnapshot } from './writer.js';

/** What is needed to go on with files that are being written: the writers, and whatever their user must remember. */
export interface JournalContent {
  readonly writers: readonly WriterSnapshot[];
  /** Plain data of the user. */
  readonly note: unknown;
}

const signature = Buffer.from('countroom journal 1\n');
const hashBytes = 32;

function hashOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}

/**
 * A file beside a file that is being written, from which a later process can go on with it. It is replaced as a whole whenever
 * there is a new state, so that it always holds a complete one.
 */
export class Journal {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** For a new file. Nothing is written before the first `save`. */
  static for(file: string): Journal {
    return new Journal(partName(file, 'journal'));
  }

  /**
   * Takes over the journal of a process that is gone; undefined when there is none that can be read. Fails with `io-failed`
   * when the process that writes the file is alive, or it cannot be told whether it is.
   */
  static async takeOver(
    file: string,
  ): Promise<{ readonly journal: Journal; readonly content: JournalContent } | undefined> {
    const folder = dirname(file);
    for (const name of await namesIn(folder)) {
      const part = parsePartName(name);
      if (part?.kind !== 'journal' || part.target !== basename(file) || name.endsWith('.next')) continue;
      if (!isAbandoned(part)) {
        throw new Lh5Error(
          'io-failed',
          `is being written by process ${part.owner.pid}, or by one of another machine: end that first (if it is gone, remove ${name})`,
          { file },
        );
      }
      const journal = Journal.for(file);
      const taken = await rename(join(folder, name), journal.#path).then(
        () => true,
        () => false,
      );
      if (!taken) continue;
      const content = await readContent(journal.#path);
      const owned = content === undefined ? undefined : await journal.#own(content);
      if (owned === undefined) {
        await journal.remove();
        continue;
      }
      await sweepParts(file);
      return { journal, content: owned };
    }
    return undefined;
  }

  /** Keeps a state, in the place of the one before. */
  async save(content: JournalContent): Promise<void> {
    const body = serialize(content);
    const next = `${this.#path}.next`;
    const handle = await open(next, 'w', 0o600);
    try {
      await handle.writev([signature, hashOf(body), body]);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(next, this.#path);
    await syncFolder(this.#path);
  }

  /**
   * Gives the files of another process names of this one; there is a journal with names that are right at any moment. Undefined
   * when a file is not there any more.
   */
  async #own(content: JournalContent): Promise<JournalContent | undefined> {
    const olds = content.writers.map(({ temporary }) => temporary);
    const writers = content.writers.map((writer) => ({ ...writer, temporary: temporaryName(writer.file) }));
    try {
      for (const [index, { temporary }] of writers.entries()) await alsoNamed(olds[index]!, temporary);
    } catch {
      return undefined;
    }
    const owned = { ...content, writers };
    await this.save(owned);
    for (const old of olds) await removeTemporary(old);
    return owned;
  }

  /** What a journal holds; undefined when it cannot be read. */
  static read(path: string): Promise<JournalContent | undefined> {
    return readContent(path);
  }

  /** Removes it together with the files that it is about. */
  async discard({ writers }: JournalContent): Promise<void> {
    await this.remove();
    for (const { temporary } of writers) await removeTemporary(temporary);
  }

  /** Removes it. */
  async remove(): Promise<void> {
    await removeTemporary(`${this.#path}.next`);
    await removeTemporary(this.#path);
  }
}

async function alsoNamed(old: string, name: string): Promise<void> {
  try {
    await link(old, name);
  } catch {
    // File systems without hard links.
    await rename(old, name);
  }
}

async function readContent(path: string): Promise<JournalContent | undefined> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const start = signature.byteLength + hashBytes;
  const body = bytes.subarray(start);
  const isWhole =
    bytes.byteLength > start &&
    bytes.subarray(0, signature.byteLength).equals(signature) &&
    bytes.subarray(signature.byteLength, start).equals(hashOf(body));
  return isWhole ? (deserialize(body) as JournalContent) : undefined;
}
