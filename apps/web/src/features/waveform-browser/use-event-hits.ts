import { type EventHits, endpoints } from '@countroom/contracts';
import { useApi } from '../../lib/api/use-api';
import type { Tier } from './tiers';
import type { ChosenRows } from './use-rows';

/** Hits of the chosen events as rows of a data set; nothing is asked when rows are chosen. */
export function useEventHits(
  dataset: string,
  source: Tier | undefined,
  { numbers, unit }: ChosenRows,
): { readonly data: EventHits | undefined; readonly pending: boolean; readonly error: unknown } {
  const isAsked = unit === 'event' && source !== undefined && numbers.length > 0;
  const args = { params: { id: source?.dataset ?? '' }, query: { dataset, events: numbers.join(',') } };
  const { data, isPlaceholderData, isPending, error } = useApi(endpoints.data.eventHits, args, {
    enabled: isAsked,
    keepPrevious: true,
  });
  return isAsked
    ? { data, pending: isPending || isPlaceholderData, error }
    : { data: undefined, pending: false, error: null };
}
