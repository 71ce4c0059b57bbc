import type { JsonValue } from '@countroom/contracts';
import type { WriterOptions } from '@countroom/lh5';
import { type ByteStage, runBytes, type StageControl, type StageSummary } from '@countroom/pipeline';
import { type FileNaming, OutputFiles } from './output-files.js';
import { type FollowInput, fileInput, growingInput } from './read-chunks.js';

/** A run of a byte stage from one file to another, or to several. */
export interface ByteFileRun {
  readonly input: string;
  readonly output: string;
  /** Where files are to be that the options of the stage name; without it such options are refused. */
  readonly naming?: FileNaming;
  /** The input is still being written: read on at its end. */
  readonly follow?: FollowInput;
}

/** Runs a byte stage over a file: all its outputs appear when they are complete, or none. */
export async function runByteStage<Config>(
  stage: ByteStage<Config>,
  config: Config,
  { input, output, naming, follow }: ByteFileRun,
  options: WriterOptions,
  control: StageControl,
): Promise<StageSummary & { readonly report: JsonValue }> {
  const source =
    follow === undefined ? await fileInput(input) : await growingInput(input, follow, control.signal);
  const files = await OutputFiles.open(output, options, naming);
  let result: StageSummary & { readonly report: JsonValue };
  try {
    result = await runBytes(stage, config, source, files.sink, control);
  } catch (error) {
    await files.abort();
    throw error;
  }
  await files.close();
  return result;
}
