import { useMemo } from 'react';
import { replaceUrl, urlList, urlNumber, urlRange, urlText, useUrlState } from '../../lib/url/url-state';
import type { Look } from './curves';

/** Words of the address that belong to the view of waveforms. */
export const browserWords = [
  'row',
  'place',
  'overlay',
  'zoom',
  'cutin',
  'beside',
  'base',
  'norm',
  'align',
  'lines',
  'legend',
  'text',
];

export const mostDrawn = 50;

/** Which waveforms are shown and how, as the address says it. */
export interface BrowserAddress {
  /** Number of the row to begin with. */
  readonly row: number;
  /** Place among the rows that pass the cut; before the row. Null: the first passing row from `row` on. */
  readonly place: number | null;
  readonly drawn: number;
  readonly cut: string;
  /** Tier whose columns the cut is made of; empty: that of the waveforms. */
  readonly cutIn: string;
  /** Tables of other channels that are drawn too. */
  readonly beside: readonly string[];
  readonly look: Look;
  readonly zoom: readonly [number, number] | null;
}

export function useBrowserAddress(): BrowserAddress {
  const [row] = useUrlState('row', urlNumber);
  const [place] = useUrlState('place', urlNumber);
  const [overlay] = useUrlState('overlay', urlNumber);
  const [cut] = useUrlState('cut', urlText);
  const [cutIn] = useUrlState('cutin', urlText);
  const [beside] = useUrlState('beside', urlList);
  const [zoom] = useUrlState('zoom', urlRange);
  const [base] = useUrlState('base', urlText);
  const [norm] = useUrlState('norm', urlText);
  const [align] = useUrlState('align', urlText);
  const [lines] = useUrlState('lines', urlList);
  const [legend] = useUrlState('legend', urlList);
  const [text] = useUrlState('text', urlText);
  const look = useMemo(
    () => ({ base, norm, align, lines, legend, text }),
    [base, norm, align, lines, legend, text],
  );
  return {
    row: Math.max(0, Math.floor(row ?? 0)),
    place: place === null ? null : Math.max(0, Math.floor(place)),
    drawn: Math.min(mostDrawn, Math.max(1, Math.floor(overlay ?? 1))),
    cut,
    cutIn,
    beside,
    look,
    zoom,
  };
}

/** Goes to a row by its number. */
export function goToRow(row: number): void {
  replaceUrl({ row: row === 0 ? null : String(row), place: null });
}

/** Goes to a place among the rows that pass the cut. */
export function goToPlace(place: number): void {
  replaceUrl({ row: null, place: String(place) });
}

/** Changes what is drawn and how; the zoom belongs to what was drawn before when times move. */
export function changeLook(changes: Partial<Look>): void {
  const { base, norm, align, lines, legend, text } = changes;
  replaceUrl({
    ...(base === undefined ? {} : { base: urlText.write(base) }),
    ...(norm === undefined ? {} : { norm: urlText.write(norm) }),
    ...(align === undefined ? {} : { align: urlText.write(align), zoom: null }),
    ...(lines === undefined ? {} : { lines: urlList.write(lines) }),
    ...(legend === undefined ? {} : { legend: urlList.write(legend) }),
    ...(text === undefined ? {} : { text: urlText.write(text) }),
  });
}
