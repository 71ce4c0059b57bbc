import { describe, expect, it } from 'vitest';
import type { Curve } from './prepare';
import { waveformsOption } from './waveforms-option';

const curve = (channel: number): Curve => ({
  key: `det1/${channel}`,
  channel,
  source: 'det1',
  eventNumber: '1',
  unit: 'adc',
  times: Float64Array.of(-1, 0),
  values: Float64Array.of(0, 1),
});

describe('plot of the newest waveforms', () => {
  it('names channels in their order, whichever was seen first, and what is kept behind them', () => {
    const curves = [0, 1, 2].map(curve);
    const channels = curves.map(({ key }) => key);
    const reference = new Map([[channels[1]!, curve(1)]]);
    const { legend } = waveformsOption({ curves, reference, channels, colors: ['red'], markColor: 'gray' });
    expect(legend).toMatchObject({ data: ['ch 0', 'ch 1', 'ch 2', 'ch 1 reference'] });
  });
});
