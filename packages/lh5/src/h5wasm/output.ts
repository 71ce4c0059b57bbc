import type { AttributeValue } from '@countroom/records';
import type { ElementDescription } from '../hdf5/element-type.js';
import type { Hdf5Output, NewRows, RowStream, TextStream } from '../hdf5/output.js';
import { writeAttribute } from './attributes.js';
import { createFixedDataset } from './dataset-writer.js';
import type { ObjectAt } from './location.js';
import { closeFile, createFile, createGroup, flushFile } from './open-file.js';
import { RowSink, type Sink, TextSink } from './sinks.js';

/** Rows that wait for full chunks may take this much memory, over all datasets together. */
const waitingBytes = 64 << 20;

class LibraryOutput implements Hdf5Output {
  readonly file: string;
  readonly #root: ObjectAt;
  readonly #sinks = new Map<string, Sink>();
  #open = true;

  constructor(root: ObjectAt) {
    this.file = root.file;
    this.#root = root;
  }

  createGroup(path: string): void {
    createGroup(this.#at(path));
  }

  createRows(
    path: string,
    dataset: NewRows,
    type: ElementDescription,
    rowShape: readonly number[],
  ): RowStream {
    const sink = new RowSink({ at: this.#at(path), ...dataset }, type, rowShape);
    this.#sinks.set(path, sink);
    return sink;
  }

  createTexts(path: string, dataset: NewRows): TextStream {
    const sink = new TextSink({ at: this.#at(path), ...dataset });
    this.#sinks.set(path, sink);
    return sink;
  }

  createSingle(path: string, type: ElementDescription, value: Uint8Array | string): void {
    createFixedDataset(this.#at(path), type, [], value);
  }

  setAttributes(path: string, attrs: Readonly<Record<string, AttributeValue>>): void {
    // Datasets are created with their first chunk: make sure that this one is there.
    this.#sinks.get(path)?.flush(false);
    for (const [name, value] of Object.entries(attrs)) writeAttribute(this.#at(path), name, value);
  }

  settle(): Promise<void> {
    return new Promise((resolve) => {
      this.#relieve();
      resolve();
    });
  }

  finish(): Promise<void> {
    return new Promise((resolve) => {
      for (const sink of this.#sinks.values()) sink.flush(true);
      flushFile(this.#root);
      this.#open = false;
      closeFile(this.#root);
      resolve();
    });
  }

  discard(): Promise<void> {
    if (this.#open) {
      this.#open = false;
      try {
        closeFile(this.#root);
      } catch {
        // The file is given up: what could not be written to it does not matter any more.
      }
    }
    return Promise.resolve();
  }

  #at(path: string): ObjectAt {
    return { ...this.#root, path };
  }

  /** Writes the fullest of the chunks that wait when there are too many: they are the nearest to a whole chunk. */
  #relieve(): void {
    const sinks = [...this.#sinks.values()];
    let waiting = sinks.reduce((total, sink) => total + sink.waiting, 0);
    if (waiting <= waitingBytes) return;
    for (const sink of sinks.sort((a, b) => b.waiting - a.waiting)) {
      if (waiting <= waitingBytes / 2) break;
      waiting -= sink.waiting;
      sink.flush(false);
    }
  }
}

/** Begins a file with the HDF5 library; `name` stands for it in messages. Fails when there is one already. */
export async function createLibraryOutput(file: string, name: string): Promise<Hdf5Output> {
  return new LibraryOutput(await createFile(file, name));
}
