import { describe, expect, it } from 'vitest';
import { withScopeFacts } from './scope-facts.js';

describe('withScopeFacts', () => {
  const channels = [
    { channel: 0, table: 'ch0000000/raw' },
    { channel: 1, table: 'ch0000001/raw', label: 'own' },
  ];
  const device = {
    Channels: '["A","B"]',
    CRanges: '[0.5,1]',
    ChanOffsets: '[0.4,0]',
    fullScale: 32_512,
    trgChan: 'A',
    trgActive: true,
    trgThr: -0.045,
    trgTyp: 'Falling',
  };

  it('gives channels their names, volts and trigger', () => {
    const [a, b] = withScopeFacts(channels, device);
    expect(a).toMatchObject({
      label: 'A',
      voltsOffset: -0.4,
      rangeVolts: [-0.9, expect.closeTo(0.1, 12)],
      trigger: { levelVolts: -0.045, direction: 'Falling' },
    });
    expect(a!.voltsPerCount! * 32_512).toBeCloseTo(0.5, 12);
    expect(b).toMatchObject({ label: 'own', voltsPerCount: 1 / 32_512 });
    expect(b!.trigger).toBeUndefined();
  });

  it('changes nothing where nothing is announced', () => {
    expect(withScopeFacts(channels, { model: 'x' })).toEqual(channels);
    expect(withScopeFacts(channels, { ...device, Channels: '["A"' })).toEqual(channels);
    expect(withScopeFacts(channels, { ...device, trgActive: false })[0]!.trigger).toBeUndefined();
  });
});
