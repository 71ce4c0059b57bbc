import { endpoints, type WaveformsPreview } from '@countroom/contracts';
import { useQueries } from '@tanstack/react-query';
import { useApiClient } from '../../lib/api/api-provider';
import { apiKey } from '../../lib/api/use-api';
import type { DrawnTable } from './drawn-tables';

/** Pairs of minimum and maximum asked for: up to twice as many samples come unchanged. */
const fewPoints = 8000;
const manyPoints = 500;
const manyCurves = 10;

interface Asked {
  readonly dataset: string;
  readonly tables: readonly DrawnTable[];
  /** Only this part of them, in the unit of the file. */
  readonly part: readonly [number, number] | null;
  readonly enabled: boolean;
}

/** Waveforms of rows of one or several tables; undefined as long as one of them is not there. */
export function useWaveforms({ dataset, tables, part, enabled }: Asked): {
  readonly data: readonly WaveformsPreview[] | undefined;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const api = useApiClient();
  const curves = tables.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const points = curves > manyCurves ? manyPoints : fewPoints;
  const answers = useQueries({
    queries: tables.map(({ path, numbers }) => {
      const range = part === null ? {} : { min: part[0], max: part[1] };
      const args = { params: { id: dataset }, query: { path, rows: numbers.join(','), points, ...range } };
      return {
        queryKey: apiKey(endpoints.data.waveforms, args),
        queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
          api.call(endpoints.data.waveforms, { ...args, signal }),
        enabled: enabled && numbers.length > 0,
      };
    }),
  });
  const found = answers.flatMap(({ data }) => data ?? []);
  return {
    data: found.length === tables.length ? found : undefined,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.error !== null) void answer.refetch();
    },
  };
}
