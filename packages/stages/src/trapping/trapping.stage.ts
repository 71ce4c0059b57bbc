import type { TableStage } from '@countroom/pipeline';
import { analyseTables } from '../analysis/analyse-tables.js';
import { type TrappingOptions, trappingOptions } from './trapping-options.js';

/** The correction of charge that is trapped on its way, by the drift time, for every channel. */
export const correctTrapping: TableStage<TrappingOptions> = {
  name: 'correct_trapping',
  version: '2',
  title: 'Correct charge trapping',
  description:
    'Finds how much charge is lost over the drift time: the correction E·(1 + α·t) with which a line is narrowest, for every channel.',
  dependsOn: 'dsp',
  alsoReads: ['hit'],
  reads: ({ from }) => [from],
  provides: 'trapping',
  configSchema: trappingOptions,
  untracked: [],
  work: 'tables',
  run: (config, inputs, context) =>
    analyseTables(
      {
        analysis: 'correct_trapping',
        title: 'Charge trapping',
        set: 'hit',
        config,
        expressions: [config.column, config.drift],
      },
      inputs.get(config.from)!,
      context,
    ),
};
