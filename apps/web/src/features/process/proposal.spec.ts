import type { ConfigurationInfo, JobInfo } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { proposeFor } from './proposal';

const stored = (name: string, detector: string | null = null): ConfigurationInfo =>
  ({ id: `id of ${name}`, name, detector, latestVersionId: `newest ${name}` }) as ConfigurationInfo;
const job = (detector: string, name: string | null): JobInfo =>
  ({
    stage: 'raw_to_dsp',
    detector,
    configuration: name === null ? null : { id: `id of ${name}`, name, version: 1 },
  }) as JobInfo;
const propose = (
  list: readonly ConfigurationInfo[],
  detectors: readonly string[],
  jobs: readonly JobInfo[] = [],
): string | undefined => proposeFor('raw_to_dsp', { stored: list, detectors, jobs })?.versionId;

const both = [stored('demo'), stored('th228')];

describe('the configuration that a stage begins with', () => {
  it('is the newest version of what the detector used last', () => {
    expect(propose(both, ['demo'], [job('demo', 'th228'), job('demo', 'demo')])).toBe('newest th228');
    expect(propose(both, ['demo'], [job('demo', null), job('demo', 'th228')])).toBe('newest th228');
    expect(propose(both, ['imported'], [job('demo', 'demo')])).toBeUndefined();
  });

  it('is what was stored for the detector, before what only has its name', () => {
    expect(propose([...both, stored('night', 'demo')], ['demo'])).toBe('newest night');
    expect(propose(both, ['demo'])).toBe('newest demo');
  });

  it('is the only one there is', () => {
    expect(propose([stored('default')], ['imported'])).toBe('newest default');
    expect(propose([stored('default')], ['a', 'b'])).toBe('newest default');
  });

  it('is left to the person when nothing speaks for one, or detectors differ', () => {
    expect(propose(both, ['imported'])).toBeUndefined();
    expect(propose(both, ['demo', 'th228'])).toBeUndefined();
    expect(propose(both, ['demo', 'imported'])).toBeUndefined();
    expect(propose([], ['demo'])).toBeUndefined();
  });
});
