import { Lh5Error } from '../errors.js';
import { type FileOutput, type FileOutputState, resumeFileOutput } from '../format/write/file-output.js';
import type { Hdf5Output, RowStream, TextStream } from '../hdf5/output.js';
import { FileWriter, type WriterSnapshot } from './writer.js';

/** Finds what is in an output already where it would be created anew. */
class ExistingOutput implements Hdf5Output {
  readonly file: string;
  readonly #output: FileOutput;

  constructor(output: FileOutput) {
    this.file = output.file;
    this.#output = output;
  }

  createGroup(): void {
    // It is there.
  }

  createRows(path: string): RowStream {
    return this.#output.rowsAt(path, 'numbers');
  }

  createTexts(path: string): TextStream {
    return this.#output.rowsAt(path, 'texts');
  }

  createSingle(): void {
    // It is there.
  }

  setAttributes(): void {
    // They are there.
  }

  settle(): Promise<void> {
    return this.#output.settle();
  }

  finish(): Promise<void> {
    return this.#output.finish();
  }

  discard(): Promise<void> {
    return this.#output.discard();
  }
}

/**
 * Goes on with a file where a snapshot of its writer was taken; what was written after it is gone. Fails when its temporary file
 * is not there any more.
 */
export async function resumeWriter(snapshot: WriterSnapshot): Promise<FileWriter> {
  const { file, temporary, options } = snapshot;
  // The snapshot is our own: what it is follows from the journal's checksum and version.
  const output = await resumeFileOutput(temporary, file, snapshot.output as FileOutputState);
  try {
    const writer = new FileWriter({ output, file, path: '' }, temporary, options);
    writer.restore(snapshot, new ExistingOutput(output));
    return writer;
  } catch (cause) {
    await output.discard();
    if (cause instanceof Lh5Error) throw cause;
    throw new Lh5Error('data-inconsistent', 'what was kept of it makes no sense: begin it anew', {
      file,
      cause,
    });
  }
}

/**
 * Makes the temporary file of a snapshot a complete file, to be read under its temporary name. The snapshot stays as good as it
 * was; call `cutToSnapshot` before its own writer goes on.
 */
export async function finishInPlace(snapshot: WriterSnapshot): Promise<void> {
  await (await resumeWriter(snapshot)).finishInPlace();
}

/** Cuts off what finishInPlace has put behind the data. */
export async function cutToSnapshot(snapshot: WriterSnapshot): Promise<void> {
  await (await resumeWriter(snapshot)).suspend();
}
