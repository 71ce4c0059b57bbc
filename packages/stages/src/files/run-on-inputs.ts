import {
  type FileStage,
  parseOptions,
  portsOf,
  type Stage,
  type StageControl,
  StageError,
  takesSeveral,
} from '@countroom/pipeline';
import { type PreparedRun, prepareRawToDsp } from '../raw-to-dsp/prepare.js';
import { type FileRunResult, runStageOnFile } from './run-stage.js';
import { runTableStageOnFiles } from './run-table-stage.js';

/** A run of any stage from the files of its ports to one file. */
export interface InputsRun {
  readonly stage: Stage;
  /** Options after the stage's schema; unknown keys are refused. */
  readonly options: unknown;
  /** Files by port. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** The LH5 file to make, in the place of one that exists. It appears when it is complete. */
  readonly output: string;
  /** Threads for stages that work on rows, and for analyses, with the calling one. 1 when absent. */
  readonly threads?: number;
}

/**
 * Runs a stage of any kind with all that its options make it read. After a failure or a cancellation nothing is left
 * behind. Throws a StageError for ports without a file, and what `runStageOnFile` and `runTableStageOnFiles` throw.
 */
export async function runStageOnInputs(run: InputsRun, control: StageControl = {}): Promise<FileRunResult> {
  const { stage, options, inputs, output, threads = 1 } = run;
  const ports = portsOf(stage, parseOptions(stage, options));
  for (const port of ports) {
    const files = inputs[port] ?? [];
    if (files.length === 0) throw new StageError(stage.name, `needs a ${port} file`);
    if (files.length > 1 && !takesSeveral(stage)) {
      throw new StageError(stage.name, `reads one ${port} file at a time, not ${files.length}`);
    }
  }
  if (stage.work === 'tables') {
    return runTableStageOnFiles({ stage, options, inputs, output, overwrite: true, threads }, control);
  }
  const input = inputs[ports[0]!]![0]!;
  const files = new Map(ports.slice(1).map((port) => [port, inputs[port]![0]!]));
  const prepared = await prepare(stage, input, options, files);
  try {
    const { through } = prepared;
    return await runStageOnFile(
      {
        stage,
        options: prepared.options,
        input,
        output,
        mode: 'replace',
        threads,
        ...(through && { through }),
      },
      control,
    );
  } finally {
    await prepared.close();
  }
}

/** What a stage reads beside its main input is opened here. */
function prepare(
  stage: FileStage,
  input: string,
  options: unknown,
  files: ReadonlyMap<string, string>,
): Promise<Partial<Pick<PreparedRun, 'through'>> & { options: unknown; close: PreparedRun['close'] }> {
  if (stage.name === 'raw_to_dsp') return prepareRawToDsp(input, options, files);
  return Promise.resolve({ options, close: () => Promise.resolve() });
}
