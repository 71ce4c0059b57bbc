import { endpoints, type TreeNode } from '@countroom/contracts';
import { useApi } from '../../lib/api/use-api';
import type { BrowserAddress } from './browser-address';
import { partnerTable, type Tier } from './tiers';
import { clampRow } from './waveform-curves';

/** The rows that are to be drawn, and where they stand among those that pass the cut. */
export interface ChosenRows {
  readonly numbers: readonly number[];
  /** Place of the first one. */
  readonly from: number;
  readonly passing: number;
  readonly pending: boolean;
  /** Why the cut cannot be used. */
  readonly error: unknown;
}

/** Rows by the cut of the address, or by number without one. `source` is the tier that the cut is made in. */
export function useRows(
  { row, place, drawn, cut }: BrowserAddress,
  rows: number,
  table: TreeNode | undefined,
  source: Tier | undefined,
): ChosenRows {
  const partner = source === undefined || table === undefined ? undefined : partnerTable(source.root, table);
  const isCut = cut !== '' && partner !== undefined;
  const selection = useApi(
    endpoints.data.selection,
    {
      params: { id: source?.dataset ?? '' },
      query: {
        path: partner?.path ?? '',
        cut,
        count: drawn,
        ...(place === null ? { near: row } : { from: place }),
      },
    },
    { enabled: isCut, keepPrevious: true },
  );
  if (!isCut) {
    const from = clampRow(place ?? row, drawn, rows);
    const numbers = Array.from({ length: Math.min(drawn, rows) }, (_, index) => from + index);
    return { numbers, from, passing: rows, pending: false, error: null };
  }
  const { data } = selection;
  return {
    numbers: data?.numbers ?? [],
    from: data?.from ?? 0,
    passing: data?.passing ?? 0,
    pending: data === undefined ? selection.isPending : selection.isPlaceholderData,
    error: selection.error,
  };
}
