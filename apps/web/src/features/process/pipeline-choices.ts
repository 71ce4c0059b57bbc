import type { ConfigurationInfo, PipelineDefinition, StageInfo } from '@countroom/contracts';
import type { Json } from '../../lib/form/schema-node';
import { ownOptions, type StageChoice, type StageChoices } from './stage-choice';

/** What is known to fill a form with. */
export interface Known {
  readonly stages: readonly StageInfo[];
  readonly configurations: readonly ConfigurationInfo[];
  /** Of the runs. */
  readonly detectors: readonly string[];
}

/**
 * The choices that a stored pipeline stands for: configurations by their names (a detector's own before shared ones,
 * when all runs are of one detector), or options. A configuration that is not there is left open.
 */
export function choicesOf({ stages }: PipelineDefinition, known: Known): StageChoices {
  const only = known.detectors.length === 1 ? known.detectors[0] : undefined;
  const entries = stages.flatMap(({ stage, configuration, config }): [string, StageChoice][] => {
    const info = known.stages.find(({ name }) => name === stage);
    if (info === undefined) return [];
    if (configuration === undefined) {
      const options: Json = { ...info.defaults, ...config };
      return [[stage, { configuration: ownOptions, options }]];
    }
    const named = known.configurations.filter(({ kind, name }) => kind === stage && name === configuration);
    const own = named.find(({ detector }) => detector !== null && detector === only);
    const found = own ?? named.find(({ detector }) => detector === null);
    return [[stage, { configuration: found?.latestVersionId ?? '', options: info.defaults }]];
  });
  return Object.fromEntries(entries);
}
