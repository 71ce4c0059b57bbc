import type { TableStage } from '@countroom/pipeline';
import { analyseTables, type TableSource } from '../analysis/analyse-tables.js';
import { hasWaveforms, readWaveforms } from '../analysis/read-waveforms.js';
import {
  decayExpressions,
  type PoleZeroOptions,
  poleZeroOptions,
  type SuperpulseChoice,
} from './pole-zero-options.js';

const stage = 'find_decay_constant';

/** The decay constant of every channel's preamplifier, for the pole-zero correction. */
export const findDecayConstant: TableStage<PoleZeroOptions> = {
  name: stage,
  version: '3',
  title: 'Find decay constants',
  description:
    'The decay constants of every preamplifier from the slopes of the logarithms of tails, or from the mean pulse, for pole-zero correction.',
  dependsOn: 'dsp',
  alsoReads: ['raw'],
  reads: ({ superpulse }) => [superpulse === undefined ? 'dsp' : 'raw'],
  provides: 'decay',
  configSchema: poleZeroOptions,
  untracked: [],
  work: 'tables',
  run: (config, inputs, context) =>
    analyseTables(
      {
        analysis: stage,
        title: 'Decay constants',
        set: 'dsp',
        config,
        expressions: decayExpressions(config),
        ...(config.superpulse === undefined ? {} : { source: pulsesOf(config.superpulse) }),
      },
      inputs.get(config.superpulse === undefined ? 'dsp' : 'raw')!,
      context,
    ),
};

function pulsesOf({ waveform, nMax }: SuperpulseChoice): TableSource {
  return {
    needs: `waveforms of equal length in ${waveform}`,
    fits: (table) => hasWaveforms(table, waveform),
    read: (reader, table) => readWaveforms(stage, reader, table, { column: waveform, most: nMax }),
  };
}
