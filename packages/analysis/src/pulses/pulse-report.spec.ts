import { describe, expect, it } from 'vitest';
import { efficiency, rateOfThreePanels, rateOfTwoPanels } from './efficiency.js';
import { poissonCheck, pulseReport, waitingTimes } from './pulse-report.js';

let seed = 7;
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return (seed + 0.5) / 2 ** 32;
}
const exponential = (mean: number): number => -mean * Math.log(random());

describe('pulse report', () => {
  const time: number[] = [];
  const tau: number[] = [];
  const heights = [[], []] as number[][];
  for (let i = 0, now = 0; i < 20_000; i++) {
    now += exponential(0.25);
    time.push(now);
    tau.push(i % 10 === 0 ? exponential(2.2) : Number.NaN);
    heights[0]!.push(0.1);
    heights[1]!.push(random() < 0.9 ? 0.1 : Number.NaN);
  }
  const table = {
    time,
    tau,
    accepted: time.map(() => 1),
    heights: [
      { channel: 'A', values: heights[0]! },
      { channel: 'B', values: heights[1]! },
    ],
  };
  const found = pulseReport(table, { window: { min: 0.5, max: 20 }, interval: 10, liveTime: 5000 });

  it('finds rate, randomness, lifetime and efficiency of a simulated run', () => {
    expect(found.remarks).toEqual([]);
    expect(found).toMatchObject({ events: 20_000, accepted: 20_000, doublePulses: 2000 });
    expect(found.correctedRate!.value).toBe(4);
    expect(Math.abs(found.waiting!.mean - 0.25)).toBeLessThan(4 * found.waiting!.meanError);
    expect(found.poisson!.probability).toBeGreaterThan(0.001);
    expect(found.poisson!.probability).toBeLessThan(0.999);
    const { tau: lifetime, tauInterval } = found.lifetime!;
    expect(Math.abs(lifetime - 2.2)).toBeLessThan(2 * (tauInterval[1] - tauInterval[0]));
    const [, b] = found.efficiencies;
    expect(Math.abs(b!.value - 0.9)).toBeLessThan(4 * b!.error);
    const expected = found.waiting!.expected.reduce((sum, value) => sum + value, 0);
    expect(expected / 19_999).toBeCloseTo(1 - Math.exp(-5), 6);
  });

  it('sees that regular events do not come at random', () => {
    const regular = Array.from({ length: 1000 }, (_, i) => i / 10);
    expect(poissonCheck(regular, 1).probability).toBeGreaterThan(0.9999);
    const { counts } = waitingTimes(regular);
    expect(counts[4]! + counts[5]!).toBe(999);
  });

  it('has waiting times of events years apart', () => {
    expect(waitingTimes([0, 1e9, 1e12]).mean).toBe(5e11);
  });

  it('says what cannot be worked out', () => {
    const empty = { time: [1], tau: [Number.NaN], accepted: [1], heights: [] };
    const none = pulseReport(empty, { window: { min: 0, max: 1 }, interval: 1 });
    expect(none).toMatchObject({ waiting: null, poisson: null, lifetime: null, correctedRate: null });
    expect(none.remarks).toHaveLength(3);
    expect(none.remarks[2]).toMatch(/lifetime: 0 delays/);
  });
});

describe('efficiency', () => {
  it('counts tags, probes and vetoes', () => {
    const tag = [0.1, 0.1, 0.01, 0.2];
    const probe = [0.1, Number.NaN, 0.1, 0.04];
    expect(efficiency(probe, [tag], 0.05)).toMatchObject({ tagged: 3, found: 1 });
    expect(efficiency(probe, [tag], 0.05, [[0, 0, 0, 1]])).toMatchObject({ tagged: 2, found: 1, value: 0.5 });
    expect(efficiency([], [[]], 0.05).value).toBeNaN();
    expect(rateOfTwoPanels(0.81, 0.9)).toBeCloseTo(1, 12);
    expect(rateOfThreePanels(1, 1, 1)).toBe(2);
  });
});
