import type { StageInfo } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { chainWords, firstChoice, missingWord, requestedStages } from './stage-choice';

function stage(name: string, from: string, to: string): StageInfo {
  return {
    name,
    version: '1',
    title: name,
    description: '',
    dependsOn: [from],
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
      dsp_to_hit: { versionId: 'v', options: {} },
      raw_to_dsp: { versionId: undefined, options: { b: 2 } },
    };
    expect(requestedStages(stages, choices)).toEqual([
      { stage: 'raw_to_dsp', config: { b: 2 } },
      { stage: 'dsp_to_hit', configurationVersionId: 'v' },
    ]);
    expect(chainWords(stages, choices)).toBe('raw → dsp → hit');
  });
  it('begins with defaults where nothing is stored', () => {
    expect(firstChoice(stages[0]!, [])).toEqual({ versionId: undefined, options: { a: 1 } });
  });
  it('says what is missing', () => {
    expect(missingWord(0, 1)).toContain('run');
    expect(missingWord(1, 0)).toContain('stage');
    expect(missingWord(1, 1)).toBeNull();
  });
});
