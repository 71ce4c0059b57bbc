import { type DatasetInfo, endpoints, type TreeNode } from '@countroom/contracts';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { apiKey, useApi } from '../../lib/api/use-api';
import { linkOf, type Tier, tierKeys } from './tiers';

/** All files of a run that can be looked into; that of the waveforms is there at once, others when they have been opened. */
export function useTiers(
  dataset: DatasetInfo,
  root: TreeNode,
): { readonly own: Tier; readonly tiers: readonly Tier[]; readonly pending: boolean } {
  const api = useApiClient();
  const { detector, run } = dataset;
  const list = useApi(endpoints.data.list, { query: { detector, run, limit: 100 } });
  const correspondence = useApi(endpoints.data.correspondence, { params: { id: dataset.id } });
  const files = useMemo(() => {
    const found = (list.data?.items ?? []).filter(({ format }) => format === 'lh5');
    return found.some(({ id }) => id === dataset.id) ? found : [dataset, ...found];
  }, [list.data, dataset]);
  const others = files.filter(({ id }) => id !== dataset.id);
  const trees = useQueries({
    queries: others.map(({ id }) => {
      const args = { params: { id } };
      return {
        queryKey: apiKey(endpoints.data.tree, args),
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api.call(endpoints.data.tree, { ...args, signal }),
      };
    }),
  });
  const keys = tierKeys(files);
  const own: Tier = {
    key: keys.get(dataset.id) ?? dataset.dataKind,
    dataset: dataset.id,
    root,
    link: 'rows',
    missing: null,
  };
  const rest = others.flatMap(({ id, dataKind }, index): readonly Tier[] => {
    const tree = trees[index]?.data;
    if (tree === undefined || correspondence.data === undefined) return [];
    const link = linkOf(id, correspondence.data);
    return [{ key: keys.get(id) ?? dataKind, dataset: id, root: tree, ...link }];
  });
  return {
    own,
    tiers: [own, ...rest],
    pending: list.isPending || correspondence.isPending || trees.some(({ isPending }) => isPending),
  };
}
