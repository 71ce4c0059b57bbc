import { describe, expect, it } from 'vitest';
import { previewPicoScope } from './preview.js';

function table(given: object): Record<string, readonly [number | null, number | null]> {
  const { values } = previewPicoScope(given);
  return Object.fromEntries(values.map(({ title, requested, resolved }) => [title, [requested, resolved]]));
}

describe('the preview of a scope configuration', () => {
  it('puts what the device makes of it beside what was asked for', () => {
    const given = {
      model: '2406B',
      channels: [{ name: 'A', rangeV: 0.15, offsetV: 0.1 }, { name: 'B' }],
      recordS: 16e-6,
      samples: 3500,
      trigger: { channel: 'A', thresholdV: -0.04 },
    };
    const shown = table(given);
    expect(shown).toMatchObject({
      'Samples per record': [3500, 4000],
      'Time between samples': [16e-6 / 3500, 4e-9],
      'Number of the time base': [null, 2],
      'Share before the trigger': [0.05, 0.05],
      'Samples before the trigger': [null, 200],
      'Range of A (half span)': [0.15, 0.2],
      'Offset of A': [0.1, 0.1],
      'Range of B (half span)': [0.5, 0.5],
    });
    const [asked, set] = shown['Threshold at A']!;
    expect(asked).toBe(-0.04);
    expect(set).not.toBe(asked);
    expect(Math.abs(set! - asked!)).toBeLessThan(0.2 / 32_512);
    expect(previewPicoScope(given)).toMatchObject({ model: '2406B', findings: [] });
  });

  it('shows no value where a finding says why', () => {
    const given = {
      channels: [{ name: 'A', rangeV: 100 }],
      recordS: -1,
      samples: 0.5,
      preTrigger: 2,
      trigger: { channel: 'external', thresholdV: 9 },
    };
    const { values, findings } = previewPicoScope(given);
    const places = findings.map(({ place }) => place);
    const unresolved = values.filter(({ resolved }) => resolved === null);
    expect(unresolved.map(({ title }) => title)).toEqual([
      'Length of a record',
      'Samples per record',
      'Time between samples',
      'Number of the time base',
      'Share before the trigger',
      'Samples before the trigger',
      'Range of A (half span)',
      'Threshold at external',
    ]);
    for (const { place } of unresolved) expect(places).toContain(place);
  });

  it('finds what has not the right shape, with its place', () => {
    const { model, values, findings } = previewPicoScope({ channels: [{ name: 1 }], unheardOf: true });
    expect([model, values]).toEqual([null, []]);
    expect(findings.map(({ place }) => place)).toEqual(['channels.0.name', '']);
    for (const given of [null, 1, 'text', [], { channels: [] }])
      expect(previewPicoScope(given).findings.length).toBeGreaterThan(0);
  });

  it('gives numbers alone, however large what was asked for', () => {
    for (const recordS of [1e-300, 1e300])
      for (const family of ['2000', '2000a', '3000a', '4000', '4000a'])
        for (const { requested, resolved } of previewPicoScope({ family, recordS, samples: 1e308 }).values)
          for (const value of [requested, resolved])
            expect(value === null || Number.isFinite(value)).toBe(true);
  });

  it('leaves the trigger out where none is used', () => {
    expect(
      Object.keys(table({ trigger: { kind: 'off' } })).filter((title) => /Threshold/.test(title)),
    ).toEqual([]);
  });

  it('counts the width of pulses in whole samples', () => {
    const pulse = { width: 'inside', fromS: 100e-9, toS: 1e-6 };
    const shown = table({ model: '2406B', trigger: { kind: 'pulse-width', thresholdV: 0.1, pulse } });
    expect(shown).toMatchObject({
      'Width of a pulse': [100e-9, 96e-9],
      'Upper width of a pulse': [1e-6, 1.008e-6],
    });
    expect(shown['Threshold at A']![0]).toBe(0.1);
  });

  it('shows the step of equivalent-time sampling beside the one that is asked for', () => {
    const given = {
      model: '2208B',
      recordS: 1e-6,
      samples: 3000,
      ets: { mode: 'slow', interleave: 30, cycles: 80 },
    };
    expect(table(given)).toMatchObject({
      'Samples per record': [3000, 20_000],
      'Time between samples': [1e-6 / 3000, 50e-12],
      'Step of equivalent-time sampling': [1e-6 / 2999.9, 50e-12],
      Interleave: [30, 20],
      'Captures to choose from': [80, 80],
    });
    expect(table({ ...given, mode: 'streaming' })).not.toHaveProperty('Interleave');
  });
});
