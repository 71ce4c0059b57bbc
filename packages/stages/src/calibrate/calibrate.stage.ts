import type { TableStage } from '@countroom/pipeline';
import { analyseTables } from '../analysis/analyse-tables.js';
import { type CalibrateOptions, calibrateOptions } from './calibrate-options.js';

/** Energy scale and resolution of every channel from the γ lines of a source. */
export const calibrate: TableStage<CalibrateOptions> = {
  name: 'calibrate',
  version: '3',
  title: 'Calibrate energies',
  description:
    'Finds the lines of a source in every channel, fits them, and proposes energy scales; with a report to look at.',
  dependsOn: 'dsp',
  alsoReads: ['hit'],
  reads: ({ from }) => [from],
  provides: 'calibration',
  configSchema: calibrateOptions,
  untracked: [],
  work: 'tables',
  run: (config, inputs, context) =>
    analyseTables(
      {
        analysis: 'calibrate',
        title: 'Energy calibration',
        set: 'hit',
        config,
        expressions: [config.column],
      },
      inputs.get(config.from)!,
      context,
    ),
};
