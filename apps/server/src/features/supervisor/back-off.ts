/** How long to wait before starting again something that ended: longer each time, short again after a good while. */
export class BackOff {
  private next: number;

  constructor(
    private readonly firstMs = 500,
    private readonly lastMs = 30_000,
    private readonly goodAfterMs = 60_000,
  ) {
    this.next = firstMs;
  }

  /** @param livedMs how long it ran this time */
  delayAfter(livedMs: number): number {
    if (livedMs >= this.goodAfterMs) this.next = this.firstMs;
    const delay = this.next;
    this.next = Math.min(this.next * 2, this.lastMs);
    return delay;
  }
}
