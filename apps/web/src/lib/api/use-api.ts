import type { CallArguments } from '@countroom/client';
import type { Endpoint, ResponseOf } from '@countroom/contracts';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useApiClient } from './api-provider';

export interface ApiOptions {
  readonly enabled?: boolean;
  /** Ask again every so many ms. */
  readonly everyMs?: number;
  /** Show the previous answer while the next one is on its way (filters, pages). */
  readonly keepPrevious?: boolean;
}

/** Query key of a call; `[endpoint.id]` alone reaches all calls of an endpoint. */
export function apiKey(endpoint: Pick<Endpoint, 'id'>, args?: object): readonly unknown[] {
  return args === undefined ? [endpoint.id] : [endpoint.id, args];
}

/** The answer of an endpoint, asked for when the page shows it and kept fresh. */
export function useApi<E extends Endpoint>(
  endpoint: E,
  args: CallArguments<E>,
  options: ApiOptions = {},
): UseQueryResult<ResponseOf<E>> {
  const api = useApiClient();
  return useQuery<ResponseOf<E>>({
    queryKey: apiKey(endpoint, args),
    queryFn: ({ signal }) => api.call(endpoint, { ...args, signal }),
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}
