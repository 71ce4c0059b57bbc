import { type Correspondence, type DatasetInfo, endpoints } from '@countroom/contracts';
import type { JoinedInput } from '@countroom/dsp';
import { type UseQueryResult, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { allPages } from '../../lib/api/all-pages';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { apiKey, useApi } from '../../lib/api/use-api';
import { originRemark, rowsFault, sourceOf } from './joined-source';
import type { JoinedRows } from './joined-tables';
import type { RawRows } from './use-raw-rows';

/** A joined table as it was found: its rows as bytes of a batch. */
export interface FoundJoin extends JoinedRows<ArrayBuffer> {
  /** Where it was found. */
  readonly dataset: DatasetInfo | undefined;
}

const foundIn = (answers: readonly UseQueryResult<FoundJoin>[]): readonly (FoundJoin | undefined)[] =>
  answers.map(({ data }) => data);

/** The rows of joined tables beside the chosen raw rows; an entry is undefined as long as it is being read. */
export function useJoinedRows(
  joins: readonly JoinedInput[],
  { dataset: of, table, row, count }: RawRows,
): readonly (FoundJoin | undefined)[] {
  const api = useApiClient();
  const client = useQueryClient();
  const enabled = joins.length > 0 && of !== undefined;
  const query = { detector: of?.detector ?? '', run: of?.run ?? 0, limit: 100 };
  // A run has as many data sets as its consumers wrote files: the one that is meant may be on any page.
  const datasets = useQuery({
    queryKey: [...apiKey(endpoints.data.list, { query }), 'all'],
    queryFn: ({ signal }) =>
      allPages((cursor) =>
        api.call(endpoints.data.list, {
          query: cursor === undefined ? query : { ...query, cursor },
          signal,
        }),
      ),
    enabled,
  });
  const correspondence = useApi(endpoints.data.correspondence, { params: { id: of?.id ?? '' } }, { enabled });
  const treeOf = (id: string) =>
    client.query({
      queryKey: apiKey(endpoints.data.tree, { params: { id } }),
      queryFn: () => api.call(endpoints.data.tree, { params: { id } }),
      staleTime: 'static',
    });
  const found = async (
    { file, group }: JoinedInput,
    known: { readonly datasets: readonly DatasetInfo[]; readonly correspondence: Correspondence },
    signal: AbortSignal,
  ): Promise<FoundJoin> => {
    const none = { file, group, rows: null, remark: undefined };
    const source = sourceOf({ file }, of?.run ?? 0, known.datasets, known.correspondence);
    if (typeof source === 'string') return { ...none, dataset: undefined, fault: source };
    try {
      const raw = { path: table?.path ?? '', rows: table?.rows ?? 0 };
      const fault = rowsFault({ file, group }, await treeOf(source.id), raw);
      if (fault !== undefined) return { ...none, dataset: source, fault };
      const ask = { params: { id: source.id }, query: { path: group, from: row, count }, signal };
      const rows = await api.call(endpoints.data.rows, ask).then((answer: unknown) => answer as ArrayBuffer);
      const remark = originRemark({ file, group }, source, known.correspondence);
      return { file, group, rows, dataset: source, fault: undefined, remark };
    } catch (error) {
      if (signal.aborted) throw error;
      return { ...none, dataset: source, fault: shownError(error).message };
    }
  };
  return useQueries({
    queries: joins.map((join) => ({
      queryKey: ['joined rows', of?.id, table?.path, row, count, join.file, join.group],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        found(join, { datasets: datasets.data!, correspondence: correspondence.data! }, signal),
      enabled: datasets.data !== undefined && correspondence.data !== undefined && table !== undefined,
      staleTime: 60_000,
    })),
    combine: foundIn,
  });
}
