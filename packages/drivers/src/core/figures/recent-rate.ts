/** Things per second since the last time that was asked. */
export class RecentRate {
  private readonly digits: number;
  private count = 0n;
  private atMs = 0;

  /** `digits`: decimals of what is told. */
  constructor(digits = 2) {
    this.digits = digits;
  }

  /** The rate up to a count; never below 0, so that a new run, which counts from 0 again, gives 0 at first. `atMs`: any clock, ms. */
  upTo(count: bigint, atMs: number = performance.now()): number {
    const seconds = Math.max(1e-3, (atMs - this.atMs) / 1000);
    const rate = Number(count - this.count) / seconds;
    this.count = count;
    this.atMs = atMs;
    return Number(Math.max(0, rate).toFixed(this.digits));
  }
}
