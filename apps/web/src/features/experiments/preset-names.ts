import type { Experiment, ExperimentPreset } from '@countroom/contracts';

/** Name of the configuration that a preset of an experiment becomes. */
export function presetName(
  experiment: Pick<Experiment, 'id'>,
  preset: Pick<ExperimentPreset, 'name'>,
): string {
  return `${experiment.id}-${preset.name}`.slice(0, 64);
}
