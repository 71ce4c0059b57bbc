/** A channel of a source: channel numbers are unique only within a source. */
export interface ChannelName {
  readonly channel: number;
  readonly source: string;
}

/** Text that names a channel of a source, in maps and in the address. */
export function channelKey(name: ChannelName): string {
  return `${name.source}/${name.channel}`;
}

/** Keys in the order of sources, then of channel numbers. */
export function sortedKeys(keys: Iterable<string>): readonly string[] {
  return [...keys].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** `ch 3`; with the source in front when another source has the same number. */
export function channelLabel(key: string, all: readonly string[]): string {
  const number = key.slice(key.lastIndexOf('/') + 1);
  const shared = all.filter((other) => other.endsWith(`/${number}`)).length > 1;
  return shared ? `${key.slice(0, key.lastIndexOf('/'))} ch ${number}` : `ch ${number}`;
}

const shownAtFirst = 4;

/** The channels to draw: those chosen, else the first few there are. */
export function shownKeys(all: readonly string[], chosen: readonly string[]): readonly string[] {
  return chosen.length === 0 ? all.slice(0, shownAtFirst) : all.filter((key) => chosen.includes(key));
}

/** Colour of a channel: the same whichever others are shown. */
export function channelColor(key: string, all: readonly string[], colors: readonly string[]): string {
  return colors[Math.max(0, all.indexOf(key)) % colors.length] ?? '';
}
