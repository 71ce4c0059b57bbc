/** How long a child may be silent. */
export interface SilenceLimits {
  /** Then a person is told. */
  readonly noticedMs: number;
  /** Then it may be started anew; asked again after each further such time. */
  readonly restartMs: number;
}

/** Signs of life come every second; a loaded machine may be late with them. */
export const silenceLimits: SilenceLimits = { noticedMs: 10_000, restartMs: 60_000 };

/** Longest time between two looks that counts: with more, it was this process that did not run. */
const longestLookMs = 5_000;

/** Signs of life of one child, on a monotonic clock in milliseconds. */
export class Pulse {
  private heardMs: number;
  private lookedMs: number;
  private restartsDue = 0;

  constructor(
    nowMs: number,
    private readonly limits: SilenceLimits = silenceLimits,
  ) {
    this.heardMs = nowMs;
    this.lookedMs = nowMs;
  }

  heard(nowMs: number): void {
    this.heardMs = nowMs;
    this.restartsDue = 0;
  }

  /** Looked at every second or so. `restart` comes once per restart limit. */
  look(nowMs: number): { readonly silent: boolean; readonly restart: boolean; readonly silentMs: number } {
    // This machine slept, or this process was stopped: the children get another chance to be heard.
    if (nowMs - this.lookedMs > longestLookMs) this.heard(nowMs);
    this.lookedMs = nowMs;
    const silentMs = nowMs - this.heardMs;
    const due = Math.floor(silentMs / this.limits.restartMs);
    const restart = due > this.restartsDue;
    this.restartsDue = due;
    return { silent: silentMs >= this.limits.noticedMs, restart, silentMs };
  }
}
