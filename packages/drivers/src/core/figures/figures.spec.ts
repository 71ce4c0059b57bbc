import { describe, expect, it } from 'vitest';
import { TimeAccount } from '../time-account.js';
import { ReadoutFigures } from './readout-figures.js';
import { WindowedFigures } from './windowed-figures.js';

const ms = (value: number): bigint => BigInt(Math.round(value * 1e6));

/** Events every 20 ms, read out in 1 ms. */
function take(figures: ReadoutFigures, from: number, events: number): void {
  for (let i = 0; i < events; i++) {
    const armed = from + 20 * i;
    figures.event(ms(armed), ms(armed + 19), ms(armed + 20));
  }
}

describe('ReadoutFigures', () => {
  it('knows rate, life and dead time of regular events', () => {
    const figures = new ReadoutFigures(0n, ms(0.64));
    take(figures, 0, 50);
    expect(figures.status(ms(1000))).toMatchObject({
      running: true,
      events: 50n,
      lastEventNs: ms(999),
      readRateHz: 50,
      liveNs: ms(50 * 18.36),
      deadPerEventNs: 1.64e6,
    });
    expect(figures.status(ms(1000)).lifePercent).toBeCloseTo(91.8, 9);
    expect(figures.status(ms(1000)).correctedRateHz).toBeCloseTo(50 / 0.918, 9);
  });

  it('leaves a pause out of run time and of the window that it is in', () => {
    const figures = new ReadoutFigures(0n, 0n);
    take(figures, 0, 15);
    figures.pause(ms(300));
    figures.pause(ms(400));
    expect(figures.status(ms(900))).toMatchObject({ running: false, runNs: ms(300), readRateHz: 0 });
    figures.resume(ms(1300));
    take(figures, 1300, 10);
    expect(figures.status(ms(1500))).toMatchObject({ running: true, runNs: ms(500), readRateHz: 50 });
    figures.stop(ms(1500));
    expect(figures.status(ms(9000)).runNs).toBe(ms(500));
  });

  it('keeps exact over twenty days at 50 Hz', () => {
    const figures = new ReadoutFigures(0n, 0n);
    const step = 20_000_001n;
    const events = 864_000;
    for (let i = 0n; i < BigInt(events); i++)
      figures.event(i * step, i * step + 19_000_000n, (i + 1n) * step);
    const day = figures.status(BigInt(events) * step);
    expect(day).toMatchObject({ events: BigInt(events), liveNs: 19_000_000n * BigInt(events) });
  });
});

describe('WindowedFigures', () => {
  it('splits a window into live and named dead parts, without pauses', () => {
    const account = new TimeAccount(0n);
    const windows = new WindowedFigures(10_000_000_000n);
    let now = 0n;
    let events = 0n;
    const second = (busyMs: number): void => {
      account.enter('device', now + ms(1000 - busyMs));
      now += ms(1000);
      account.enter('live', now);
      events += 10n;
      windows.add({ events, time: account.facts() });
    };
    for (let i = 0; i < 20; i++) second(100);
    account.enter('paused', now);
    now += ms(5000);
    account.enter('live', now);
    second(500);
    const last = windows.window(1_000_000_000n);
    expect(last).toMatchObject({ runNs: ms(1000), events: 10n, rateHz: 10, liveFraction: 0.5 });
    expect(last.deadFractions['device']).toBeCloseTo(0.5, 12);
    expect(windows.window(10_000_000_000n)).toMatchObject({ runNs: ms(10_000), events: 100n });
    expect(windows.whole()).toMatchObject({ runNs: ms(21_000), events: 210n });
    windows.add({ events: 1n, time: { runNs: 1n, liveNs: 1n, pausedNs: 0n, deadNs: {} } });
    expect(windows.whole().events).toBe(1n);
  });
});
