import type { JsonValue } from '@countroom/contracts';
import type { WriterOptions } from '@countroom/lh5';
import {
  type ByteInput,
  type ByteStage,
  runBytes,
  type StageControl,
  type StageSummary,
} from '@countroom/pipeline';
import { type KeepRun, keepRun, type RunKeeper } from './keep-run.js';
import { type FileNaming, OutputFiles } from './output-files.js';
import { type FollowInput, fileInput, growingInput } from './read-chunks.js';
import { sparingInput } from './refuse-input.js';
import { isStream, streamInput } from './stream-input.js';

/** A run of a byte stage from one file to another, or to several. */
export interface ByteFileRun {
  /** A file, or a stream: `tcp://host:port`, `-`. Streams cannot be gone on with. */
  readonly input: string;
  readonly output: string;
  /** Where files are to be that the options of the stage name; without it such options are refused. */
  readonly naming?: FileNaming;
  /** The input is still being written: read on at its end. */
  readonly follow?: FollowInput;
  /** Keep what is needed to go on after the run was broken off. */
  readonly keep?: KeepRun;
}

type ByteStageResult = StageSummary & { readonly report: JsonValue };

/** Runs a byte stage over a file: all its outputs appear when they are complete, or none. */
export async function runByteStage<Config>(
  stage: ByteStage<Config>,
  config: Config,
  { input, output, naming: given, follow, keep }: ByteFileRun,
  options: WriterOptions,
  control: StageControl,
): Promise<ByteStageResult> {
  const naming = given && sparingInput(stage.name, given, input);
  const source = await inputOf(input, follow, control);
  if (keep !== undefined && !isStream(input)) {
    const run = await keepRun({ stage, config, input, output, options, naming }, keep, control);
    return runKept(stage, config, source, run, control);
  }
  const files = await OutputFiles.open(output, options, naming);
  let result: ByteStageResult;
  try {
    result = await runBytes(stage, config, source, files.sink, control);
  } catch (error) {
    await files.abort();
    throw error;
  }
  await files.close();
  return result;
}

async function inputOf(
  input: string,
  follow: FollowInput | undefined,
  { signal }: StageControl,
): Promise<ByteInput> {
  if (isStream(input)) return streamInput(input, follow?.stop, signal);
  return follow === undefined ? fileInput(input) : growingInput(input, follow, signal);
}

async function runKept<Config>(
  stage: ByteStage<Config>,
  config: Config,
  source: ByteInput,
  run: RunKeeper,
  control: StageControl,
): Promise<ByteStageResult> {
  if (run.goesOn) control.onLog?.('info', 'goes on where it was broken off');
  let result: ByteStageResult;
  try {
    result = await runBytes(stage, config, source, run.files.sink, control, run.keeper);
  } catch (error) {
    if (await run.breakOff())
      control.onLog?.('info', 'what was done is kept: run the same command again to go on with it');
    throw error;
  }
  await run.files.close();
  await run.complete();
  return result;
}
