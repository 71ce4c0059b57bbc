import { type InputTable, StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import { reportObject, summaryOf, type TableResult } from '../analysis/report-objects.js';
import { tablesWith, tableValues } from '../analysis/table-values.js';
import { channelOf } from '../files/channel-parameters.js';
import { choosePaths } from '../files/table-choice.js';
import { type FindCutsOptions, findCutsOptions } from './cut-options.js';
import { cutResult, expressionsOf } from './cut-result.js';

const stage = 'find_cuts';

/** Cuts of every channel: data cleaning, events of a pulser, and single sites by A/E and LQ. */
export const findCuts: TableStage<FindCutsOptions> = {
  name: stage,
  version: '1',
  title: 'Find cuts',
  description:
    'Windows that clean data, events of a pulser, and cuts on A/E and LQ with what survives of lines, for every channel.',
  dependsOn: 'hit',
  alsoReads: ['dsp'],
  reads: ({ from }) => [from],
  provides: 'cuts',
  configSchema: findCutsOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get(config.from)!;
    const expressions = expressionsOf(config);
    const tables = await chosenTables(reader, config, expressions);
    const total = tables.reduce((sum, { rows }) => sum + rows, 0);
    const results: TableResult[] = [];
    let done = 0;
    for (const table of tables) {
      if (context.signal.aborted) break;
      const values = await tableValues(stage, reader, table, { expressions, cut: config.cut }, context);
      const columns = new Map(expressions.map((expression, i) => [expression, values[i]!]));
      const place = { table: table.path, channel: channelOf(table.path) ?? table.path };
      const result = cutResult(place, columns, config);
      const { verdict, channel, remarks } = result.report;
      const why = remarks.length === 0 ? '' : `: ${remarks.join('; ')}`;
      context.log(verdict === 'good' ? 'info' : 'warning', `${channel}: ${verdict}${why}`);
      results.push(result);
      yield reportObject(result);
      done += table.rows;
      context.progress(done, total);
    }
    return summaryOf({ analysis: stage, title: 'Cuts', set: 'hit' }, results);
  },
};

async function chosenTables(
  reader: TableReader,
  { tables, cut }: FindCutsOptions,
  expressions: readonly string[],
): Promise<InputTable[]> {
  const all = await reader.tables(1);
  const needed = [...expressions, ...(cut === undefined ? [] : [cut])];
  const paths = all.map(({ path }) => path);
  const chosen =
    tables.length === 0
      ? tablesWith(all, needed)
      : all.filter(({ path }) => choosePaths(stage, paths, tables).includes(path));
  if (chosen.length > 0) return chosen;
  throw new StageError(
    stage,
    `no table of ${reader.name} has ${needed.join(' and ')}; there are ${paths.join(', ')}`,
  );
}
