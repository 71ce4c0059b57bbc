import { describe, expect, it } from 'vitest';
import type { Trace } from './scope-option';
import { levelReason, movableTrigger, roundedLevel } from './trigger-level';

function traceOf(source: string, triggerLevel: number | null): Trace {
  return {
    curve: {
      key: `${source}/0`,
      channel: 0,
      source,
      eventNumber: '1',
      unit: 'V',
      triggerLevel,
      low: -0.2,
      high: 0.1,
      times: new Float64Array(0),
      values: new Float64Array(0),
    },
    label: 'A',
    view: { perDivision: 0.05, offset: 0 },
    color: '#000',
  };
}

const every = (): boolean => true;

describe('the level of the trigger on the screen', () => {
  it('is that of the first channel that triggers on a source whose level can be moved', () => {
    const traces = [traceOf('logger', -0.1), traceOf('quiet', null), traceOf('scope', -0.04)];
    const found = movableTrigger(traces, (source) => source !== 'logger', null);
    expect(found).toMatchObject({ level: -0.04, wished: null, trace: { curve: { source: 'scope' } } });
    expect(movableTrigger(traces, () => false, null)).toBeNull();
    expect(movableTrigger([], every, null)).toBeNull();
  });

  it('is wished until it holds, by its own channel alone', () => {
    const traces = [traceOf('scope', -0.04)];
    const wished = (key: string, volts: number): number | null =>
      movableTrigger(traces, every, { key, volts })!.wished;
    expect(wished('scope/0', -0.05)).toBe(-0.05);
    expect(wished('scope/0', -0.040_000_1)).toBeNull();
    expect(wished('scope/1', -0.05)).toBeNull();
  });

  it('stays within what the channel sees, and has no more digits than a screen shows', () => {
    const trigger = movableTrigger([traceOf('scope', -0.04)], every, null)!;
    expect(levelReason(trigger)).toBeNull();
    expect(levelReason({ ...trigger, wished: -0.2 })).toBeNull();
    expect(levelReason({ ...trigger, wished: 0.12 })).toBe('A sees -200 mV to 100 mV.');
    expect(roundedLevel(-0.052_345_678, trigger.trace)).toBe(-0.0523);
    expect(roundedLevel(123.456, { ...trigger.trace, view: { perDivision: 1000, offset: 0 } })).toBe(123);
  });
});
