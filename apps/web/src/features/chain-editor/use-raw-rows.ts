import { type DatasetInfo, endpoints, type TreeNode } from '@countroom/contracts';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { apiKey, useApi } from '../../lib/api/use-api';
import { urlNumber, urlText, useUrlState } from '../../lib/url/url-state';

const mostRows = 16;

/** A table of a raw file. */
export interface RawTable {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

/** What the preview is computed for, and how to choose something else. */
export interface RawRows {
  readonly datasets: readonly DatasetInfo[] | undefined;
  readonly dataset: DatasetInfo | undefined;
  readonly tables: readonly RawTable[] | undefined;
  readonly table: RawTable | undefined;
  readonly row: number;
  readonly count: number;
  /** Rows as bytes of a batch; null until they have come. */
  readonly bytes: ArrayBuffer | null;
  /** The bytes are those of the chosen rows, not of those before. */
  readonly isSettled: boolean;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly chooseDataset: (id: string) => void;
  readonly chooseTable: (path: string) => void;
  readonly go: (row: number) => void;
  readonly setCount: (count: number) => void;
}

/** Tables that are in no other table, those with waveforms first. */
export function tablesOf(node: TreeNode): RawTable[] {
  const found: { readonly table: RawTable; readonly hasWaveforms: boolean }[] = [];
  const visit = (one: TreeNode): void => {
    if (one.kind !== 'table') {
      (one.children ?? []).forEach(visit);
      return;
    }
    const columns = one.children ?? [];
    found.push({
      table: { path: one.path, rows: one.rows ?? 0, columns: columns.map(({ name }) => name) },
      hasWaveforms: columns.some(({ kind }) => kind === 'waveform'),
    });
  };
  visit(node);
  return found.sort((a, b) => Number(b.hasWaveforms) - Number(a.hasWaveforms)).map(({ table }) => table);
}

/** The raw rows that the address names; without a choice the newest raw file, its first table and row. */
export function useRawRows(): RawRows {
  const [datasetId, setDataset] = useUrlState('dataset', urlText);
  const [tablePath, setTable] = useUrlState('table', urlText);
  const [rowText, setRow] = useUrlState('row', urlNumber);
  const [countText, setCount] = useUrlState('count', urlNumber);
  const list = useApi(endpoints.data.list, { query: { dataKind: 'raw', limit: 100 } });
  const named = useApi(
    endpoints.data.get,
    { params: { id: datasetId } },
    { enabled: datasetId !== '' && list.data?.items.every(({ id }) => id !== datasetId) === true },
  );
  const readable = list.data?.items.filter(({ format }) => format === 'lh5');
  const dataset =
    datasetId === '' ? readable?.[0] : (readable?.find(({ id }) => id === datasetId) ?? named.data);
  const tree = useApi(
    endpoints.data.tree,
    { params: { id: dataset?.id ?? '' } },
    { enabled: dataset !== undefined },
  );
  const tables = tree.data === undefined ? undefined : tablesOf(tree.data);
  const table = tables?.find(({ path }) => path === tablePath) ?? tables?.[0];
  const count = Math.min(mostRows, Math.max(1, Math.floor(countText ?? 1)));
  const row = Math.max(0, Math.min(Math.floor(rowText ?? 0), (table?.rows ?? 1) - count));
  const ask = { path: table?.path ?? '', from: row, count };
  const bytes = useRowBytes(dataset?.id, ask, table !== undefined && table.rows > 0);
  return {
    datasets: readable,
    dataset,
    tables,
    table,
    row,
    count,
    bytes: bytes.data ?? null,
    isSettled: bytes.data !== undefined && !bytes.isPlaceholderData,
    error: list.error ?? named.error ?? tree.error ?? bytes.error,
    isLoading: list.isPending || (dataset !== undefined && (tree.isPending || bytes.isPending)),
    chooseDataset: (id) => {
      setTable('');
      setRow(null);
      setDataset(id);
    },
    chooseTable: (path) => {
      setRow(null);
      setTable(path);
    },
    go: (next) => {
      setRow(Math.max(0, Math.min(Math.floor(next), (table?.rows ?? 1) - count)));
    },
    setCount: (next) => {
      setCount(next <= 1 ? null : next);
    },
  };
}

function useRowBytes(
  id: string | undefined,
  ask: { readonly path: string; readonly from: number; readonly count: number },
  enabled: boolean,
): UseQueryResult<ArrayBuffer> {
  const api = useApiClient();
  const args = { params: { id: id ?? '' }, query: ask };
  return useQuery({
    queryKey: apiKey(endpoints.data.rows, args),
    // An endpoint of bytes gives them as they came.
    queryFn: ({ signal }) =>
      api.call(endpoints.data.rows, { ...args, signal }).then((answer: unknown) => answer as ArrayBuffer),
    enabled: enabled && id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
