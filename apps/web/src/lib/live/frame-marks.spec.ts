import { describe, expect, it } from 'vitest';
import { markFrame } from './frame-marks';

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
    markFrame('drawn', 'detector.rates', 1000);
    const detail = { topic: 'detector.rates', dataAtMs: 1000 };
    expect(await details).toEqual([
      { name: 'live.received', detail },
      { name: 'live.drawn', detail },
    ]);
    expect(performance.getEntriesByType('mark')).toEqual([]);
  });
});
