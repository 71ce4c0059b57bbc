import type { TopicName } from '@countroom/contracts';

/** When a frame came, and when the page shows what was in it. */
export type FrameMoment = 'received' | 'drawn';

/** What each mark carries. */
export interface FrameMarkDetail {
  readonly topic: TopicName;
  /** Time of the data in ms since the epoch, on the server's clock. */
  readonly dataAtMs: number;
  /** Unix time of the earliest trigger that is in the frame, ms; null when it holds none. */
  readonly triggeredAtMs: number | null;
}

/**
 * Puts `live.received` or `live.drawn` into the browser's own timeline: developer tools and a `PerformanceObserver` see
 * how old data is when it is drawn. The mark is cleared at once, since a page stays open for weeks and the browser
 * would keep them all; those who observe get it nevertheless.
 */
export function markFrame(
  moment: FrameMoment,
  topic: TopicName,
  dataAtMs: number,
  triggeredAtMs: number | null = null,
): void {
  const name = `live.${moment}`;
  performance.mark(name, { detail: { topic, dataAtMs, triggeredAtMs } satisfies FrameMarkDetail });
  performance.clearMarks(name);
}

/** Unix time of the earliest trigger in a header, ms; null when it says none. */
export function earliestTrigger(header: object): number | null {
  const { waveforms } = header as { readonly waveforms?: unknown };
  if (!Array.isArray(waveforms)) return null;
  const times = waveforms.flatMap(
    (one: { readonly triggeredAtMs?: number | null }) => one.triggeredAtMs ?? [],
  );
  return times.length === 0 ? null : Math.min(...times);
}
