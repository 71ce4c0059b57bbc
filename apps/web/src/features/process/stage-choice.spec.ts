import type { ConfigurationInfo, StageInfo } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import type { Proposal } from './proposal';
import { chainWords, firstChoice, missingWord, ownOptions, requestedStages } from './stage-choice';

function stage(name: string, from: string, to: string): StageInfo {
  return {
    name,
    version: '1',
    title: name,
    description: '',
    dependsOn: [from],
    alsoReads: [],
    provides: [to],
    configSchema: {},
    defaults: { a: 1 },
  };
}
const stages = [
  stage('daq_to_raw', 'daq', 'raw'),
  stage('raw_to_dsp', 'raw', 'dsp'),
  stage('dsp_to_hit', 'dsp', 'hit'),
];

describe('the request for processing', () => {
  it('keeps the order of the chain, whatever was chosen first', () => {
    const choices = {
      dsp_to_hit: { configuration: 'v', options: {} },
      raw_to_dsp: { configuration: ownOptions, options: { b: 2 } },
    };
    expect(requestedStages(stages, choices)).toEqual([
      { stage: 'raw_to_dsp', config: { b: 2 } },
      { stage: 'dsp_to_hit', configurationVersionId: 'v' },
    ]);
    expect(chainWords(stages, choices)).toBe('raw → dsp → hit');
  });
  it('begins with what is proposed, with defaults where nothing is stored, else with nothing', () => {
    const stored = [{ latestVersionId: 'v' }] as ConfigurationInfo[];
    const chosen = (...rest: [readonly ConfigurationInfo[], Proposal | null]): string =>
      firstChoice(stages[0]!, ...rest).configuration;
    expect(firstChoice(stages[0]!, [], null)).toEqual({ configuration: ownOptions, options: { a: 1 } });
    expect(chosen(stored, { versionId: 'v', why: '' })).toBe('v');
    expect(chosen(stored, null)).toBe('');
  });
  it('says what is missing', () => {
    const choice = { configuration: 'v', options: {} };
    expect(missingWord(0, stages, { raw_to_dsp: choice })).toContain('run');
    expect(missingWord(1, stages, {})).toContain('stage');
    expect(missingWord(1, stages, { raw_to_dsp: { ...choice, configuration: '' } })).toContain(
      'configuration for raw_to_dsp',
    );
    expect(missingWord(1, stages, { raw_to_dsp: choice })).toBeNull();
  });
});
