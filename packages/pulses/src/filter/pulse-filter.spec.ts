import { describe, expect, it } from 'vitest';
import { makeTemplate, type PulseShape } from '../template/pulse-shape.js';
import { FilterLog } from './filter-log.js';
import { PulseFilter, type PulseFilterConfig } from './pulse-filter.js';

const shape: PulseShape = { taur: 20e-9, tauon: 12e-9, tauf: 128e-9, pheight: -0.03 };
const dT = 4e-9;
const setup = { channels: ['A', 'B'], triggerChannel: 'A', samples: 2000, pretrigger: 0.1, dT };
const { samples } = makeTemplate(shape, dT);

/** A quiet record with pulses of three times the template's height. */
function record(...places: number[]): Float64Array {
  const values = new Float64Array(2000);
  for (const place of places) samples.forEach((value, i) => (values[place + i] = 3 * value));
  return values;
}

function run(
  records: Float64Array[],
  config: Partial<PulseFilterConfig> = {},
  more: Partial<typeof setup> = {},
) {
  return new PulseFilter({ pulseShape: [shape], ...config }, { ...setup, ...more }).process(records);
}

describe('pulse filter', () => {
  it('takes coincident pulses, and finds a later one', () => {
    const event = run([record(200), record(200, 900)]);
    expect(event).toMatchObject({ valid: true, accepted: true });
    expect(event.channels.map(({ first }) => first?.height.toFixed(3))).toEqual(['0.090', '0.090']);
    expect(event.double).toMatchObject({ delays: [0, 2.8], heights: [0, expect.closeTo(0.09, 6) as number] });
    expect(event.double!.tau).toBeCloseTo(2.8, 9);
    expect(run([record(200), record(200, 900)], { doublePulse: false }).double).toBeUndefined();
  });

  it('needs the pulse that triggered, at its place', () => {
    expect(run([record(), record(200)])).toMatchObject({ valid: false, accepted: false, noise: 0 });
    expect(run([record(230), record(200)]).valid).toBe(false);
    expect(run([record(), record(200)], { NminCoincidence: 1 }, { triggerChannel: 'EXT' })).toMatchObject({
      valid: true,
      accepted: true,
    });
  });

  it('accepts by number or by pattern', () => {
    const single = [record(200), record()];
    expect(run(single).accepted).toBe(false);
    expect(run(single, { NminCoincidence: 1 }).accepted).toBe(true);
    expect(run(single, { acceptPattern: [[1, 0]] }).accepted).toBe(true);
    expect(run([record(200), record(200)], { acceptPattern: [[1, 0]] }).accepted).toBe(false);
  });

  it('allows for the delay of a channel, and each channel its own shape', () => {
    const slow = { ...shape, delay: 0.4 };
    const event = run([record(200), record(300)], { pulseShape: [shape, slow] });
    expect(event.channels[1]!.first?.time).toBeCloseTo(0.8, 9);
    expect(run([record(200), record(300)]).accepted).toBe(false);
  });

  it('has the faults of the original only on demand', () => {
    const slow = { ...shape, delay: 0.4 };
    const delayed = { pulseShape: [shape, slow] };
    const records = [record(200, 900), record(300, 1000)];
    expect(run(records, delayed).double?.delays).toEqual([2.8, 2.8]);
    expect(run(records, { ...delayed, compatible: true }).double?.delays.map((at) => at.toFixed(3))).toEqual([
      '2.400',
      '2.800',
    ]);
    // Far above zero all along: only the comparison without the mean sees that there is no pulse.
    const high = [new Float64Array(2000).fill(-0.1), record(200)];
    const shapes = [{ ...shape, OffsetSubtraction: false }, shape];
    expect(run(high, { pulseShape: shapes }).valid).toBe(true);
    expect(run(high, { pulseShape: shapes, compatible: true }).valid).toBe(false);
    expect(run(high, { pulseShape: shapes.toReversed(), compatible: true }).valid).toBe(false);
    const never = { NminCoincidence: 3, compatible: true };
    expect(run([record(200), record(200)], never)).toMatchObject({ valid: true, accepted: false });
  });

  it('takes no pattern at all as none', () => {
    expect(run([record(200), record(200)], { acceptPattern: [] }).accepted).toBe(true);
  });

  it('survives records that are too short', () => {
    expect(run([new Float64Array(10), new Float64Array(10)]).valid).toBe(false);
  });

  it.each<[string, Partial<PulseFilterConfig>]>([
    ['at least one shape', { pulseShape: [] }],
    ['does not have one entry for each of 2 channels', { acceptPattern: [[1]] }],
    ['3 channels cannot have a pulse', { NminCoincidence: 3 }],
    ['a pulse shape needs a length', { pulseShape: [{ taur: 0, tauon: 0, tauf: 0, pheight: 1 }] }],
  ])('refuses: %s', (message, config) => {
    expect(() => run([record(), record()], config)).toThrow(message);
  });

  it('counts what it has seen', () => {
    const log = new FilterLog(2);
    expect(log.add(run([record(200), record(200, 900)]), 7, 1.5)).toEqual({
      line: '7, 1.500, 0.090, 0.000, 0.090, 0.000, 0.000, 0.000, 0.090, 2.800',
      double: '1, 1, 2.8,   0, 2.8,   0, 0.09',
    });
    expect(log.add(run([record(200), record()]), 8, 2)).toEqual({});
    expect(log.add(run([record(), record()]), 9, 3)).toEqual({});
    expect(log.summary(0).lines[0]).toContain('Nval, Nacc: 2, 1 ');
    expect(log.counts).toEqual({ seen: 3, valid: 2, accepted: 1, fold: [0, 0, 1, 0, 0], double: 1 });
  });

  it('counts no trigger as validated where none is recorded', () => {
    const log = new FilterLog(2);
    log.add(run([record(200), record(200)], {}, { triggerChannel: 'EXT' }), 1, 0);
    expect(log.summary(0).lines[0]).toBe('# pulseFilter Summary: events 1, Nval, Nacc: 0, 1 ');
  });
});
