import { describe, expect, it } from 'vitest';
import { LiveTime } from './live-time.js';

const times = { preNs: 100n, postNs: 900n, rearmNs: 10n };

function begun(): LiveTime {
  const time = new LiveTime();
  time.reset(times);
  time.enter('arming', 0n);
  time.armed(50n);
  return time;
}

describe('the time of a scope', () => {
  it('is split at the trigger, which came the length of a record before it was complete', () => {
    const time = begun();
    time.quiet(5000n);
    time.complete(10_000n);
    time.enter('arming', 12_000n);
    time.enter('stopping', 12_500n);
    expect(time.facts(12_500n)).toEqual({
      runNs: 12_500n,
      liveNs: 10_000n - 900n - 150n,
      pausedNs: 0n,
      deadNs: { arming: 550n, pretrigger: 100n, record: 900n, readout: 2000n },
    });
  });

  it('takes the middle between the last look that saw nothing and the one that saw the record', () => {
    const time = begun();
    time.complete(10_000n, 9000n);
    expect(time.spent.liveNs).toBe(9500n - 900n - 150n);
    const batch = begun();
    batch.batchComplete(1, 10_000n, 9000n);
    expect(batch.spent.liveNs).toBe(9500n - 150n - 900n - 10n);
  });

  it('is told only as far as it is certain while the unit waits', () => {
    const time = begun();
    time.quiet(5000n);
    expect(time.facts(9000n).runNs).toBe(4100n);
  });

  it('counts no live time when the trigger came before the memory was full', () => {
    const time = begun();
    time.complete(1000n);
    expect(time.spent.liveNs).toBe(0n);
  });

  it('takes the records of a batch out of its live time', () => {
    const time = begun();
    time.batchComplete(4, 100_000n);
    const { liveNs, deadNs } = time.facts(100_000n);
    expect(deadNs).toMatchObject({ record: 3900n, rearm: 40n, pretrigger: 100n });
    expect(liveNs).toBe(100_000n - 150n - 3900n - 40n);
  });

  it('is not live while the unit was lost and nobody knew', () => {
    const time = begun();
    time.quiet(5000n);
    time.lose('unplugged', 9000n);
    const { liveNs, deadNs } = time.facts(9500n);
    expect([liveNs, deadNs['unplugged']]).toEqual([5000n - 900n - 150n, 9500n - 4100n]);
  });

  it('adds up, whatever happens in whichever order', () => {
    const time = begun();
    time.enter('paused', 400n);
    time.enter('arming', 800n);
    time.armed(900n);
    time.enter('unplugged', 5000n);
    time.armed(9000n);
    time.complete(9100n);
    time.quiet(20n);
    const { runNs, liveNs, pausedNs, deadNs } = time.facts(9500n);
    const dead = Object.values(deadNs).reduce((sum, ns) => sum + ns, 0n);
    expect(liveNs + pausedNs + dead).toBe(runNs);
    expect(pausedNs).toBe(400n);
  });
});
