import { type InputTable, type RowStage, type RowTask, StageError } from '@countroom/pipeline';
import { type Table } from '@countroom/records';
import { parametersOf } from '../files/channel-parameters.js';
import { choosePaths, matchesPath, renameTier } from '../files/table-choice.js';
import { fillReferences } from './fill-references.js';
import { type DspToHitOptions, dspToHitOptions, type HitConfig, type WrittenConfig } from './hit-config.js';
import { TablePlan } from './table-plan.js';

interface Payload {
  readonly config: HitConfig;
  /** An empty table with the columns of the input. */
  readonly sample: Table;
}

const stage = 'dsp_to_hit';

/** New columns from expressions over the columns of dsp tables, flag words, and a choice of outputs. */
export const dspToHit: RowStage<DspToHitOptions> = {
  name: stage,
  version: '1',
  title: 'Make hits',
  description: 'Calibrated energies, quality flags and other columns from expressions over dsp tables.',
  dependsOn: 'dsp',
  provides: 'hit',
  configSchema: dspToHitOptions,
  untracked: [],
  work: 'rows',
  plan(options, tables) {
    const tasks: RowTask[] = [];
    const remarks: string[] = [];
    for (const { table, config: written } of assign(options, tables)) {
      const filled = fillReferences(written, parametersOf(options.database, table.path), table.path);
      if ('missing' in filled) {
        const named = options.config === undefined || options.tables.length > 0;
        const fault = `${table.path} has no ${filled.missing.join(', ')}: approve such parameters for it, or give them under database`;
        if (named) throw new StageError(stage, fault);
        remarks.push(`${fault}; it is left out`);
        continue;
      }
      const { config } = filled;
      const plan = new TablePlan(table.path, config, table.sample);
      const payload: Payload = { config, sample: table.sample };
      tasks.push({
        input: table.path,
        output: renameTier(table.path, 'dsp', 'hit'),
        columns: plan.columns,
        payload,
      });
    }
    if (tasks.length === 0 && remarks.length === 0) remarks.push('there is no dsp table');
    return { tasks, documents: [], remarks };
  },
  kernel(task) {
    const { config, sample } = task.payload as Payload;
    const plan = new TablePlan(task.input, config, sample);
    return { process: (block) => plan.process(block) };
  },
};

/** Which table gets which configuration: one for all chosen tables, or by pattern (the first that fits). */
function assign(
  options: DspToHitOptions,
  tables: readonly InputTable[],
): { table: InputTable; config: WrittenConfig }[] {
  const { config, tableConfigs } = options;
  const patterns = Object.keys(tableConfigs);
  const paths = tables.map(({ path }) => path);
  if ((config === undefined) === (patterns.length === 0)) {
    throw new StageError(
      stage,
      'give either one configuration for all tables (config) or one per table (tableConfigs)',
    );
  }
  const chosen = new Set(
    config === undefined ? choosePaths(stage, paths, patterns) : chosenTables(options, paths),
  );
  return tables
    .filter(({ path }) => chosen.has(path))
    .map((table) => {
      const pattern = patterns.find((one) => matchesPath(table.path, one));
      return { table, config: pattern === undefined ? config! : tableConfigs[pattern]! };
    });
}

/** Without a choice: `dsp` at the root and below every group; where nothing is called dsp, every table. */
function chosenTables(options: DspToHitOptions, paths: readonly string[]): string[] {
  if (options.tables.length > 0) return choosePaths(stage, paths, options.tables);
  const named = paths.filter((path) => path === 'dsp' || path.endsWith('/dsp'));
  return named.length > 0 ? named : [...paths];
}
