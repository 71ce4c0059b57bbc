import type { TableStage } from '@countroom/pipeline';
import { analyseTables } from '../analysis/analyse-tables.js';
import { decayExpressions, type PoleZeroOptions, poleZeroOptions } from './pole-zero-options.js';

/** The decay constant of every channel's preamplifier, for the pole-zero correction. */
export const findDecayConstant: TableStage<PoleZeroOptions> = {
  name: 'find_decay_constant',
  version: '1',
  title: 'Find decay constants',
  description:
    'The decay constant of every preamplifier from the slopes of the logarithms of tails, for pole-zero correction.',
  dependsOn: 'dsp',
  provides: 'decay',
  configSchema: poleZeroOptions,
  untracked: [],
  work: 'tables',
  run: (config, inputs, context) =>
    analyseTables(
      {
        analysis: 'find_decay_constant',
        title: 'Decay constants',
        set: 'dsp',
        config,
        expressions: decayExpressions(config),
      },
      inputs.get('dsp')!,
      context,
    ),
};
