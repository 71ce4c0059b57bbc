import type { JsonValue } from '@countroom/contracts';
import type { ByteInput, ByteStage } from '../stage/stage.js';
import { stopIfCancelled } from './row-run.js';
import type { StageControl, StageSummary, TableSink } from './table-ports.js';

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
): Promise<StageSummary & { readonly report: JsonValue }> {
  const rowsByPath = new Map<string, number>();
  let read = 0;
  let table = '';
  const work = stage.run(config, input, {
    signal: control.signal ?? new AbortController().signal,
    progress: (bytes) => {
      read = bytes;
      control.onProgress?.({ done: bytes, total: input.bytes, unit: 'bytes', table });
    },
    log: (level, text) => control.onLog?.(level, text),
  });
  try {
    for (;;) {
      stopIfCancelled(stage, control);
      const next = await work.next();
      if (next.done === true) {
        const tables = [...rowsByPath].map(([path, rows]) => ({ path, rows }));
        return { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), read, report: next.value };
      }
      const { path, rows } = next.value;
      table = path;
      rowsByPath.set(path, (rowsByPath.get(path) ?? 0) + rows.rows);
      await sink.append(path, rows);
    }
  } catch (error) {
    stopIfCancelled(stage, control);
    throw error;
  } finally {
    await work.return(null).catch(() => undefined);
  }
}
