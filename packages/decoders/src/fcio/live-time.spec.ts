import { describe, expect, it } from 'vitest';
import { type DeadRegion, LiveTime } from './live-time.js';

const dead = (startTicks: number, stopTicks: number, firstChannel = 0, channels = 2): DeadRegion => ({
  startPps: 0,
  startTicks,
  stopPps: 0,
  stopTicks,
  firstChannel,
  channels,
});

describe('LiveTime', () => {
  it('starts with the first event when no dead region came before', () => {
    const live = new LiveTime(2);
    live.event(0, 1000, 1, dead(0, 0));
    expect(live.runtimeNs(0)).toBe(0);
    live.event(3, 0, 1, dead(0, 0));
    expect(live.runtimeNs(1)).toBe(3e9 - 4000);
    expect(live.deadtimeNs(1)).toBe(0);
  });

  it('starts where a dead region from the beginning of the run ends', () => {
    const live = new LiveTime(2);
    live.event(0, 1000, 1, dead(0, 400));
    expect(live.runtimeNs(0)).toBe(2400);
    expect(live.deadtimeNs(0)).toBe(0);
  });

  it('starts with the first event when its dead region comes later', () => {
    const live = new LiveTime(2);
    live.event(0, 1000, 1, dead(1010, 1020));
    expect([live.runtimeNs(0), live.deadtimeNs(0)]).toEqual([0, 0]);
    live.event(0, 1030, 1, dead(1010, 1020));
    expect([live.runtimeNs(0), live.deadtimeNs(0)]).toEqual([120, 40]);
  });

  it('counts an interval once, when the event time has reached its end', () => {
    const live = new LiveTime(1);
    live.event(0, 100, 1, dead(0, 0));
    live.event(0, 200, 1, dead(201, 210));
    expect(live.takeDeadInterval(0)).toBe(0);
    live.event(0, 209, 1, dead(201, 210));
    expect(live.takeDeadInterval(0)).toBe(0);
    live.event(0, 210, 1, dead(201, 210));
    expect(live.takeDeadInterval(0)).toBe(36);
    expect(live.takeDeadInterval(0)).toBe(0);
    live.event(0, 400, 1, dead(300, 310));
    expect(live.deadtimeNs(0)).toBe(76);
  });

  it('lets the dead region of a sparse event concern its own channels only', () => {
    const live = new LiveTime(3);
    live.event(0, 100, 1, dead(0, 0));
    live.event(0, 300, 11, dead(150, 200, 1, 1));
    expect([0, 1, 2].map((trace) => live.deadtimeNs(trace))).toEqual([0, 200, 0]);
    live.event(0, 400, 1, dead(150, 200));
    expect([0, 1, 2].map((trace) => live.deadtimeNs(trace))).toEqual([200, 200, 200]);
  });

  it('is exact far from the first second', () => {
    const live = new LiveTime(1);
    live.event(1_700_000_000, 1, 1, dead(0, 0));
    live.event(1_700_000_001, 2, 1, dead(0, 0));
    expect(live.runtimeNs(0)).toBe(1_000_000_004);
  });

  it('goes on from its state', () => {
    const live = new LiveTime(2);
    live.event(0, 100, 1, dead(0, 0));
    live.event(0, 200, 1, dead(201, 210));
    const copy = new LiveTime(2, JSON.parse(JSON.stringify(live.state())) as ReturnType<LiveTime['state']>);
    for (const one of [live, copy]) {
      one.event(0, 300, 1, dead(201, 210));
      expect([one.runtimeNs(0), one.deadtimeNs(0), one.takeDeadInterval(0)]).toEqual([800, 36, 36]);
    }
  });
});
