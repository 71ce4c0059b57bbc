import { describe, expect, it } from 'vitest';
import { pretriggerPart, rawWaveformsHead, rawWaveformsRecord } from './raw-waveforms.js';

const values = (line: string): string[] =>
  line
    .slice(2)
    .replaceAll(/[^-+.e\d,]/g, '')
    .split(',');

describe('raw waveforms as text', () => {
  it('begin with scope and filter in numbers that every YAML reader takes for numbers', () => {
    const scope = { Channels: ['A', 'B'], TSampling: 1e-9, pretrig: 0.05, trgActive: true };
    const head = rawWaveformsHead({ scope, filter: { pulseShape: [{ taur: 2e-8, mode: null }] } });
    expect(head).toBe(
      [
        '--- #raw waveforms',
        'OscConf:',
        '  "Channels": ["A", "B"]',
        '  "TSampling": 1.0e-9',
        '  "pretrig": 0.05',
        '  "trgActive": true',
        'pFConf:',
        '  "pulseShape": [{"taur": 2.0e-8, "mode": null}]',
        'data:',
        '',
      ].join('\n'),
    );
  });

  it('have five decimals as picoCosmo writes them, or all digits of a float32', () => {
    expect(
      rawWaveformsRecord(
        [
          [0.123456, -0.05, 0],
          [1, 2],
        ],
        5,
      ),
    ).toBe('- [[0.12346, -0.05, 0.0], [1.0, 2.0]]\n');
    const wave = Float32Array.from({ length: 5000 }, (_, i) => (i - 2500) * (0.5 / 32_512) + 1e-9);
    const again = Float32Array.from(values(rawWaveformsRecord([wave])), Number);
    expect(again).toEqual(wave);
    const tiny = Float32Array.of(1e-7, -3.4e-12, 1.4e-45, 3.4e38, 0.1, 16_777_217);
    const line = rawWaveformsRecord([tiny]);
    expect(Float32Array.from(values(line), Number)).toEqual(tiny);
    expect(line).not.toMatch(/\d\.?e\d|[^.\d]\d+e/);
  });

  it('hold no sample that is no number', () => {
    expect(() => rawWaveformsRecord([[0, Number.NaN]])).toThrow('a sample is NaN');
  });

  it('put the trigger where it was, whatever the length', () => {
    for (const samples of [7, 100, 2500, 4000, 5001])
      for (let before = 0; before < samples; before += 13)
        expect(Math.trunc(pretriggerPart(before, samples) * samples)).toBe(before);
    expect(pretriggerPart(200, 4000)).toBe(0.05);
  });
});
