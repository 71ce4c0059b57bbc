/**
 * Addresses that were written and that the router has not shown yet. Each time the router shows one, it writes it into the
 * address bar again; while several changes follow each other the bar therefore goes back to an older one for a moment.
 * What changes the address next has to begin with the last one that was written, not with the bar.
 */
export class PendingUrls {
  private waiting: string[] = [];
  private shown: string | undefined;
  private readonly watchers = new Set<() => void>();

  /** Tells of every change of what `latest` gives, until the function that comes back is called. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** An address that was written just now. */
  write(url: string): void {
    this.waiting.push(url);
    this.tell();
  }

  /** The address that the router shows. One that was not written here comes from a link: what was written before is over. */
  show(url: string): void {
    if (url === this.shown) return;
    this.shown = url;
    const place = this.waiting.indexOf(url);
    this.waiting = place < 0 ? [] : this.waiting.slice(place + 1);
    this.tell();
  }

  /** What the next change begins with, `bar` being what stands in the address bar. */
  latest(bar: string): string {
    const last = this.waiting.at(-1);
    return last !== undefined && pathOf(last) === pathOf(bar) ? last : bar;
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
  }
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
