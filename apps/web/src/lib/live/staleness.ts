/** How old a value is and whether it may still be believed. */
export interface Age {
  /** Milliseconds since the time of the data, on the server's clock; null when nothing came yet. */
  readonly ageMs: number | null;
  readonly stale: boolean;
  /** `12 s old`; empty while fresh. */
  readonly text: string;
}

const periodsUntilStale = 3;

/**
 * Age of data against the server's clock. Older than three periods is stale; a period of 0 (values that come only
 * when something happens) never makes stale.
 */
export function ageOf(dataAtMs: number | null, serverNowMs: number, periodMs: number): Age {
  if (dataAtMs === null) return { ageMs: null, stale: false, text: '' };
  // A clock that was just set may make data look as if from the future.
  const ageMs = Math.max(0, serverNowMs - dataAtMs);
  const stale = periodMs > 0 && ageMs > periodsUntilStale * periodMs;
  return { ageMs, stale, text: stale ? oldText(ageMs) : '' };
}

/** `12 s old`, `3 min old`, `2 h old`, `4 d old`. */
export function oldText(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1000);
  if (seconds < 120) return `${seconds} s old`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min old`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h old`;
  return `${Math.floor(seconds / 86_400)} d old`;
}
