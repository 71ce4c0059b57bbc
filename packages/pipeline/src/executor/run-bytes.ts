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
  const tables = new Map<string, { path: string; rows: number; file?: string }>();
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
        const made = [...tables.values()];
        const rows = made.reduce((sum, { rows: count }) => sum + count, 0);
        return { tables: made, rows, read, report: next.value };
      }
      const output = next.value;
      table = output.path;
      if ('object' in output) {
        await sink.write(output.path, output.object, output);
        continue;
      }
      const { path, rows, file } = output;
      const id = `${file ?? ''}\n${path}`;
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
