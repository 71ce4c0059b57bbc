import type { TableStage } from '@countroom/pipeline';
import { analyseTables, type TableSource } from '../analysis/analyse-tables.js';
import { hasWaveforms, readWaveforms } from '../analysis/read-waveforms.js';
import { type FilterOptions, filterOptions, heightsOf } from './filter-options.js';

const stage = 'find_filter';

/** The digital penalised least mean squares filter (DPLMS) for the pulses and the noise of every channel. */
export const findFilter: TableStage<FilterOptions> = {
  name: stage,
  version: '2',
  title: 'Find optimum filters',
  description:
    'Makes the filter with the best resolution out of the noise of baselines and the shape of pulses (DPLMS), for every channel.',
  dependsOn: 'raw',
  provides: 'filter',
  configSchema: filterOptions,
  untracked: [],
  work: 'tables',
  run: (config, inputs, context) =>
    analyseTables(
      {
        analysis: stage,
        title: 'Optimum filters',
        set: 'dsp',
        config,
        expressions: [],
        source: pulsesOf(config),
      },
      inputs.get('raw')!,
      context,
    ),
};

/** Waveforms with a height around the line. */
function pulsesOf(config: FilterOptions): TableSource {
  const { waveform, presum, nMax } = config;
  const baseline = Math.floor(config.baseline / presum);
  const { from, to } = heightsOf(config);
  return {
    needs: `waveforms of equal length in ${waveform}`,
    fits: (table) => hasWaveforms(table, waveform),
    read: (reader, table) =>
      readWaveforms(stage, reader, table, {
        column: waveform,
        most: nMax,
        presum,
        keep: (wave) => {
          const height = heightOf(wave, baseline);
          return height >= from && height < to;
        },
      }),
  };
}

function heightOf(wave: Float64Array, baseline: number): number {
  let sum = 0;
  for (let i = 0; i < baseline; i++) sum += wave[i]! / baseline;
  return wave.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY) - sum;
}
