import type { CallArguments } from '@countroom/client';
import {
  type endpoints,
  type Quality,
  quality,
  type RunOutcome,
  runOutcome,
  slug,
} from '@countroom/contracts';
import { without } from '../../lib/form/without';
import { urlChoice, urlFlag, urlList, urlNumber, urlText } from '../../lib/url/url-state';

/** What runs are asked for; all of it stands in the address. */
export interface RunFilters {
  readonly detector: readonly string[];
  readonly outcome: readonly RunOutcome[];
  readonly quality: readonly Quality[];
  readonly tag: readonly string[];
  readonly mode: string;
  readonly by: string;
  readonly text: string;
  /** UTC, `2026-03-01T12:00`, as date fields write it. */
  readonly after: string;
  readonly before: string;
  readonly number: number | null;
  readonly running: boolean;
  readonly sort: RunSort;
  readonly order: 'asc' | 'desc';
}

export const runSorts = ['started', 'number', 'recorded', 'duration'] as const;
export type RunSort = (typeof runSorts)[number];

const runningCodec = urlFlag();
const sortCodec = urlChoice(runSorts);
const orderCodec = urlChoice(['desc', 'asc']);

/** Filters from an address; what makes no sense is left out instead of failing the list. */
export function readRunFilters(search: URLSearchParams): RunFilters {
  const list = (name: string): readonly string[] => urlList.read(search.get(name));
  const number = urlNumber.read(search.get('number'));
  return {
    detector: list('detector').filter((name) => slug.safeParse(name).success),
    outcome: runOutcome.options.filter((one) => list('outcome').includes(one)),
    quality: quality.options.filter((one) => list('quality').includes(one)),
    tag: list('tag').filter((tag) => tag !== '' && tag.length <= 64),
    mode: urlText.read(search.get('mode')).slice(0, 64),
    by: urlText.read(search.get('by')).slice(0, 63),
    text: urlText.read(search.get('text')).slice(0, 200),
    after: readMinute(search.get('after')),
    before: readMinute(search.get('before')),
    number: number !== null && Number.isSafeInteger(number) ? number : null,
    running: runningCodec.read(search.get('running')),
    sort: sortCodec.read(search.get('sort')),
    order: orderCodec.read(search.get('order')),
  };
}

/** Entries of the address for filters; null entries are left out of it. */
export function writeRunFilters(filters: Partial<RunFilters>): Record<string, string | null> {
  const { detector, outcome, quality: qualities, tag, mode, by, text, after, before } = filters;
  const entries: Record<string, string | null | undefined> = {
    detector: detector && urlList.write(detector),
    outcome: outcome && urlList.write(outcome),
    quality: qualities && urlList.write(qualities),
    tag: tag && urlList.write(tag),
    mode: mode === undefined ? undefined : urlText.write(mode),
    by: by === undefined ? undefined : urlText.write(by),
    text: text === undefined ? undefined : urlText.write(text),
    after: after === undefined ? undefined : urlText.write(after),
    before: before === undefined ? undefined : urlText.write(before),
    number: filters.number === undefined ? undefined : urlNumber.write(filters.number),
    running: filters.running === undefined ? undefined : runningCodec.write(filters.running),
    sort: filters.sort && sortCodec.write(filters.sort),
    order: filters.order && orderCodec.write(filters.order),
  };
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string | null] => entry[1] !== undefined),
  );
}

/** Filters that let every run through, in the usual order. */
export const noFilters: RunFilters = readRunFilters(new URLSearchParams());

/** How many filters narrow the list; the order does not count. */
export function filterCount(filters: RunFilters): number {
  return Object.values(without(filters, 'sort', 'order')).filter((value) =>
    Array.isArray(value) ? value.length > 0 : value !== '' && value !== null && value !== false,
  ).length;
}

type RunsQuery = NonNullable<CallArguments<typeof endpoints.runs.list>['query']>;

/** The question to the server. */
export function runsQuery(filters: RunFilters): RunsQuery {
  const { detector, outcome, quality: qualities, tag, mode, by, text, after, before, number } = filters;
  return {
    sort: filters.sort,
    order: filters.order,
    ...(detector.length === 0 ? {} : { detector: [...detector] }),
    ...(outcome.length === 0 ? {} : { outcome: [...outcome] }),
    ...(qualities.length === 0 ? {} : { quality: [...qualities] }),
    ...(tag.length === 0 ? {} : { tag: [...tag] }),
    ...(mode === '' ? {} : { mode }),
    ...(by === '' ? {} : { by }),
    ...(text === '' ? {} : { text }),
    ...(after === '' ? {} : { startedAfter: `${after}:00Z` }),
    ...(before === '' ? {} : { startedBefore: `${before}:00Z` }),
    ...(number === null ? {} : { number }),
    ...(filters.running ? { running: 'true' as const } : {}),
  };
}

function readMinute(text: string | null): string {
  const fits = text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text);
  return fits && !Number.isNaN(Date.parse(`${text}:00Z`)) ? text : '';
}
