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
  /** Brings runs back to what they were before a change, but for what somebody has changed since. */
  readonly takeBack: (before: readonly RunSummary[], change: BulkChange) => void;
  readonly busy: boolean;
} {
  const api = useApiClient();
  const queries = useQueryClient();
  /** Gives the number of runs of which something was kept. */
  const send = async (calls: readonly BulkCall[]): Promise<number> => {
    let kept = 0;
    for (const { ids, change } of calls) {
      const { addTags = [], removeTags = [], ...rest } = change;
      const answer = await api.call(endpoints.runs.bulk, {
        body: { ids: [...ids], addTags: [...addTags], removeTags: [...removeTags], ...rest },
      });
      kept += answer.kept;
    }
    return kept;
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
  const takeBack = (before: readonly RunSummary[], change: BulkChange): void => {
    mutation.mutate(undoCalls(before, change), {
      onSuccess: (kept) => notifications.show({ message: undoneWords(kept) }),
    });
  };
  return {
    busy: mutation.isPending,
    takeBack,
    change: (runs, change, done) => {
      const ids = runs.map((run) => run.id);
      mutation.mutate(callsOf(ids, change), {
        onSuccess: () => noteWithUndo(`${runCount(runs.length)}: ${done}.`, () => takeBack(runs, change)),
      });
    },
  };
}

function undoneWords(kept: number): string {
  if (kept === 0) return 'Taken back.';
  return `Taken back, but for what somebody has changed since in ${runCount(kept)}.`;
}
