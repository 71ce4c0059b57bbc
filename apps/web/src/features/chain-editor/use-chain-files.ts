import { type DatasetInfo, endpoints, type FileNumbers } from '@countroom/contracts';
import type { FileRequest } from '@countroom/dsp';
import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { useApi } from '../../lib/api/use-api';
import { type KnownNumbers, mergeNumbers, numbersAt } from './chain-numbers';

/** An object of a file that a chain names, and how far it is known. */
export interface NamedFile extends FileRequest {
  /** The configuration itself holds its numbers: they count in jobs. */
  readonly isStored: boolean;
  readonly numbers: FileNumbers | undefined;
  /** Why there are none. */
  readonly fault: string | undefined;
}

type Answer = FileNumbers | string;
const dataSet = /^\{(hit|tcm|evt)\}$/;
const dataOf = (answers: readonly UseQueryResult<Answer>[]): readonly (Answer | undefined)[] =>
  answers.map(({ data }) => data);

/**
 * Numbers of the files that a chain names: those of the configuration, then of the data set of the run (`{hit}`), then of the
 * server's import folder, which no path leads out of.
 */
export function useChainFiles(
  requests: readonly FileRequest[],
  stored: KnownNumbers,
  of: Pick<DatasetInfo, 'detector' | 'run'> | undefined,
): { readonly known: KnownNumbers; readonly files: readonly NamedFile[] } {
  const api = useApiClient();
  const open = useMemo(
    () => requests.filter((request) => typeof numbersAt(stored, request) !== 'object'),
    [requests, stored],
  );
  const needsRun = open.some(({ file }) => dataSet.test(file));
  const ofRun = useApi(
    endpoints.data.list,
    { query: { detector: of?.detector ?? '', run: of?.run ?? 0, limit: 100 } },
    { enabled: needsRun && of !== undefined },
  );
  const found = useQueries({
    queries: open.map(({ file, path }) => {
      const kind = dataSet.exec(file)?.[1];
      const id = ofRun.data?.items.find(({ dataKind, format }) => dataKind === kind && format === 'lh5')?.id;
      return {
        queryKey: ['chain file', file, path, id ?? ''],
        queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Answer> => {
          try {
            if (kind === undefined)
              return await api.call(endpoints.data.folderNumbers, { query: { file, path }, signal });
            if (id === undefined) return `run ${of?.run ?? ''} has no ${kind} data`;
            return await api.call(endpoints.data.numbers, { params: { id }, query: { path }, signal });
          } catch (error) {
            return shownError(error).message;
          }
        },
        enabled: kind === undefined || ofRun.data !== undefined,
        staleTime: 60_000,
      };
    }),
    combine: dataOf,
  });
  const known = useMemo(() => {
    const read: Record<string, Record<string, Answer>> = {};
    open.forEach(({ file, path }, index) => {
      const answer = found[index];
      if (answer !== undefined) read[file] = { ...read[file], [path]: answer };
    });
    return mergeNumbers(stored, read);
  }, [open, found, stored]);
  return {
    known,
    files: requests.map((request) => {
      const numbers = numbersAt(known, request);
      return {
        ...request,
        isStored: typeof numbersAt(stored, request) === 'object',
        numbers: typeof numbers === 'object' ? numbers : undefined,
        fault: typeof numbers === 'string' ? numbers : undefined,
      };
    }),
  };
}
