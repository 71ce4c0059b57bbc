import type { CallArguments } from '@countroom/client';
import type { Endpoint, ResponseOf } from '@countroom/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApiClient } from './api-provider';
import { apiKey } from './use-api';

/** Rows of a list that comes page by page behind a cursor. */
export interface Pages<T> {
  readonly rows: readonly T[];
  /** How many rows match in all; null when the server does not count them. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly loadingMore: boolean;
  readonly isPending: boolean;
  readonly isFetching: boolean;
  /** Rows shown belong to the question before this one. */
  readonly isPlaceholder: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly total: number | null;
}

type ItemOf<E extends Endpoint> = ResponseOf<E> extends Page<infer T> ? T : never;

/** All pages read so far of a list endpoint, with the way to the next one. */
export function usePages<E extends Endpoint>(
  endpoint: E,
  args: CallArguments<E>,
  options: { readonly enabled?: boolean; readonly everyMs?: number; readonly pageSize?: number } = {},
): Pages<ItemOf<E>> {
  const api = useApiClient();
  const pageSize = options.pageSize ?? 100;
  const query = useInfiniteQuery({
    queryKey: [...apiKey(endpoint, args), 'pages', pageSize],
    queryFn: async ({ pageParam, signal }): Promise<Page<ItemOf<E>>> => {
      const given = args as { readonly query?: object };
      const asked = {
        ...args,
        query: { ...given.query, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      } as CallArguments<E>;
      return (await api.call(endpoint, asked)) as Page<ItemOf<E>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  return {
    rows,
    total: pages?.[0]?.total ?? null,
    hasMore: query.hasNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    loadingMore: query.isFetchingNextPage,
    isPending: query.isPending,
    isFetching: query.isFetching,
    isPlaceholder: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
