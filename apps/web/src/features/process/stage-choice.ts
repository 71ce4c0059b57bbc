import type { ConfigurationInfo, JsonValue, StageInfo, SubmitJobs } from '@countroom/contracts';
import type { Json } from '../../lib/form/schema-node';
import type { Proposal } from './proposal';

/** What a person chose for one stage. */
export interface StageChoice {
  /** Id of a stored version, `own` for options of one's own, or nothing yet. */
  readonly configuration: string;
  readonly options: Json;
  /** What a version is called that is not the newest of its configuration. */
  readonly versionName?: string;
}

/** Stands in the place of a version's id. */
export const ownOptions = 'own';

/** Choices by stage name; a stage without one is not run. */
export type StageChoices = Readonly<Record<string, StageChoice>>;

/** The stages of a request, in the order of the chain. */
export function requestedStages(stages: readonly StageInfo[], choices: StageChoices): SubmitJobs['stages'] {
  return stages.flatMap<SubmitJobs['stages'][number]>(({ name }) => {
    const choice = choices[name];
    if (choice === undefined) return [];
    return choice.configuration === ownOptions
      ? [{ stage: name, config: choice.options as Record<string, JsonValue> & Record<string, never> }]
      : [{ stage: name, configurationVersionId: choice.configuration }];
  });
}

/** The choice a stage begins with: what is proposed, its defaults where nothing is stored, else nothing. */
export function firstChoice(
  stage: StageInfo,
  stored: readonly ConfigurationInfo[],
  proposal: Proposal | null,
): StageChoice {
  const configuration = proposal?.versionId ?? (stored.length === 0 ? ownOptions : '');
  return { configuration, options: stage.defaults };
}

/** Why the request cannot be sent; null when it can. */
export function missingWord(
  runs: number,
  stages: readonly StageInfo[],
  choices: StageChoices,
): string | null {
  if (runs === 0) return 'Choose a run first.';
  const chosen = stages.filter(({ name }) => choices[name] !== undefined);
  if (chosen.length === 0) return 'Choose at least one stage.';
  const open = chosen.find(({ name }) => choices[name]?.configuration === '');
  return open === undefined ? null : `Choose a configuration for ${open.title.toLowerCase()}.`;
}

/** What is read and made, in words: `raw → dsp → hit`. */
export function chainWords(stages: readonly StageInfo[], choices: StageChoices): string {
  const chosen = stages.filter(({ name }) => choices[name] !== undefined);
  const made = chosen.flatMap(({ provides }) => provides);
  const first = chosen[0]?.dependsOn ?? [];
  return [...new Set([...first, ...made])].join(' → ');
}
