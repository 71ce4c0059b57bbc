import type { JobInfo } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { chainOf } from './chain';

function job(id: string, ...dependsOn: string[]): JobInfo {
  return { id, dependsOn } as unknown as JobInfo;
}
const ids = (jobs: readonly JobInfo[]): string[] => jobs.map((each) => each.id);

describe('chainOf', () => {
  it('orders what waits behind what it waits for, newest-first list or not', () => {
    const raw = job('raw');
    const dsp = job('dsp', 'raw');
    const hit = job('hit', 'dsp');
    expect(ids(chainOf(dsp, [hit, dsp, raw]).jobs)).toEqual(['raw', 'dsp', 'hit']);
  });

  it('leaves out jobs that have nothing to do with it', () => {
    const chain = chainOf(job('a'), [job('a'), job('b'), job('c', 'b')]);
    expect(ids(chain.jobs)).toEqual(['a']);
  });

  it('names what is not in the list, and survives a circle', () => {
    expect(chainOf(job('dsp', 'gone'), []).elsewhere).toEqual(['gone']);
    expect(ids(chainOf(job('a', 'b'), [job('b', 'a')]).jobs).sort()).toEqual(['a', 'b']);
  });
});
