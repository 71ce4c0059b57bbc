import type { JsonValue } from '@countroom/contracts';
import type { ByteInput, ByteStage, EarlierRun } from '../stage/stage.js';
import { stopIfCancelled } from './row-run.js';
import type { StageControl, StageSummary, TableSink } from './table-ports.js';

/** How far a run was at a mark; plain JSON. */
export interface ByteRunState {
  readonly mark: JsonValue;
  readonly tables: StageSummary['tables'];
}

/** What makes a run one that can be gone on with. */
export interface ByteRunKeeper {
  /** Input between two marks, bytes. */
  readonly markBytes: number;
  /** Takes a state; everything that belongs to it is in the sink. */
  save(state: ByteRunState): Promise<void>;
  /** The run to go on for, and its rows. */
  readonly earlier?: { readonly state: ByteRunState; readonly rows: EarlierRun['rows'] };
}

/**
 * Runs a byte stage in the calling thread: rows go to the sink as they come, nothing else is kept.
 * Returns the summary and the stage's report on its input. Throws a CancelledError when the signal aborts.
 */
export async function runBytes<Config>(
  stage: ByteStage<Config>,
  config: Config,
  input: ByteInput,
  sink: TableSink,
  control: StageControl = {},
  keeper?: ByteRunKeeper,
): Promise<StageSummary & { readonly report: JsonValue }> {
  const tables = new Map<string, StageSummary['tables'][number]>();
  for (const table of keeper?.earlier?.state.tables ?? []) tables.set(idOf(table), table);
  let read = 0;
  let table = '';
  const work = stage.run(config, input, {
    signal: control.signal ?? new AbortController().signal,
    progress: (bytes) => {
      read = bytes;
      control.onProgress?.({ done: bytes, total: input.bytes, unit: 'bytes', table });
    },
    log: (level, text) => control.onLog?.(level, text),
    reuse: sink.copies === true,
    ...(keeper === undefined ? {} : { markBytes: keeper.markBytes }),
    ...(keeper?.earlier === undefined
      ? {}
      : { earlier: { mark: keeper.earlier.state.mark, rows: keeper.earlier.rows } }),
  });
  try {
    for (;;) {
      stopIfCancelled(stage, control);
      const next = await work.next();
      if (next.done === true) {
        const made = [...tables.values()];
        const rows = made.reduce((sum, { rows: count }) => sum + count, 0);
        return { tables: made, rows, read, report: next.value };
      }
      const output = next.value;
      if ('mark' in output) {
        await keeper?.save({ mark: output.mark, tables: [...tables.values()] });
        continue;
      }
      table = output.path;
      if ('object' in output) {
        await sink.write(output.path, output.object, output);
        continue;
      }
      const { path, rows, file } = output;
      const id = idOf(output);
      const entry = tables.get(id) ?? { path, rows: 0, ...(file === undefined ? {} : { file }) };
      tables.set(id, { ...entry, rows: entry.rows + rows.rows });
      await sink.append(path, rows, output);
    }
  } catch (error) {
    stopIfCancelled(stage, control);
    throw error;
  } finally {
    await work.return(null).catch(() => undefined);
  }
}

function idOf({ path, file }: { readonly path: string; readonly file?: string }): string {
  return `${file ?? ''}\n${path}`;
}
