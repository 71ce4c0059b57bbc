import { resolve } from 'node:path';
import {
  type Lh5Writer,
  lh5Backend,
  resumeWriter,
  type StoreOptions,
  type WriterOptions,
  type WriterSnapshot,
} from '@countroom/lh5';
import { type OutputTarget, StageError, type TableSink } from '@countroom/pipeline';
import { storeColumns } from './storage-settings.js';

/** Where the file of a name that an output specification gives is to be. */
export type FileNaming = (name: string) => string;

interface Output {
  readonly writer: Lh5Writer;
  readonly sink: TableSink;
  used: boolean;
}

/** An output as it was when a state was kept. */
export interface KeptOutput {
  readonly writer: WriterSnapshot;
  readonly used: boolean;
}

/**
 * The files that a run makes: the one that it is asked for, and those that its options name. All appear together when they
 * are complete, or none; the first one is left out when everything goes to others.
 */
export class OutputFiles {
  private readonly outputs = new Map<string, Output>();
  private readonly main: string;

  private constructor(
    main: string,
    private readonly options: WriterOptions,
    private readonly naming: FileNaming | undefined,
  ) {
    this.main = resolve(main);
  }

  /** Begins the first file. */
  static async open(main: string, options: WriterOptions, naming?: FileNaming): Promise<OutputFiles> {
    const files = new OutputFiles(main, options, naming);
    await files.output(files.main);
    return files;
  }

  /** Goes on with files where they were kept; the first one is among them. */
  static async resume(
    main: string,
    kept: readonly KeptOutput[],
    options: WriterOptions,
    naming?: FileNaming,
  ): Promise<OutputFiles> {
    const files = new OutputFiles(main, options, naming);
    try {
      for (const { writer: snapshot, used } of kept) {
        const writer = await resumeWriter(snapshot);
        files.outputs.set(writer.file, { writer, sink: sinkOf(writer), used });
      }
      await files.output(files.main);
      return files;
    } catch (error) {
      await files.suspend();
      throw error;
    }
  }

  /** What must be kept to go on with all files; it is on the disk then. */
  async keep(): Promise<KeptOutput[]> {
    const kept: KeptOutput[] = [];
    for (const { writer, used } of this.outputs.values())
      kept.push({ writer: await writer.snapshot(), used });
    return kept;
  }

  /** Closes all files as they are, for somebody who goes on. */
  async suspend(): Promise<void> {
    for (const { writer } of this.outputs.values()) await writer.suspend();
  }

  /** The output, of those that were kept, that a stage's rows for `file` (undefined: the first one) went to. */
  static of(
    kept: readonly KeptOutput[],
    main: string,
    file: string | undefined,
    naming: FileNaming | undefined,
  ): WriterSnapshot | undefined {
    const path = resolve(file === undefined || naming === undefined ? main : naming(file));
    return kept.find(({ writer }) => writer.file === path)?.writer;
  }

  /** Takes what a stage makes. */
  readonly sink: TableSink = {
    copies: true,
    append: async (path, rows, target) => (await this.of(target)).append(path, rows, target),
    write: async (path, object, target) => (await this.of(target)).write(path, object, target),
  };

  /** Commits all files; after a failure those that are not yet committed are given up. */
  async close(): Promise<void> {
    const main = this.outputs.get(this.main)!;
    if (!main.used && this.outputs.size > 1) {
      await main.writer.abort();
      this.outputs.delete(this.main);
    }
    const writers = [...this.outputs.values()].map(({ writer }) => writer);
    for (const [index, writer] of writers.entries()) {
      try {
        await writer.close();
      } catch (error) {
        for (const other of writers.slice(index + 1)) await other.abort();
        throw error;
      }
    }
  }

  /** Gives all files up. */
  async abort(): Promise<void> {
    for (const { writer } of this.outputs.values()) await writer.abort();
  }

  private async of(target: OutputTarget | undefined): Promise<TableSink> {
    const output = await this.output(target?.file === undefined ? this.main : this.named(target.file));
    output.used = true;
    return output.sink;
  }

  private named(file: string): string {
    if (this.naming === undefined) {
      throw new StageError(
        'out_stream',
        `${file}: the output file is named by whoever starts the run, not here; leave the file name out: ":/group"`,
      );
    }
    return resolve(this.naming(file));
  }

  private async output(file: string): Promise<Output> {
    const known = this.outputs.get(file);
    if (known !== undefined) return known;
    const writer = await lh5Backend.createWriter(file, this.options);
    const output = { writer, sink: sinkOf(writer), used: false };
    this.outputs.set(file, output);
    return output;
  }
}

function sinkOf(writer: Lh5Writer): TableSink {
  const options = (target: OutputTarget | undefined): StoreOptions =>
    target?.storage === undefined ? {} : { columns: storeColumns(target.storage).columns };
  return {
    append: (path, rows, target) => writer.append(path, rows, options(target)),
    write: (path, object, target) => writer.write(path, object, options(target)),
  };
}
