import type { JSHandle, Page } from 'playwright-core';

/** What a page did with live data in a stretch of time. */
export interface LiveWatch {
  readonly seconds: number;
  /** Frames that came, by topic. */
  readonly received: Readonly<Record<string, number>>;
  /** Age in ms (this machine's clock) of what was drawn, at the end of each drawing, by topic. */
  readonly drawnAges: Readonly<Record<string, readonly number[]>>;
  /** Time in ms from the earliest trigger in what was drawn to the end of its drawing, by topic. */
  readonly triggerAges: Readonly<Record<string, readonly number[]>>;
  /** Times that the canvas of a chart was wiped to be drawn anew, by the title of its panel. */
  readonly wiped: Readonly<Record<string, number>>;
  readonly animationFrames: number;
  /** Lengths in ms of tasks above 50 ms, in which the page does not answer. */
  readonly longTasks: readonly number[];
}

/** Watches a page from within: its own timing marks, its animation frames, and every wipe of a canvas. */
export async function watchLive(page: Page, seconds: number): Promise<LiveWatch> {
  const watching: JSHandle<() => LiveWatch> = await page.evaluateHandle(startWatch);
  await page.waitForTimeout(seconds * 1000);
  const watched = await watching.evaluate((end) => end());
  await watching.dispose();
  return watched;
}

/** Runs in the page, so it may use nothing of this module. */
function startWatch(): () => LiveWatch {
  const received: Record<string, number> = {};
  const drawnAges: Record<string, number[]> = {};
  const triggerAges: Record<string, number[]> = {};
  const longTasks: number[] = [];
  const wipes = new Map<HTMLCanvasElement, number>();
  let animationFrames = 0;
  let running = true;
  const beganMs = performance.now();
  // Marks carry the monotonic time of the page, data the wall clock: both read at the turn of a millisecond.
  const first = Date.now();
  while (Date.now() === first);
  const epochMs = Date.now() - performance.now();

  const marks = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.entryType === 'longtask') longTasks.push(Math.round(entry.duration));
      if (!(entry instanceof PerformanceMark)) continue;
      const { topic, dataAtMs, triggeredAtMs } = entry.detail as {
        topic: string;
        dataAtMs: number;
        triggeredAtMs: number | null;
      };
      if (entry.name === 'live.received') received[topic] = (received[topic] ?? 0) + 1;
      if (entry.name === 'live.drawn') {
        (drawnAges[topic] ??= []).push(epochMs + entry.startTime - dataAtMs);
        if (triggeredAtMs !== null)
          (triggerAges[topic] ??= []).push(epochMs + entry.startTime - triggeredAtMs);
      }
    }
  });
  marks.observe({ type: 'mark' });
  marks.observe({ type: 'longtask' });

  const context = CanvasRenderingContext2D.prototype;
  const clearRect = Reflect.get(context, 'clearRect');
  context.clearRect = function (this: CanvasRenderingContext2D, ...rectangle) {
    wipes.set(this.canvas, (wipes.get(this.canvas) ?? 0) + 1);
    clearRect.apply(this, rectangle);
  };
  const count = (): void => {
    animationFrames += 1;
    if (running) requestAnimationFrame(count);
  };
  requestAnimationFrame(count);

  return () => {
    running = false;
    marks.disconnect();
    context.clearRect = clearRect;
    const wiped: Record<string, number> = {};
    for (const [canvas, times] of wipes) {
      const panel = canvas.closest('section')?.ariaLabel ?? 'elsewhere';
      // A chart may have several canvases on top of each other.
      wiped[panel] = Math.max(wiped[panel] ?? 0, times);
    }
    const seconds = (performance.now() - beganMs) / 1000;
    return { seconds, received, drawnAges, triggerAges, wiped, animationFrames, longTasks };
  };
}
