import { describe, expect, it } from 'vitest';
import { RecentRate } from '../../core/figures/recent-rate.js';
import { PacedRun } from './paced-run.js';

function runAt(startNs: bigint, intervalS: number): { run: PacedRun; set: (nowNs: bigint) => void } {
  const clock = { nowNs: startNs };
  const run = new PacedRun(() => clock.nowNs, intervalS);
  return {
    run,
    set: (nowNs) => {
      clock.nowNs = nowNs;
    },
  };
}

describe('a run in exact intervals', () => {
  it('begins intervals where they are due, whenever one looks', () => {
    const { run, set } = runAt(1000n, 1e-6);
    expect(run.arm()).toBe(true);
    expect(run.beginInterval()).toBe(0n);
    set(1300n);
    expect(run.beginInterval()).toBe(700n);
    set(2001n);
    expect([run.beginInterval(), run.dueNs]).toEqual([0n, 3000n]);
  });

  it('counts intervals that went by, and says so with the next event', () => {
    const { run, set } = runAt(0n, 1e-6);
    run.arm();
    run.beginInterval();
    expect(run.record()).toEqual({ number: 1n, time: { liveNs: 0n, deadNs: 0n, bufferNs: 0n }, gap: false });
    set(3500n);
    run.beginInterval();
    expect(run.record()).toMatchObject({ number: 2n, time: { liveNs: 3500n }, gap: true });
    expect(run.dueNs).toBe(4000n);
    expect(run.counters(['a', 'b'])).toMatchObject({ triggers: 8n, recorded: 4n, dropped: 4n });
  });

  it('books every ns: live, paused, without the device, stopping', () => {
    const { run, set } = runAt(100n, 1);
    run.arm(50n);
    set(200n);
    run.disarm('paused');
    set(260n);
    expect(run.arm()).toBe(false);
    set(300n);
    run.lose();
    set(370n);
    run.goOn();
    set(400n);
    run.disarm('stopping');
    set(410n);
    const { runNs, liveNs, pausedNs, deadNs } = run.counters([]).time;
    expect([runNs, liveNs, pausedNs, deadNs]).toEqual([360n, 220n, 60n, { device: 70n, stopping: 10n }]);
    expect([run.armed, run.stopping, run.beginNs]).toEqual([false, true, 50n]);
  });
});

describe('a rate since the last question', () => {
  it('is not negative when a new run counts from 0 again', () => {
    const rate = new RecentRate(1);
    expect(rate.upTo(10n, 1000)).toBe(10);
    expect(rate.upTo(25n, 3000)).toBe(7.5);
    expect(rate.upTo(0n, 4000)).toBe(0);
    expect(rate.upTo(1n, 4000)).toBe(1000);
  });
});
