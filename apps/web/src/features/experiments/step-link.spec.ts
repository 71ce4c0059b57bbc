import type { Experiment, RunDetail } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { presetName } from './preset-names';
import { stepLink } from './step-link';

const experiment = {
  evaluation: { text: { en: 'x' }, numbers: [{ dataKind: 'statistics' }] },
  steps: [],
} as unknown as Experiment;
const run = {
  number: 4,
  datasets: [
    { id: 'old', dataKind: 'statistics' },
    { id: 'raw', dataKind: 'raw' },
    { id: 'new', dataKind: 'statistics' },
  ],
} as unknown as RunDetail;

describe('link of a step', () => {
  it('leads to the page for the detector', () => {
    expect(stepLink('instruments', 'demo', experiment, null)).toEqual({
      href: '/instruments?detector=demo',
      text: 'Instruments',
    });
    expect(stepLink('configurations', 'demo', experiment, null)?.href).toBe('/configurations');
  });
  it('leads to the run and its newest result once they are there', () => {
    expect(stepLink('run', 'demo', experiment, null)).toBeNull();
    expect(stepLink('run', 'demo', experiment, run)?.href).toBe('/runs/demo/4');
    expect(stepLink('result', 'demo', experiment, run)?.href).toBe('/data/new');
    expect(stepLink('result', 'demo', experiment, { ...run, datasets: [] })).toBeNull();
  });
  it('and a preset has the name of a configuration', () => {
    expect(presetName({ id: 'count-muons' }, { name: 'simulated' })).toBe('count-muons-simulated');
    expect(presetName({ id: 'x'.repeat(63) }, { name: 'simulated' })).toHaveLength(64);
  });
});
