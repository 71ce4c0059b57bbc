import { type DatasetInfo, endpoints } from '@countroom/contracts';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import type { Json } from '../../lib/form/schema-node';
import { ChainClient } from '../chain-editor/chain-client';
import { storedNumbers } from '../chain-editor/chain-numbers';
import { lookedUpBy, valueAt } from '../chain-editor/draft';
import { chainForTable } from '../chain-editor/other-chain';
import { databaseFor } from '../chain-editor/parameters';
import { useHeldParameters } from '../chain-editor/use-parameters';
import { type ComputedTable, nothingAsked, spectrumName, withSpectrum } from './chain-rows';
import type { DrawnTable } from './drawn-tables';

/** A chain that is computed for the drawn rows, in a worker of this page. */
export interface AskedChain {
  /** Content of the configuration; undefined for none. */
  readonly content: Json | undefined;
  /** Names the content in what is kept of answers. */
  readonly key: string;
  readonly waveforms: readonly string[];
  /** Also the power spectrum of the waveforms. */
  readonly spectrum: boolean;
}

/** What a chain makes of the drawn rows; parameters are those that hold for the run. */
export function useChainRows(
  dataset: DatasetInfo,
  tables: readonly DrawnTable[],
  { content, key, waveforms, spectrum }: AskedChain,
): { readonly computed: readonly ComputedTable[]; readonly pending: boolean; readonly error: unknown } {
  const api = useApiClient();
  const client = useRef<ChainClient | null>(null);
  useEffect(
    () => () => {
      client.current?.close();
      client.current = null;
    },
    [],
  );
  const isOn = content !== undefined || spectrum;
  const needsParameters = useMemo(
    () => content !== undefined && JSON.stringify(content).includes('db.'),
    [content],
  );
  const { held, pending, error } = useHeldParameters(dataset, '', needsParameters);
  const heldText = useMemo(() => JSON.stringify(held), [held]);
  const answers = useQueries({
    queries: tables.map(({ table, path, numbers }) => {
      const query = { path: table.path, rows: numbers.join(',') };
      return {
        queryKey: ['chain rows', dataset.id, path, query.rows, key, heldText, waveforms.join(), spectrum],
        queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<ComputedTable> => {
          // An endpoint of bytes gives them as they came.
          const bytes = await api
            .call(endpoints.data.rows, { params: { id: dataset.id }, query, signal })
            .then((answer: unknown) => answer as ArrayBuffer);
          const own = content === undefined ? undefined : chainForTable(content, table.path);
          const column = path === table.path ? 'waveform' : path.slice(table.path.length + 1).split('/')[0]!;
          const config = spectrum ? withSpectrum(own, column) : (own ?? nothingAsked);
          const database =
            lookedUpBy(config).length === 0
              ? {}
              : databaseFor(table.path, { held, given: valueAt(content, ['database']) });
          const question = {
            config,
            database,
            show: [...waveforms, ...(spectrum ? [spectrumName] : [])],
            numbers: storedNumbers(content ?? null),
          };
          client.current ??= new ChainClient();
          return { table: table.path, numbers, answer: await client.current.ask(question, bytes) };
        },
        enabled: isOn && !pending && numbers.length > 0,
        structuralSharing: false as const,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
      };
    }),
  });
  return {
    computed: isOn ? answers.flatMap(({ data }) => data ?? []) : [],
    pending: isOn && answers.some(({ isPending, isFetching }) => isPending && isFetching),
    error: error ?? answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}
