import { describe, expect, it } from 'vitest';
import { earliestTrigger, markFrame } from './frame-marks';

describe('markFrame', () => {
  it('tells those who observe, and leaves nothing behind', async () => {
    const details = new Promise<unknown[]>((resolve) => {
      const observer = new PerformanceObserver((list) => {
        observer.disconnect();
        const marks = list.getEntries().filter((entry) => entry instanceof PerformanceMark);
        resolve(marks.map((mark) => ({ name: mark.name, detail: mark.detail as unknown })));
      });
      observer.observe({ type: 'mark' });
    });
    markFrame('received', 'detector.rates', 1000);
    markFrame('drawn', 'detector.rates', 1000, 900);
    const detail = { topic: 'detector.rates', dataAtMs: 1000, triggeredAtMs: null };
    expect(await details).toEqual([
      { name: 'live.received', detail },
      { name: 'live.drawn', detail: { ...detail, triggeredAtMs: 900 } },
    ]);
    expect(performance.getEntriesByType('mark')).toEqual([]);
  });

  it('knows the earliest trigger of a frame', () => {
    const times = [{ triggeredAtMs: 7 }, { triggeredAtMs: 5 }, { triggeredAtMs: null }, {}];
    expect(earliestTrigger({ waveforms: times })).toBe(5);
    expect(earliestTrigger({ waveforms: [{}] })).toBeNull();
    expect(earliestTrigger({})).toBeNull();
  });
});
