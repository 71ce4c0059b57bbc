import { type Detector, type ExperimentPreset, endpoints } from '@countroom/contracts';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { useLanguage } from '../../lib/language/language';
import { noteWithUndo } from '../../lib/ui/undo-note';
import { message } from './messages';

interface Wanted {
  /** Name of the configuration. */
  readonly name: string;
  readonly title: string;
  readonly preset: ExperimentPreset;
}

/** Stores a preset as a configuration of the detector, as a new version where it differs, and makes it the active one. */
export function useActivatePreset(detector: Detector): UseMutationResult<string, unknown, Wanted> {
  const api = useApiClient();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const params = { detector: detector.name };
  const choose = async (configurationVersionId: string): Promise<void> => {
    await api.call(endpoints.detectors.update, { params, body: { configurationVersionId } });
    const changed = [endpoints.detectors.list, endpoints.configurations.list, endpoints.detectors.statuses];
    await Promise.all(changed.map(({ id }) => queries.invalidateQueries({ queryKey: [id] })));
  };
  const stored = async ({ name, title, preset }: Wanted): Promise<string> => {
    const query = { kind: 'detector' as const, detector: detector.name };
    const known = await api.call(endpoints.configurations.list, { query });
    const same = known.find((one) => one.name === name && one.detector === detector.name);
    const content = preset.configuration;
    if (same === undefined) {
      const made = await api.call(endpoints.configurations.create, {
        body: { kind: 'detector', detector: detector.name, name, description: title, content },
      });
      return made.latestVersionId;
    }
    const version = await api.call(endpoints.configurations.addVersion, {
      params: { id: same.id },
      body: { content, comment: 'As the experiment has it' },
    });
    return version.id;
  };
  return useMutation<string, unknown, Wanted>({
    mutationFn: async (wanted) => {
      const before = detector.configuration;
      const versionId = await stored(wanted);
      await choose(versionId);
      if (before !== null)
        noteWithUndo(
          `${detector.name} ${message(language, 'worksWith')} ${wanted.title}.`,
          () => choose(before.versionId),
          message(language, 'notUndone'),
        );
      return versionId;
    },
  });
}
