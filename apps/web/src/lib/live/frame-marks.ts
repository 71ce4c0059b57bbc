import type { TopicName } from '@countroom/contracts';

/** When a frame came, and when the page shows what was in it. */
export type FrameMoment = 'received' | 'drawn';

/** What each mark carries. */
export interface FrameMarkDetail {
  readonly topic: TopicName;
  /** Time of the data in ms since the epoch, on the server's clock. */
  readonly dataAtMs: number;
}

/**
 * Puts `live.received` or `live.drawn` into the browser's own timeline: developer tools and a `PerformanceObserver` see
 * how old data is when it is drawn. The mark is cleared at once, since a page stays open for weeks and the browser
 * would keep them all; those who observe get it nevertheless.
 */
export function markFrame(moment: FrameMoment, topic: TopicName, dataAtMs: number): void {
  const name = `live.${moment}`;
  performance.mark(name, { detail: { topic, dataAtMs } satisfies FrameMarkDetail });
  performance.clearMarks(name);
}
