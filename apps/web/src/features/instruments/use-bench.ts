import { type BenchContent, type BenchInfo, endpoints } from '@countroom/contracts';
import { useEffect } from 'react';
import { useApi } from '../../lib/api/use-api';
import { latestSearch, replaceUrl, urlText, useSearch, useUrlState } from '../../lib/url/url-state';
import { addressOf, type BenchPanel, isSame, panelsCodec, settingsOf, usualPanels } from './bench-layout';

/** The bench of a page: what the address says, which saved one it came from, and whether it was changed since. */
export interface OpenBench {
  readonly benches: readonly BenchInfo[];
  /** The saved bench that is open; undefined for the usual one. */
  readonly open: BenchInfo | undefined;
  /** The address names a bench that is not there (any more). */
  readonly isGone: boolean;
  readonly isChanged: boolean;
  readonly content: BenchContent;
  readonly setPanels: (panels: readonly BenchPanel[]) => void;
  /** Opens a saved bench; null: the usual one. */
  readonly show: (bench: BenchInfo | null) => void;
}

export function useBench(detector: string): OpenBench {
  const search = useSearch();
  const list = useApi(endpoints.benches.list, { params: { detector } }, { enabled: detector !== '' });
  const [id] = useUrlState('bench', urlText);
  const [written, setPanels] = useUrlState('panels', panelsCodec);
  const benches = list.data ?? [];
  const open = benches.find((bench) => bench.id === id);
  const show = (bench: BenchInfo | null): void => {
    replaceUrl(addressOf(latestSearch(), bench));
  };
  // A link that only names a bench is completed, so that its settings are where panels look for them.
  const isShort = open !== undefined && written === null;
  useEffect(() => {
    if (isShort) replaceUrl(addressOf(latestSearch(), open));
  }, [isShort, open]);
  const panels = written ?? open?.content.panels ?? usualPanels;
  const content: BenchContent = { panels: [...panels], settings: settingsOf(search, panels) };
  const usual: BenchContent = { panels: [...usualPanels], settings: {} };
  return {
    benches,
    open,
    isGone: id !== '' && list.data !== undefined && open === undefined,
    isChanged: !isShort && !isSame(content, open?.content ?? usual),
    content,
    setPanels,
    show,
  };
}
