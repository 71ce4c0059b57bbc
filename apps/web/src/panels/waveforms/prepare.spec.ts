import type { WaveformsFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { decodeWaveforms, interleave, mergeCurves, RunningMean } from './prepare';

function aWaveform(
  changes: Partial<WaveformsFrame['waveforms'][number]> = {},
): WaveformsFrame['waveforms'][number] {
  return {
    channel: 1,
    source: 'adc',
    eventNumber: '7',
    deviceTimeNs: '0',
    dtNs: 10,
    t0Ns: -20,
    samples: 4,
    offset: 0,
    length: 4,
    decimated: false,
    unit: 'ADC',
    ...changes,
  };
}

const payload = Float32Array.from([1, 2, 3, 4, 5, 6]).buffer;

describe('decodeWaveforms', () => {
  it('gives times from the trigger and values', () => {
    const [curve] = decodeWaveforms({ run: 1, waveforms: [aWaveform()] }, payload);
    expect(curve?.key).toBe('adc/1');
    expect([...(curve?.times ?? [])]).toEqual([-20, -10, 0, 10]);
    expect([...(curve?.values ?? [])]).toEqual([1, 2, 3, 4]);
  });

  it('stretches decimated waveforms over their whole time', () => {
    const [curve] = decodeWaveforms(
      { run: 1, waveforms: [aWaveform({ samples: 400, t0Ns: 0, decimated: true })] },
      payload,
    );
    expect([...(curve?.times ?? [])]).toEqual([0, 1000, 2000, 3000]);
  });

  it('leaves out what lies outside of the payload', () => {
    const waveforms = [aWaveform({ offset: 4 }), aWaveform({ length: 0 }), aWaveform({ offset: -1 })];
    expect(decodeWaveforms({ run: 1, waveforms }, payload)).toEqual([]);
  });
});

describe('mergeCurves', () => {
  it('keeps channels that did not come', () => {
    const first = decodeWaveforms({ run: 1, waveforms: [aWaveform()] }, payload);
    const second = decodeWaveforms({ run: 1, waveforms: [aWaveform({ channel: 2 })] }, payload);
    expect([...mergeCurves(mergeCurves(new Map(), first), second).keys()]).toEqual(['adc/1', 'adc/2']);
  });
});

describe('RunningMean', () => {
  it('is the plain mean until it is full, then follows', () => {
    const mean = new RunningMean(2);
    expect([...mean.add(Float64Array.from([2]))]).toEqual([2]);
    expect([...mean.add(Float64Array.from([4]))]).toEqual([3]);
    expect([...mean.add(Float64Array.from([7]))]).toEqual([5]);
  });

  it('starts anew when the length changes, and leaves its input alone', () => {
    const mean = new RunningMean(8);
    const input = Float64Array.from([2, 2]);
    mean.add(input);
    mean.add(Float64Array.from([4, 4]));
    expect([...input]).toEqual([2, 2]);
    expect([...mean.add(Float64Array.from([1]))]).toEqual([1]);
  });
});

describe('interleave', () => {
  it('puts times and values in turn', () => {
    expect([...interleave([1, 2], [10, 20])]).toEqual([1, 10, 2, 20]);
  });
});
