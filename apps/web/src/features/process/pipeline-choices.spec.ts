import type { ConfigurationInfo, StageInfo } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { choicesOf } from './pipeline-choices';

const stage = (name: string): StageInfo => ({ name, defaults: { a: 1 } }) as unknown as StageInfo;
const stored = (kind: string, name: string, detector: string | null): ConfigurationInfo =>
  ({ kind, name, detector, latestVersionId: `${kind} ${name} ${detector ?? 'all'}` }) as ConfigurationInfo;

describe('the choices of a stored pipeline', () => {
  const known = {
    stages: [stage('raw_to_dsp'), stage('build_tcm')],
    configurations: [stored('raw_to_dsp', 'demo', null), stored('raw_to_dsp', 'demo', 'lab')],
  };
  const definition = {
    stages: [
      { stage: 'raw_to_dsp', configuration: 'demo' },
      { stage: 'build_tcm', config: { b: 2 } },
      { stage: 'of_another_version', configuration: 'demo' },
    ],
  };

  it('name stored configurations, a detector its own', () => {
    const of = (detectors: string[]) => choicesOf(definition, { ...known, detectors })['raw_to_dsp'];
    expect(of(['lab'])?.configuration).toBe('raw_to_dsp demo lab');
    expect(of(['demo'])?.configuration).toBe('raw_to_dsp demo all');
    expect(of(['lab', 'demo'])?.configuration).toBe('raw_to_dsp demo all');
  });

  it('carry options over their defaults, and leave open what is not there', () => {
    const choices = choicesOf(definition, { ...known, configurations: [], detectors: [] });
    expect(choices['build_tcm']).toEqual({ configuration: 'own', options: { a: 1, b: 2 } });
    expect(choices['raw_to_dsp']?.configuration).toBe('');
    expect(Object.keys(choices)).toEqual(['raw_to_dsp', 'build_tcm']);
  });
});
