import type { JsonValue } from '@countroom/contracts';
import { StageError } from '../stage/stage-errors.js';
import type { TableContext, TableReader, TableStage } from '../stage/table-stage.js';
import { stopIfCancelled } from './row-run.js';
import type { StageControl, StageSummary, TableSink } from './table-ports.js';

/**
 * Runs a table stage in the calling thread: rows go to the sink as they come, nothing else is kept.
 * Returns the summary and the stage's report. Throws a CancelledError when the signal aborts.
 * @param inputs those of one run; or of several, for stages whose result can be about several
 */
export async function runTables<Config>(
  stage: TableStage<Config>,
  config: Config,
  inputs: ReadonlyMap<string, TableReader> | readonly ReadonlyMap<string, TableReader>[],
  sink: TableSink,
  control: StageControl & Pick<TableContext, 'threads'> = {},
): Promise<StageSummary & { readonly report: JsonValue }> {
  const rowsOf = new Map<string, number>();
  let read = 0;
  let table = '';
  const context: TableContext = {
    signal: control.signal ?? new AbortController().signal,
    progress: (done, total, unit = 'rows') => {
      read = done;
      // Points are tried before the table that they are for is made.
      control.onProgress?.({ done, total, unit, table: unit === 'points' ? '' : table });
    },
    log: (level, text) => control.onLog?.(level, text),
    ...(control.threads === undefined ? {} : { threads: control.threads }),
  };
  const work = startOf(stage, config, inputs, context);
  try {
    for (;;) {
      stopIfCancelled(stage, control);
      const next = await work.next();
      if (next.done === true) {
        // A stage that stops early because of the signal has made a part only.
        stopIfCancelled(stage, control);
        const tables = [...rowsOf].map(([path, rows]) => ({ path, rows }));
        const rows = tables.reduce((sum, one) => sum + one.rows, 0);
        return { tables, rows, read, report: next.value };
      }
      const output = next.value;
      table = output.path;
      if ('object' in output) await sink.write(output.path, output.object, output);
      else {
        const isTable = 'rows' in output;
        await sink.append(output.path, isTable ? output.rows : output.array, output);
        const added = isTable ? output.rows.rows : output.array.shape[0]!;
        if (isTable || output.counts) rowsOf.set(output.path, (rowsOf.get(output.path) ?? 0) + added);
      }
    }
  } catch (error) {
    stopIfCancelled(stage, control);
    throw error;
  } finally {
    await work.return(null).catch(() => undefined);
  }
}

function startOf<Config>(
  stage: TableStage<Config>,
  config: Config,
  inputs: Parameters<typeof runTables>[2],
  context: TableContext,
): ReturnType<TableStage<Config>['run']> {
  if (!Array.isArray(inputs)) return stage.run(config, inputs as ReadonlyMap<string, TableReader>, context);
  if (stage.overRuns === undefined) throw new StageError(stage.name, 'makes results of one run at a time');
  return stage.overRuns.run(config, inputs as readonly ReadonlyMap<string, TableReader>[], context);
}
