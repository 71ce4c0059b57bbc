import { describe, expect, it } from 'vitest';
import { type AlarmLimits, RunAlarms } from './run-alarms.js';

const s = 1_000_000_000n;

/** Conditions after each second of a run with so many events per second and such a live share. */
function codes(
  limits: Partial<AlarmLimits>,
  seconds: readonly (readonly [events: number, live: number])[],
): string[] {
  const watch = new RunAlarms();
  let [events, liveNs] = [0n, 0n];
  return seconds.map(([more, live], second) => {
    events += BigInt(more);
    liveNs += BigInt(Math.round(live * 1e9));
    const runNs = BigInt(second + 1) * s;
    const time = { runNs, liveNs, pausedNs: 0n, deadNs: { readout: runNs - liveNs } };
    const found = watch.look('scope', { averageSeconds: 4, ...limits }, { events, time });
    return found.map(({ code }) => code).join(' ');
  });
}

function repeated(times: number, events: number, live: number): [number, number][] {
  return Array.from({ length: times }, () => [events, live]);
}

describe('alarms of a run', () => {
  it('tell of a rate that left its band, once there is enough to tell it from', () => {
    const limits = { rateBelowHz: 20, rateAboveHz: 80 };
    const told = codes(limits, [...repeated(6, 50, 1), ...repeated(6, 0, 1), ...repeated(8, 200, 1)]);
    expect(told.slice(0, 6)).toEqual(['', '', '', '', '', '']);
    expect(told[11]).toBe('rate.low');
    expect(told[19]).toBe('rate.high');
    expect(codes({ rateBelowHz: 20 }, repeated(2, 0, 1))).toEqual(['', '']);
  });

  it('tell of a trigger that does not fire, and of nothing once it does', () => {
    const told = codes({ noEventSeconds: 3 }, [
      ...repeated(2, 5, 1),
      ...repeated(4, 0, 1),
      ...repeated(2, 5, 1),
    ]);
    expect(told).toEqual(['', '', '', '', 'trigger.none', 'trigger.none', '', '']);
  });

  it('tell of too little live time', () => {
    expect(codes({ livePercentBelow: 90 }, repeated(6, 10, 0.95)).at(-1)).toBe('');
    expect(codes({ livePercentBelow: 90 }, repeated(6, 10, 0.5)).at(-1)).toBe('live.low');
  });

  it('leave pauses out, and end with the run', () => {
    const watch = new RunAlarms();
    const at = (runNs: bigint, pausedNs: bigint, events: bigint) =>
      watch.look(
        'scope',
        { averageSeconds: 2, noEventSeconds: 5 },
        { events, time: { runNs, liveNs: runNs - pausedNs, pausedNs, deadNs: {} } },
      );
    expect(at(s, 0n, 1n)).toEqual([]);
    expect(at(60n * s, 58n * s, 1n)).toEqual([]);
    expect(at(70n * s, 58n * s, 1n)).toMatchObject([
      {
        code: 'trigger.none',
        message: 'Source scope: no event for 11 s. Look at the trigger and the signal.',
      },
    ]);
    expect(watch.look('scope', { averageSeconds: 2 }, undefined)).toEqual([]);
    expect(at(s, 0n, 0n)).toEqual([]);
  });
});
