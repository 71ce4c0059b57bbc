import { useCallback, useMemo } from 'react';
import { replaceUrl, useSearch } from '../../lib/url/url-state';
import { type RunFilters, readRunFilters, writeRunFilters } from './run-filters';

/** The filters in the address, and the way to change some of them. */
export function useRunFilters(): readonly [RunFilters, (changes: Partial<RunFilters>) => void] {
  const search = useSearch();
  const text = search.toString();
  const filters = useMemo(() => readRunFilters(new URLSearchParams(text)), [text]);
  const change = useCallback((changes: Partial<RunFilters>) => replaceUrl(writeRunFilters(changes)), []);
  return [filters, change];
}
