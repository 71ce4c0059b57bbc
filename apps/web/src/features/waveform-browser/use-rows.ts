import { endpoints, type TreeNode } from '@countroom/contracts';
import { useApi } from '../../lib/api/use-api';
import type { BrowserAddress } from './browser-address';
import { cutTable, type Tier } from './tiers';
import { clampRow } from './waveform-curves';

/** The rows, or events, that are to be drawn, and where they stand among those that pass the cut. */
export interface ChosenRows {
  readonly numbers: readonly number[];
  readonly unit: 'row' | 'event';
  /** All that there are. */
  readonly rows: number;
  /** Place of the first one. */
  readonly from: number;
  readonly passing: number;
  readonly pending: boolean;
  /** Why the cut cannot be used. */
  readonly error: unknown;
}

/** Rows by the cut of the address, or by number without one; events when `source`, the tier of the cut, has those. */
export function useRows(
  { row, place, drawn, cut, only }: BrowserAddress,
  ownRows: number,
  table: TreeNode | undefined,
  source: Tier | undefined,
): ChosenRows {
  const over = source === undefined || table === undefined ? undefined : cutTable(source, table);
  const isCut = cut !== '' && over !== undefined;
  const isEvents = source?.link === 'events';
  const unit = isEvents ? 'event' : 'row';
  const rows = isEvents ? (over?.rows ?? 0) : ownRows;
  const selection = useApi(
    endpoints.data.selection,
    {
      params: { id: source?.dataset ?? '' },
      query: {
        path: over?.path ?? '',
        cut,
        count: drawn,
        ...(place === null ? { near: row } : { from: place }),
      },
    },
    { enabled: isCut, keepPrevious: true },
  );
  if (!isCut && !isEvents && only.length > 0) {
    const there = only.filter((number) => number < rows);
    const near = there.findIndex((number) => number >= row);
    const from = clampRow(place ?? (near === -1 ? there.length - 1 : near), drawn, there.length);
    const numbers = there.slice(from, from + drawn);
    return { numbers, unit, rows, from, passing: there.length, pending: false, error: null };
  }
  if (!isCut) {
    const from = clampRow(place ?? row, drawn, rows);
    const numbers = Array.from({ length: Math.min(drawn, rows) }, (_, index) => from + index);
    return { numbers, unit, rows, from, passing: rows, pending: false, error: null };
  }
  const { data } = selection;
  return {
    numbers: data?.numbers ?? [],
    unit,
    rows,
    from: data?.from ?? 0,
    passing: data?.passing ?? 0,
    pending: data === undefined ? selection.isPending : selection.isPlaceholderData,
    error: selection.error,
  };
}
