import type { SkimRows } from '@countroom/contracts';
import { StageError } from '@countroom/pipeline';
import { hasRows, type Table } from '@countroom/records';
import {
  type SkimQuery,
  type SkimRun,
  skim,
  skimColumnsOf,
  skimHistogram,
  skimOptions,
  withRuns,
} from '@countroom/stages';
import type { Reply, SkimQuestion, SkimReadings } from './readings.js';
import { shortValue } from './short-value.js';

/** Runs in a reading thread: looks into the files of several tiers of several runs at once. */
export async function skimReply({ ask }: SkimQuestion): Promise<Reply> {
  return { ok: true, answer: await withRuns(ask.runs, (runs) => answerOf(ask, runs)) };
}

async function answerOf(
  ask: SkimQuestion['ask'],
  runs: readonly SkimRun[],
): Promise<SkimReadings['skim']['answer']> {
  if (ask.about === 'columns') return skimColumnsOf(runs[0]!.inputs);
  if (ask.about === 'rows') return rowsOf(ask.count, skim(checked(ask.query), runs));
  const { axes, counts, ...rest } = await skimHistogram(
    // Of the query only cuts and the choice of rows count here; some column has to stand there.
    checked({ ...ask.query, columns: ['run.number'] }),
    runs,
    ask.axes,
  );
  return { axes: [...axes], counts: [...counts], ...rest };
}

/** Throws a StageError with the place of every fault. */
export function checked(query: Readonly<Record<string, unknown>>): SkimQuery {
  const parsed = skimOptions.safeParse(query);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const list = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new StageError('skim', `the query cannot be used: ${list}`, issues);
}

async function rowsOf(count: number, blocks: AsyncGenerator<Table>): Promise<SkimRows> {
  const values: SkimRows['values'] = [];
  let columns: SkimRows['columns'] = [];
  let isWhole = true;
  for await (const table of blocks) {
    const named = [...table.columns].flatMap(([name, column]) => (hasRows(column) ? [{ name, column }] : []));
    columns = named.map(({ name, column }) => {
      const { units } = column.kind === 'vov' ? { ...column.flattened.attrs, ...column.attrs } : column.attrs;
      return { name, units: typeof units === 'string' ? units : null };
    });
    for (let row = 0; row < table.rows && values.length < count; row += 1)
      values.push(named.map(({ column }) => shortValue(column, row) as SkimRows['values'][number][number]));
    if (values.length < count) continue;
    isWhole = false;
    break;
  }
  return { columns, values, isWhole };
}
