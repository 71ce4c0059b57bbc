import { useMemo } from 'react';
import { parseNumbers } from '../../lib/format/number-list';
import {
  replaceUrl,
  urlChoice,
  urlList,
  urlNumber,
  urlRange,
  urlText,
  useUrlState,
} from '../../lib/url/url-state';
import { type StoredChain, urlChain } from '../chain-editor/other-chain';
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
  'chain',
  'waves',
  'xunit',
  'ylim',
  'color',
  'line',
  'width',
  'only',
  'pick',
];

export const mostDrawn = 50;
/** Rows that can be named one by one. */
export const mostNamed = 10_000;

/** Units of the horizontal axis: of time, counts of samples, of frequency; empty for the one that reads well. */
export const xUnits = ['', 'ns', 'us', 'ms', 's', 'sample', 'Hz', 'kHz', 'MHz', 'GHz'] as const;
/** What has a colour of its own. */
export const colorings = ['', 'table', 'one'] as const;
/** How samples are drawn. */
export const lineKinds = ['', 'both', 'points', 'steps'] as const;

/** How lines look. */
export interface Style {
  readonly color: (typeof colorings)[number];
  readonly line: (typeof lineKinds)[number];
  /** In pixels; null for the usual one. */
  readonly width: number | null;
}

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
  /** Limits of the vertical axis, in what is drawn. */
  readonly heights: readonly [number, number] | null;
  /** Chain that is computed for the drawn rows. */
  readonly chain: StoredChain | null;
  /** Its waveforms that are drawn too. */
  readonly waves: readonly string[];
  readonly xUnit: (typeof xUnits)[number];
  readonly style: Style;
  /** Rows that are named one by one; none for all. */
  readonly only: readonly number[];
}

const xUnitCodec = urlChoice(xUnits);
const coloringCodec = urlChoice(colorings);
const lineCodec = urlChoice(lineKinds);

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
  const [heights] = useUrlState('ylim', urlRange);
  const [chain] = useUrlState('chain', urlChain);
  const [waves] = useUrlState('waves', urlList);
  const [xUnit] = useUrlState('xunit', xUnitCodec);
  const [color] = useUrlState('color', coloringCodec);
  const [line] = useUrlState('line', lineCodec);
  const [width] = useUrlState('width', urlNumber);
  const [onlyText] = useUrlState('only', urlText);
  const style = useMemo(() => ({ color, line, width }), [color, line, width]);
  const only = useMemo(() => {
    const numbers = parseNumbers(onlyText, mostNamed);
    return typeof numbers === 'string' ? [] : numbers;
  }, [onlyText]);
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
    heights,
    chain,
    waves,
    xUnit,
    style,
    only,
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

/** Whether a unit is one of frequency: then the spectra are drawn. */
export function isFrequency(unit: BrowserAddress['xUnit']): boolean {
  return unit.endsWith('Hz');
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
