import type { ConfigurationInfo, JsonValue, StageInfo, SubmitJobs } from '@countroom/contracts';
import type { Json } from '../../lib/form/schema-node';

/** What a person chose for one stage. */
export interface StageChoice {
  /** Id of a stored version, or undefined for options of one's own. */
  readonly versionId: string | undefined;
  readonly options: Json;
}

/** Choices by stage name; a stage without one is not run. */
export type StageChoices = Readonly<Record<string, StageChoice>>;

/** The stages of a request, in the order of the chain. */
export function requestedStages(stages: readonly StageInfo[], choices: StageChoices): SubmitJobs['stages'] {
  return stages.flatMap<SubmitJobs['stages'][number]>(({ name }) => {
    const choice = choices[name];
    if (choice === undefined) return [];
    return choice.versionId === undefined
      ? [{ stage: name, config: choice.options as Record<string, JsonValue> & Record<string, never> }]
      : [{ stage: name, configurationVersionId: choice.versionId }];
  });
}

/** The choice a stage begins with: the first stored configuration, else its defaults. */
export function firstChoice(stage: StageInfo, stored: readonly ConfigurationInfo[]): StageChoice {
  return { versionId: stored[0]?.latestVersionId, options: stage.defaults };
}

/** Why the request cannot be sent; null when it can. */
export function missingWord(runs: number, stages: number): string | null {
  if (runs === 0) return 'Choose a run first.';
  return stages === 0 ? 'Choose at least one stage.' : null;
}

/** What is read and made, in words: `raw → dsp → hit`. */
export function chainWords(stages: readonly StageInfo[], choices: StageChoices): string {
  const chosen = stages.filter(({ name }) => choices[name] !== undefined);
  const kinds = chosen.flatMap(({ dependsOn, provides }, index) =>
    index === 0 ? [...dependsOn, ...provides] : provides,
  );
  return kinds.join(' → ');
}
