import { describe, expect, it } from 'vitest';
import { runVirtually } from '../../testing/virtual-readout.js';

const triggers = Array.from({ length: 3000 }, (_, i) => 0.005 + i * 0.01);
const common = { slots: 16, triggers, readoutS: 0.001, overheadS: 0, randomS: null, endS: 30, pause: null };

describe('a ring that is full for ten seconds', () => {
  it('keeps the device from taking data, loses nothing of what was taken, and books the time to the ns', () => {
    // The consumer holds its first event for ten seconds; afterwards it is fast.
    const got = runVirtually({ ...common, serviceS: 0.0001, firstServiceS: 10, looks: [5, 9, 12, 29] });
    expect(got.obligatory).toEqual(got.accepted);
    expect(got.looks[0]!.fill).toBe(1);
    expect(got.looks[1]!.status.events).toBe(16n);
    expect(got.looks[3]!.fill).toBeLessThan(0.1);
    const { deadNs, runNs, liveNs, pausedNs } = got.time;
    expect(Number(deadNs['buffer']) / 1e9).toBeCloseTo(10 - 0.155, 1);
    expect(liveNs + pausedNs + Object.values(deadNs).reduce((sum, part) => sum + part, 0n)).toBe(runNs);
    // What came meanwhile was not taken: 100 a second, all but the sixteen that found room.
    expect(3000 - got.accepted.length).toBeGreaterThan(960);
    expect(3000 - got.accepted.length).toBeLessThan(1000);
    expect(got.imbalanceNs).toBe(0n);
  });
});
