import { describe, expect, it } from 'vitest';
import { ClockModel } from './clock-model.js';

const second = 1_000_000_000n;
const epoch = 1_700_000_000n * second;

describe('ClockModel', () => {
  it('labels monotonic times with the wall clock, exactly', () => {
    const clock = new ClockModel({ monotonicNs: 5n, epochNs: epoch });
    expect(clock.epochOf(8n)).toBe(epoch + 3n);
    expect(clock.epochOf(2n)).toBe(epoch - 3n);
  });

  it('takes drift for drift and a step for a step, in both directions', () => {
    const clock = new ClockModel({ monotonicNs: 0n, epochNs: epoch });
    expect(clock.add({ monotonicNs: 60n * second, epochNs: epoch + 60n * second + 20_000_000n }).step).toBe(
      undefined,
    );
    const back = clock.add({ monotonicNs: 61n * second, epochNs: epoch });
    expect(back.step?.byNs).toBe(-61n * second - 20_000_000n + 0n);
    const forward = clock.add({ monotonicNs: 62n * second, epochNs: epoch + 2n * second });
    expect(forward.step?.byNs).toBe(second);
    expect(clock.steps).toHaveLength(2);
    expect(clock.anchors).toHaveLength(4);
  });

  it('uses the anchor that was valid at the time', () => {
    const clock = new ClockModel({ monotonicNs: 0n, epochNs: epoch });
    clock.add({ monotonicNs: 10n * second, epochNs: epoch + 3610n * second });
    expect(clock.epochOf(9n * second)).toBe(epoch + 9n * second);
    expect(clock.epochOf(11n * second)).toBe(epoch + 3611n * second);
  });

  it('refuses a monotonic clock that runs backwards', () => {
    const clock = new ClockModel({ monotonicNs: 10n, epochNs: epoch });
    expect(() => clock.add({ monotonicNs: 9n, epochNs: epoch })).toThrow(RangeError);
  });
});
