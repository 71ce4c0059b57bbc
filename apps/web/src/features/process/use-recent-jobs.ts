import { endpoints, type JobInfo } from '@countroom/contracts';
import { useQueries } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { apiKey } from '../../lib/api/use-api';

const most = 100;

/** The newest jobs of some detectors: what was used last. */
export function useRecentJobs(detectors: readonly string[]): readonly JobInfo[] {
  const api = useApiClient();
  return useQueries({
    queries: detectors.map((detector) => {
      const args = { query: { detector, limit: most } };
      return {
        queryKey: apiKey(endpoints.jobs.list, args),
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api.call(endpoints.jobs.list, { ...args, signal }),
      };
    }),
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
}
