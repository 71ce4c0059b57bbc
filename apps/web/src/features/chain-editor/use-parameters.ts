import { endpoints, type ResolvedParameters } from '@countroom/contracts';
import type { ParameterTree } from '@countroom/parameters/values';
import { useApi } from '../../lib/api/use-api';
import { channelOfTable, type Stores } from './parameters';

/** The set of parameters that raw_to_dsp reads. */
const set = 'dsp';
const noValues: ParameterTree = {};
const noSources: ResolvedParameters['sources'] = {};

/** Approved parameters as they hold for a run, and where those of one channel come from; asked for when there is anything to look up. */
export function useHeldParameters(
  run: { readonly detector: string; readonly run: number } | undefined,
  table: string,
  isNeeded: boolean,
): Pick<Stores, 'held' | 'sources'> & { readonly error: unknown; readonly pending: boolean } {
  const query = { set, ...(run === undefined ? {} : { detector: run.detector, run: run.run }) };
  const channel = channelOfTable(table);
  const enabled = isNeeded && run !== undefined;
  const all = useApi(endpoints.parameters.resolve, { query }, { enabled });
  const own = useApi(
    endpoints.parameters.resolve,
    { query: { ...query, channel: channel ?? '' } },
    { enabled: enabled && channel !== undefined },
  );
  return {
    held: (all.data?.values as ParameterTree | undefined) ?? noValues,
    sources: own.data?.sources ?? noSources,
    error: all.error ?? own.error,
    pending: enabled && all.isPending,
  };
}
