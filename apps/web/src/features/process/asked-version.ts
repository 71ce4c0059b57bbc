import { endpoints, type StageInfo } from '@countroom/contracts';
import { useApi } from '../../lib/api/use-api';
import { urlNumber, urlText, useUrlState } from '../../lib/url/url-state';
import type { StageChoices } from './stage-choice';

/**
 * The choices that the form begins with: the version of a configuration that the address names, none without one.
 * Undefined while that is being read.
 */
export function useAskedVersion(stages: readonly StageInfo[]): StageChoices | undefined {
  const [id] = useUrlState('configuration', urlText);
  const [number] = useUrlState('version', urlNumber);
  const enabled = id !== '';
  const configuration = useApi(endpoints.configurations.get, { params: { id } }, { enabled });
  const versions = useApi(endpoints.configurations.versions, { params: { id } }, { enabled });
  if (!enabled || configuration.isError || versions.isError) return {};
  if (configuration.data === undefined || versions.data === undefined) return undefined;
  const { kind, name, latest } = configuration.data;
  const stage = stages.find((one) => one.name === kind);
  const version = versions.data.find((one) => one.version === (number ?? latest));
  if (stage === undefined || version === undefined) return {};
  return {
    [kind]: {
      configuration: version.id,
      options: stage.defaults,
      versionName: `${name}, version ${version.version}`,
    },
  };
}
