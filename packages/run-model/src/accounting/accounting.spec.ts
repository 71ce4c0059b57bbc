import { describe, expect, it } from 'vitest';
import { limitMet } from './limits.js';
import { Stopwatch } from './stopwatch.js';
import { combineTotals, decodeTotals, encodeTotals, zeroTotals } from './totals.js';

describe('totals', () => {
  it('sum counts, and take the longest dead and the shortest live time of sources side by side', () => {
    const a = {
      ...zeroTotals,
      recorded: 5n,
      bytes: 10n,
      runTimeNs: 100n,
      liveTimeNs: 90n,
      deviceDeadNs: 10n,
    };
    const b = { ...zeroTotals, recorded: 7n, bytes: 1n, runTimeNs: 101n, liveTimeNs: 80n, pausedNs: 4n };
    expect(combineTotals([a, b])).toEqual({
      ...zeroTotals,
      recorded: 12n,
      bytes: 11n,
      runTimeNs: 101n,
      liveTimeNs: 80n,
      deviceDeadNs: 10n,
      pausedNs: 4n,
    });
    expect(combineTotals([])).toEqual(zeroTotals);
  });

  it('keep every bit on the way between processes', () => {
    const totals = { ...zeroTotals, runTimeNs: 9_007_199_254_740_993n, bytes: 2n ** 63n - 1n };
    expect(decodeTotals(encodeTotals(totals))).toEqual(totals);
    expect(encodeTotals(totals).runTimeNs).toBe('9007199254740993');
  });
});

describe('limitMet', () => {
  const totals = { events: 99n, runTimeNs: 10_000_000_000n, pausedNs: 4_000_000_000n };
  it('counts events', () => {
    expect(limitMet({ events: 100 }, totals)).toBeUndefined();
    expect(limitMet({ events: 99 }, totals)).toMatch(/99 events/);
  });
  it('counts seconds without pauses', () => {
    expect(limitMet({ seconds: 6.1 }, totals)).toBeUndefined();
    expect(limitMet({ seconds: 6 }, totals)).toMatch(/6 s/);
  });
  it('is never met without limits', () => {
    expect(limitMet({}, totals)).toBeUndefined();
  });
});

describe('Stopwatch', () => {
  it('splits run time into taking and paused without rest', () => {
    const watch = new Stopwatch(1000n);
    watch.pause(1500n);
    watch.resume(1700n);
    expect(watch.read(2000n)).toEqual({ runNs: 1000n, takingNs: 800n, pausedNs: 200n });
    watch.stop(2100n);
    expect(watch.read(9999n)).toEqual({ runNs: 1100n, takingNs: 900n, pausedNs: 200n });
  });

  it('does not run backwards', () => {
    const watch = new Stopwatch(1000n);
    watch.read(2000n);
    expect(watch.read(1500n).runNs).toBe(1000n);
  });
});
