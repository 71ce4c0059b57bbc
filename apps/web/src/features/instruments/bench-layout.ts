import type { BenchContent } from '@countroom/contracts';
import type { UrlCodec } from '../../lib/url/url-state';

/** A panel on a bench. */
export type BenchPanel = BenchContent['panels'][number];

/** Widths in sixths of the bench, narrow ones first. */
export const widths = [2, 3, 4, 6] as const;

/** What stands on a bench that nobody has arranged. */
export const usualPanels: readonly BenchPanel[] = [
  { id: 'oscilloscope', kind: 'oscilloscope', width: 6 },
  { id: 'rates', kind: 'rates', width: 3 },
  { id: 'histograms', kind: 'histograms', width: 3 },
  { id: 'voltmeter', kind: 'voltmeter', width: 3 },
  { id: 'bars', kind: 'bars', width: 3 },
  { id: 'logger', kind: 'logger', width: 3 },
  { id: 'xy', kind: 'xy', width: 3 },
  { id: 'buffers', kind: 'buffers', width: 6 },
];

/** `xy-2` is a second panel of the kind `xy`. */
function kindOf(id: string): string {
  return id.replace(/-\d+$/, '');
}

/** `2` of a second panel of its kind; empty for the first. */
export function numberOf({ id }: BenchPanel): string {
  return /-(\d+)$/.exec(id)?.[1] ?? '';
}

/** Panels in the address: `oscilloscope:6,xy-2:3`; nothing stands for what the page shows without it. */
export const panelsCodec: UrlCodec<readonly BenchPanel[] | null> = {
  read: (text) => {
    if (text === null) return null;
    const seen = new Set<string>();
    return text.split(',').flatMap((part): BenchPanel[] => {
      const [, id, digits] = /^([a-z][a-z0-9-]{0,39}):(\d)$/.exec(part) ?? [];
      const width = widths.find((each) => String(each) === digits);
      if (id === undefined || width === undefined || seen.has(id)) return [];
      seen.add(id);
      return [{ id, kind: kindOf(id), width }];
    });
  },
  write: (panels) => panels?.map(({ id, width }) => `${id}:${width}`).join(',') ?? null,
};

/** One more panel of a kind at the end, with a name of its own. */
export function addPanel(panels: readonly BenchPanel[], kind: string): readonly BenchPanel[] {
  const taken = new Set(panels.map(({ id }) => id));
  let [id, count] = [kind, 1];
  while (taken.has(id)) id = `${kind}-${++count}`;
  return [...panels, { id, kind, width: kind === 'oscilloscope' ? 6 : 3 }];
}

/** Puts a panel one place earlier (−1) or later. */
export function movePanel(panels: readonly BenchPanel[], id: string, by: -1 | 1): readonly BenchPanel[] {
  const at = panels.findIndex((panel) => panel.id === id);
  const other = panels[at + by];
  const panel = panels[at];
  if (panel === undefined || other === undefined) return panels;
  return panels.map((each, index) => (index === at ? other : index === at + by ? panel : each));
}

/** Makes a panel wider or narrower by one step. */
export function resizePanel(panels: readonly BenchPanel[], id: string, by: -1 | 1): readonly BenchPanel[] {
  return panels.map((panel) =>
    panel.id === id ? { ...panel, width: widths[widths.indexOf(panel.width) + by] ?? panel.width } : panel,
  );
}

/** Settings of the panels in an address: `oscilloscope.mode` and the like. */
export function settingsOf(
  search: Iterable<readonly [string, string]>,
  panels: readonly BenchPanel[],
): Record<string, string> {
  const names = new Set(panels.map(({ id }) => id));
  return Object.fromEntries(
    [...search].filter(([key]) => key.includes('.') && names.has(key.split('.')[0]!)),
  );
}

/** Changes that put a bench into an address that shows something else. */
export function addressOf(
  search: Iterable<readonly [string, string]>,
  bench: { readonly id: string; readonly content: BenchContent } | null,
): Record<string, string | null> {
  const others = [...search].map(([key]) => key).filter((key) => key.includes('.'));
  return {
    ...Object.fromEntries(others.map((key) => [key, null])),
    ...bench?.content.settings,
    bench: bench?.id ?? null,
    panels: bench === null ? null : panelsCodec.write(bench.content.panels),
  };
}

/** Whether two benches look and are set the same. */
export function isSame(one: BenchContent, other: BenchContent): boolean {
  const text = ({ panels, settings }: BenchContent): string =>
    JSON.stringify([panelsCodec.write(panels), Object.entries(settings).sort()]);
  return text(one) === text(other);
}
