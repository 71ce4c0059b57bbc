import { describe, expect, it } from 'vitest';
import { importPicoLog } from './import-picolog.js';

const old = {
  DAQModule: 'picolog1000Config',
  channels: [1],
  number_of_samples: 50,
  trgActive: 1,
  trgThreshold: 512,
};

describe('thresholds of an old PicoLog configuration', () => {
  it('are counts of the model that the file names', () => {
    for (const [named, volts] of [
      [{ model: 1012 }, (2.5 * 512) / 1023],
      [{ DAQModule: 'PicoLog1216' }, (2.5 * 512) / 4095],
    ] as const) {
      const { config, findings, lines } = importPicoLog({ ...old, ...named }, 1);
      expect((config['trigger'] as { thresholdV: number }).thresholdV).toBeCloseTo(volts, 3);
      expect(findings).toEqual([]);
      expect(lines.some(({ outcome }) => outcome === 'ignored')).toBe(false);
    }
  });

  it('are taken for 12 bits with a word, when no model is named', () => {
    const { config, findings } = importPicoLog(old, 1);
    expect(config['trigger']).toMatchObject({ thresholdV: 0.3126, hysteresisV: 0.006105 });
    expect(findings.map(({ place, severity }) => [place, severity])).toEqual([
      ['trigger.thresholdV', 'warning'],
      ['trigger.hysteresisV', 'warning'],
    ]);
    expect(findings[0]!.remedy).toMatch(/1012.*1\.251 V/);
    expect(importPicoLog({ ...old, trgActive: 0 }, 1).findings).toEqual([]);
  });
});
