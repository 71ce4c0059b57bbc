import type { TableStage } from '@countroom/pipeline';
import { analyseTables } from '../analysis/analyse-tables.js';
import { type FindCutsOptions, findCutsOptions } from './cut-options.js';
import { expressionsOf } from './cut-result.js';

/** Cuts of every channel: data cleaning, events of a pulser, and single sites by A/E and LQ. */
export const findCuts: TableStage<FindCutsOptions> = {
  name: 'find_cuts',
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
  run: (config, inputs, context) =>
    analyseTables(
      { analysis: 'find_cuts', title: 'Cuts', set: 'hit', config, expressions: expressionsOf(config) },
      inputs.get(config.from)!,
      context,
    ),
};
