import { endpoints, type SkimCounts, type SkimRows } from '@countroom/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { useApi } from '../../lib/api/use-api';
import { urlChoice, urlFlag, urlRange, urlText, useUrlState } from '../../lib/url/url-state';
import type { RunName } from '../process/process-path';
import type { Query } from './skim-query';

const shown = 50;
export const binChoices = ['200', '50', '100', '400', '1000', '4000'] as const;
export const binCodec = urlChoice(binChoices);
const logCodec = urlFlag();
/** Cells per side of a plot over two axes. */
const mostCells = 256;

/** Whether a query asks for any column. */
export function hasColumns(query: Query): boolean {
  return Array.isArray(query['columns']) && query['columns'].length > 0;
}

/** The first rows that pass. */
export function useSkimRows(runs: readonly RunName[], query: Query): UseQueryResult<SkimRows> {
  return useApi(
    endpoints.skim.rows,
    { body: { runs: [...runs], query, count: shown } },
    { enabled: hasColumns(query), keepPrevious: true },
  );
}

/** What is plotted, as it stands in the address, and its counts. */
export function useSkimPlot(runs: readonly RunName[], query: Query): SkimPlotState {
  const [x, setX] = useUrlState('x', urlText);
  const [y, setY] = useUrlState('y', urlText);
  const [bins, setBins] = useUrlState('bins', binCodec);
  const [range, setRange] = useUrlState('range', urlRange);
  const [logarithmic, setLogarithmic] = useUrlState('log', logCodec);
  const isPlane = y !== '';
  const count = isPlane ? Math.min(mostCells, Number(bins)) : Number(bins);
  const limits = range === null ? {} : { min: range[0], max: range[1] };
  const across = { expression: x, bins: count, ...limits };
  const counts = useApi(
    endpoints.skim.histogram,
    {
      body: { runs: [...runs], query, axes: isPlane ? [{ expression: y, bins: count }, across] : [across] },
    },
    { enabled: x !== '', keepPrevious: true },
  );
  return {
    x,
    y,
    bins,
    range,
    logarithmic,
    axes: isPlane ? 2 : 1,
    counts,
    setX,
    setY,
    setBins,
    setRange,
    setLogarithmic,
  };
}

/** A plot of a query. */
export interface SkimPlotState {
  readonly x: string;
  /** Empty for counts over one axis. */
  readonly y: string;
  readonly bins: (typeof binChoices)[number];
  readonly range: readonly [number, number] | null;
  readonly logarithmic: boolean;
  readonly axes: 1 | 2;
  readonly counts: UseQueryResult<SkimCounts>;
  readonly setX: (x: string) => void;
  readonly setY: (y: string) => void;
  readonly setBins: (bins: (typeof binChoices)[number]) => void;
  readonly setRange: (range: readonly [number, number] | null) => void;
  readonly setLogarithmic: (on: boolean) => void;
}
