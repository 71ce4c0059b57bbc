'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { PendingUrls } from './pending-urls';

const pending = new PendingUrls();

/** How a value stands in the address; `write` gives null for the value that needs no mention. */
export interface UrlCodec<T> {
  readonly read: (text: string | null) => T;
  readonly write: (value: T) => string | null;
}

/** Free text; empty is left out. */
export const urlText: UrlCodec<string> = {
  read: (text) => text ?? '',
  write: (value) => (value === '' ? null : value),
};

/** A switch; `initial` is left out. */
export function urlFlag(initial = false): UrlCodec<boolean> {
  return {
    read: (text) => (text === null ? initial : text === '1'),
    write: (value) => (value === initial ? null : value ? '1' : '0'),
  };
}

/** One of some words; the first is left out, and stands for anything unknown. */
export function urlChoice<const T extends string>(choices: readonly [T, ...T[]]): UrlCodec<T> {
  return {
    read: (text) => choices.find((choice) => choice === text) ?? choices[0],
    write: (value) => (value === choices[0] ? null : value),
  };
}

/** A number or nothing. */
export const urlNumber: UrlCodec<number | null> = {
  read: (text) => {
    const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : null;
  },
  write: (value) => (value === null ? null : String(value)),
};

/** Words separated by commas; an empty list is left out. */
export const urlList: UrlCodec<readonly string[]> = {
  read: (text) => (text === null || text === '' ? [] : text.split(',').map(decodeURIComponent)),
  write: (value) => (value.length === 0 ? null : value.map(encodeURIComponent).join(',')),
};

/** Two numbers in order, or nothing: a zoomed range. */
export const urlRange: UrlCodec<readonly [number, number] | null> = {
  read: (text) => {
    const [low, high] = (text ?? '').split(',').map(Number);
    if (low === undefined || high === undefined || text === null) return null;
    return Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : null;
  },
  write: (value) =>
    value === null ? null : `${Number(value[0].toPrecision(8))},${Number(value[1].toPrecision(8))}`,
};

/** Changes several entries of the address at once, without a step in the history. */
export function replaceUrl(changes: Readonly<Record<string, string | null>>): void {
  const search = latestSearch();
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) search.delete(name);
    else search.set(name, text);
  }
  const url = urlOf(window.location.pathname, search);
  pending.write(url);
  window.history.replaceState(null, '', url);
}

/** What stands in the address, changes included that the router has not shown yet. */
export function latestSearch(): URLSearchParams {
  const { pathname, search } = window.location;
  return searchOf(pending.latest(urlOf(pathname, new URLSearchParams(search))));
}

function searchOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split('?')[1] ?? '');
}

function urlOf(pathname: string, search: Pick<URLSearchParams, 'toString'>): string {
  const text = search.toString();
  return text === '' ? pathname : `${pathname}?${text}`;
}

/** The entries of the address, changes included that the router has not shown yet: what was chosen stays chosen. */
export function useSearch(): URLSearchParams {
  const url = urlOf(usePathname(), useSearchParams());
  useEffect(() => pending.show(url), [url]);
  const latest = useSyncExternalStore(
    pending.watch,
    () => pending.latest(url),
    () => url,
  );
  return useMemo(() => searchOf(latest), [latest]);
}

/**
 * A value that lives in the address, so that a copied link shows the same view. Lists stay the same object while the
 * address says the same, so that they can be what effects depend on; the codec is one made outside of the component.
 */
export function useUrlState<T>(name: string, codec: UrlCodec<T>): readonly [T, (value: T) => void] {
  const text = useSearch().get(name);
  const value = useMemo(() => codec.read(text), [codec, text]);
  const write = codec.write;
  const set = useCallback(
    (next: T) => {
      replaceUrl({ [name]: write(next) });
    },
    [name, write],
  );
  return [value, set];
}
