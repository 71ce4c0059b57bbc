import { chainFields, DspError } from '@countroom/dsp';
import { ExpressionError } from '@countroom/expressions';
import { mergeTrees, type ParameterTree } from '@countroom/parameters';
import { type InputTable, StageError, type TableReader, type TableStage } from '@countroom/pipeline';
import { reportObject, summaryOf, type TableResult } from '../analysis/report-objects.js';
import { treeAt } from '../analysis/tree-at.js';
import { channelOf, parametersOf } from '../files/channel-parameters.js';
import { choosePaths } from '../files/table-choice.js';
import { ChainLevels } from './chain-levels.js';
import { namesTogether, valuesTogether } from './companions.js';
import { figureNames, figureUnit, figureValues, type Merit, meritOf, noMerit } from './figure.js';
import { type OptimiseOptions, optimiseOptions } from './optimise-options.js';
import { optimiseResult } from './optimise-report.js';
import { bestOf, pointsOf, search } from './search.js';

const stage = 'optimise_dsp';

/** The best values of parameters of a chain, by a figure of merit, for every channel. */
export const optimiseDsp: TableStage<OptimiseOptions> = {
  name: stage,
  version: '3',
  title: 'Optimise signal processing',
  description:
    'Runs a chain with many values of its parameters and proposes those with the best resolution or the least noise.',
  dependsOn: 'raw',
  provides: 'optimisation',
  configSchema: optimiseOptions,
  untracked: [],
  work: 'tables',
  async *run(config, inputs, context) {
    const reader = inputs.get('raw')!;
    const tables = await chosenTables(reader, config);
    const total = tables.length * pointsOf(config);
    const results: TableResult[] = [];
    for (const [index, table] of tables.entries()) {
      if (context.signal.aborted) break;
      const columns = fieldsOf(config, table.path);
      const rows = await reader.read(table.path, [0, Math.min(table.rows, config.nMax)], columns);
      const names = figureNames(config.figure);
      const { parameters } = config;
      const database = parametersOf(config.database, table.path);
      const chain = new ChainLevels(table.path, config.config, namesTogether(parameters), database, names);
      const evaluate = (point: readonly (string | number)[]) =>
        chain.evaluate(rows, valuesTogether(parameters, point));
      let done = index * pointsOf(config);
      const refusals: StageError[] = [];
      const merit = (values: readonly (string | number)[]): Merit => {
        try {
          return inTable(table.path, () => meritOf(config.figure, evaluate(values)));
        } catch (error) {
          if (!(error instanceof StageError && error.cause instanceof DspError)) throw error;
          refusals.push(error);
          return noMerit(error.cause.message);
        }
      };
      const onTrial = (): void => context.progress(++done, total, 'points');
      const trials = await search(config, merit, onTrial, context.signal);
      // A chain may refuse some values; when it refuses all of them, it is at fault itself.
      if (refusals.length > 0 && refusals.length === trials.length) throw refusals[0]!;
      const best = bestOf(trials);
      const made = best === undefined ? undefined : evaluate(best.values);
      const result = optimiseResult(
        { table: table.path, channel: channelOf(table.path) ?? table.path },
        trials,
        config,
        made === undefined
          ? undefined
          : { values: figureValues(config.figure, made), unit: figureUnit(config.figure, made) },
      );
      const found = JSON.stringify(result.content ?? result.report.remarks);
      context.log(
        'info',
        `${result.report.channel}: ${found}; levels were computed ${chain.runs.join(', ')} times`,
      );
      results.push(result);
      yield reportObject(result);
    }
    return summaryOf({ analysis: stage, title: 'Optimisation of signal processing', set: 'dsp' }, results);
  },
};

/** Columns of the raw table that the chain reads for the figure. */
function fieldsOf({ config, figure, database, parameters }: OptimiseOptions, path: string): string[] {
  const first = valuesTogether(
    parameters,
    parameters.map(({ values }) => values[0]!),
  );
  const held = namesTogether(parameters).reduce<ParameterTree>(
    (tree, name, i) => mergeTrees(tree, treeAt(name, first[i]!)),
    parametersOf(database, path),
  );
  return inTable(path, () => chainFields(config, { outputs: figureNames(figure), database: held }));
}

async function chosenTables(reader: TableReader, config: OptimiseOptions): Promise<InputTable[]> {
  const all = await reader.tables(64);
  const paths = all.map(({ path }) => path);
  const named = config.tables.length === 0 ? undefined : choosePaths(stage, paths, config.tables);
  const chosen = all.filter(({ path, sample }) => {
    if (named !== undefined) return named.includes(path);
    return fieldsOf(config, path).every((field) => sample.columns.has(field)) && !path.startsWith('run/');
  });
  if (chosen.length > 0) return chosen;
  throw new StageError(stage, `the chain fits no table of ${reader.name}; there are ${paths.join(', ')}`);
}

/** Faults of the chain and of expressions get the table that they were found for. */
function inTable<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DspError || error instanceof ExpressionError)
      throw new StageError(stage, `for ${path}: ${error.message}`, [], error);
    throw error;
  }
}
