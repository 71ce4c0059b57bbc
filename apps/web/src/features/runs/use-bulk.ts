import { endpoints, type RunSummary } from '@countroom/contracts';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { noteWithUndo } from '../../lib/ui/undo-note';
import { type BulkCall, type BulkChange, callsOf, runCount, undoCalls } from './bulk-change';

/** Changes many runs at once, says how many, and offers to take it back. */
export function useBulk(): {
  readonly change: (runs: readonly RunSummary[], change: BulkChange, done: string) => void;
  readonly busy: boolean;
} {
  const api = useApiClient();
  const queries = useQueryClient();
  const send = async (calls: readonly BulkCall[]): Promise<void> => {
    for (const { ids, change } of calls) {
      const { addTags = [], removeTags = [], ...rest } = change;
      await api.call(endpoints.runs.bulk, {
        body: { ids: [...ids], addTags: [...addTags], removeTags: [...removeTags], ...rest },
      });
    }
  };
  const mutation = useMutation({
    mutationKey: [endpoints.runs.bulk.id],
    mutationFn: send,
    // Also after a failure: part of the runs may have been changed.
    onSettled: () => {
      for (const id of [endpoints.runs.list.id, endpoints.runs.get.id, endpoints.runs.tags.id])
        void queries.invalidateQueries({ queryKey: [id] });
    },
    onError: (error) =>
      notifications.show({
        title: 'Runs: not changed',
        message: shownError(error).message,
        color: 'alarm',
        autoClose: 12_000,
      }),
  });
  return {
    busy: mutation.isPending,
    change: (runs, change, done) => {
      const back = undoCalls(runs, change);
      mutation.mutate(
        callsOf(
          runs.map((run) => run.id),
          change,
        ),
        {
          onSuccess: () =>
            noteWithUndo(`${runCount(runs.length)}: ${done}.`, () => {
              mutation.mutate(back);
            }),
        },
      );
    },
  };
}
