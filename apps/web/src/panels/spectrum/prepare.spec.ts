import { describe, expect, it } from 'vitest';
import { aSpectrumFrame } from '../../testing/fixtures';
import { applySpectrumFrame, binAt, logFloor, rebin, stepLine } from './prepare';

function words(...values: number[]): ArrayBuffer {
  return Uint32Array.from(values).buffer;
}

const full = applySpectrumFrame(null, aSpectrumFrame(), words(1, 2, 3, 4), 5);

describe('applySpectrumFrame', () => {
  it('takes a full frame as it is', () => {
    expect(full?.channels.get('adc/3')?.counts).toEqual(Uint32Array.from([1, 2, 3, 4]));
    expect(full?.sequence).toBe(5);
  });

  it('puts the counts of a difference into their bins', () => {
    const next = applySpectrumFrame(full, aSpectrumFrame({ full: false, since: 5 }), words(0, 9, 3, 40), 6);
    expect(next?.channels.get('adc/3')?.counts).toEqual(Uint32Array.from([9, 2, 3, 40]));
  });

  it('keeps channels that a difference does not name', () => {
    const frame = aSpectrumFrame({ full: false, since: 5, channels: [] });
    expect(applySpectrumFrame(full, frame, words(), 6)?.channels.has('adc/3')).toBe(true);
  });

  it.each([
    ['nothing was there', null, {}],
    ['the histograms were cleared', full, { generation: 2 }],
    ['the bins are others', full, { bins: 8 }],
    ['a state between was missed', full, { since: 6 }],
  ])('asks for a full frame when %s', (_, state, changes) => {
    expect(
      applySpectrumFrame(state, aSpectrumFrame({ full: false, since: 5, ...changes }), words(0, 1), 7),
    ).toBeNull();
  });

  it('refuses channels that point outside of the payload', () => {
    expect(applySpectrumFrame(null, aSpectrumFrame({}, 5), words(1, 2, 3, 4), 1)).toBeNull();
  });

  it('ignores bins that do not exist', () => {
    const next = applySpectrumFrame(full, aSpectrumFrame({ full: false, since: 5 }, 2), words(99, 1), 6);
    expect(next?.channels.get('adc/3')?.counts.length).toBe(4);
  });
});

describe('rebin', () => {
  it('keeps the sum, also with a rest', () => {
    expect([...rebin(Uint32Array.from([1, 2, 3, 4, 5]), 2)]).toEqual([3, 7, 5]);
  });
});

describe('stepLine', () => {
  it('has the edges of all bins and closes the last', () => {
    expect([...stepLine([5, 0], 10, 2, false)]).toEqual([10, 5, 12, 0, 14, 0]);
  });

  it('puts empty bins on the floor of a logarithmic axis', () => {
    expect([...stepLine([5, 0], 10, 2, true)]).toEqual([10, 5, 12, logFloor, 14, logFloor]);
  });
});

describe('binAt', () => {
  it('finds the bin and nothing outside', () => {
    const axis = { min: 0, max: 8, bins: 4 };
    expect(binAt(axis, 0)).toBe(0);
    expect(binAt(axis, 7.9)).toBe(3);
    expect(binAt(axis, 8)).toBeNull();
    expect(binAt(axis, -0.1)).toBeNull();
    expect(binAt(axis, Number.NaN)).toBeNull();
  });
});
