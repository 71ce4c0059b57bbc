import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cutToSnapshot, finishInPlace, Journal, openReader, type WriterOptions } from '@countroom/lh5';
import {
  type ByteRunKeeper,
  type ByteRunState,
  type ByteStage,
  type OutputRows,
  type StageControl,
  StageError,
} from '@countroom/pipeline';
import { type FileNaming, type KeptOutput, OutputFiles } from './output-files.js';

/** How a run keeps what is needed to go on with it after it was broken off. */
export interface KeepRun {
  /** Go on with a run of the same input, options and output that was broken off, if there is one. */
  readonly resume: boolean;
  /** Input between two places where a run can be gone on with, bytes (default 64 MiB). */
  readonly markBytes?: number;
  /** Least time between two states that are kept, s (default 5). */
  readonly seconds?: number;
}

/** What a run is kept for. */
export interface KeptRun<Config> {
  readonly stage: ByteStage<Config>;
  readonly config: Config;
  readonly input: string;
  readonly output: string;
  readonly options: WriterOptions;
  readonly naming: FileNaming | undefined;
}

interface Note {
  readonly identity: string;
  readonly state: ByteRunState;
  readonly used: readonly boolean[];
}

const defaults = { markBytes: 64 << 20, seconds: 5 };
const headBytes = 1 << 20;

/** The outputs of a run, with its journal. */
export interface RunKeeper {
  readonly files: OutputFiles;
  readonly keeper: ByteRunKeeper;
  /** Whether a run that was broken off is gone on with. */
  readonly goesOn: boolean;
  /** The run is complete: nothing more is kept. */
  complete(): Promise<void>;
  /** The run has been broken off. True when it can be gone on with later; otherwise nothing of it is left. */
  breakOff(): Promise<boolean>;
}

/** What tells one run from another: the same stage with the same options over an input that begins with the same bytes. */
async function identityOf<Config>({ stage, config, input }: KeptRun<Config>): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([stage.name, stage.version, config, resolve(input)]));
  const file = await open(input);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    // A growing file may have had less of it: only what every file has counts.
    hash.update(buffer.subarray(0, Math.min(bytesRead, 64)));
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Begins a run, or goes on with one that was broken off. */
export async function keepRun<Config>(
  run: KeptRun<Config>,
  { resume, markBytes = defaults.markBytes, seconds = defaults.seconds }: KeepRun,
  control: StageControl,
): Promise<RunKeeper> {
  const identity = await identityOf(run);
  const output = resolve(run.output);
  const before = resume ? await takeOver(output, identity, control) : undefined;
  const journal = before?.journal ?? Journal.for(output);
  const files =
    before === undefined
      ? await OutputFiles.open(output, run.options, run.naming)
      : await OutputFiles.resume(output, before.kept, run.options, run.naming);
  let isKept = before !== undefined;
  let savedMs = performance.now();
  const save = async (state: ByteRunState): Promise<void> => {
    if (performance.now() - savedMs < seconds * 1000) return;
    const kept = await files.keep();
    const note: Note = { identity, state, used: kept.map(({ used }) => used) };
    await journal.save({ writers: kept.map(({ writer }) => writer), note });
    isKept = true;
    savedMs = performance.now();
  };
  return {
    files,
    keeper: {
      markBytes,
      save,
      ...(before === undefined
        ? {}
        : { earlier: { state: before.state, rows: () => before.rows(run.naming) } }),
    },
    goesOn: before !== undefined,
    complete: () => journal.remove(),
    breakOff: async () => {
      if (resume && isKept) {
        await files.suspend();
        return true;
      }
      await files.abort();
      await journal.remove();
      return false;
    },
  };
}

interface Before {
  readonly journal: Journal;
  readonly kept: readonly KeptOutput[];
  readonly state: ByteRunState;
  rows(naming: FileNaming | undefined): AsyncIterable<OutputRows>;
}

async function takeOver(
  output: string,
  identity: string,
  control: StageControl,
): Promise<Before | undefined> {
  const taken = await Journal.takeOver(output);
  if (taken === undefined) {
    control.onLog?.('info', `there is no conversion into ${output} that was broken off: it begins anew`);
    return undefined;
  }
  const { journal, content } = taken;
  const note = content.note as Note;
  if (note.identity !== identity) {
    await journal.discard(content);
    control.onLog?.(
      'warning',
      `the conversion into ${output} that was broken off had another input or other options: it begins anew`,
    );
    return undefined;
  }
  const kept = content.writers.map((writer, index) => ({ writer, used: note.used[index] ?? true }));
  return {
    journal,
    kept,
    state: note.state,
    rows: (naming) => earlierRows(note.state, kept, output, naming),
  };
}

/** The rows that were written before the state, table by table. */
async function* earlierRows(
  { tables }: ByteRunState,
  kept: readonly KeptOutput[],
  output: string,
  naming: FileNaming | undefined,
): AsyncGenerator<OutputRows> {
  const files = new Set(tables.map(({ file }) => file));
  for (const file of files) {
    const snapshot = OutputFiles.of(kept, output, file, naming);
    if (snapshot === undefined)
      throw new StageError('output', `${file ?? output} is not among the files that were kept: begin anew`);
    await finishInPlace(snapshot);
    const reader = await openReader(snapshot.temporary);
    try {
      for (const { path, file: of } of tables) {
        if (of !== file) continue;
        for await (const { data: rows } of reader.tableBlocks(path))
          yield { path, rows, ...(file === undefined ? {} : { file }) };
      }
    } finally {
      await reader.close();
      await cutToSnapshot(snapshot);
    }
  }
}
