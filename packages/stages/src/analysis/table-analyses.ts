import { calibrateTable } from '../calibrate/calibrate-table.js';
import { cutResult } from '../find-cuts/cut-result.js';
import { filterResult } from '../find-filter/filter-result.js';
import { decayResult } from '../pole-zero/decay-result.js';
import { trappingResult } from '../trapping/trapping-result.js';
import type { ColumnUnits } from './column-units.js';
import type { Place } from './failed-result.js';
import type { TableResult } from './report-objects.js';

/** Finds something in the values of expressions over one table. Pure: the same values give the same result. */
export type TableAnalysis<Config> = (
  place: Place,
  columns: ReadonlyMap<string, Float64Array>,
  config: Config,
  units: ColumnUnits,
) => TableResult;

/** Analyses by the name of their stage, as threads know them. */
export const tableAnalyses = {
  calibrate: calibrateTable,
  correct_trapping: trappingResult,
  find_cuts: cutResult,
  find_decay_constant: decayResult,
  find_filter: filterResult,
};
/** Name of an analysis that threads know. */
export type AnalysisName = keyof typeof tableAnalyses;
/** Options of an analysis. */
export type AnalysisConfig<Name extends AnalysisName> = Parameters<(typeof tableAnalyses)[Name]>[2];

/** What one thread is asked. */
export interface AnalysisTask<Name extends AnalysisName = AnalysisName> {
  readonly analysis: Name;
  readonly place: Place;
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly config: AnalysisConfig<Name>;
  readonly units: ColumnUnits;
}

/** Does a task. Throws what the analysis throws. */
export function analyse<Name extends AnalysisName>(task: AnalysisTask<Name>): TableResult {
  const run = tableAnalyses[task.analysis] as TableAnalysis<AnalysisConfig<Name>>;
  return run(task.place, task.columns, task.config, task.units);
}
