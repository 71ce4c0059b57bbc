import type { AppError } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { checkContent } from './content-check.js';

const source = { name: 'left', driver: 'simulated-digitizer', config: {} };
const faultsOf = (...consumers: object[]): string[] => {
  try {
    checkContent('detector', { sources: [source], consumers });
    return [];
  } catch (error) {
    return (error as AppError).options.issues?.map(({ path, message }) => `${path}: ${message}`) ?? [];
  }
};

describe('consumers of a configuration', () => {
  it('are refused when it is stored, with every fault and its place', () => {
    const faults = faultsOf(
      { name: 'a', input: 'left', kind: 'pulse-filter', config: { timingPrecision: -1 } },
      { name: 'b', input: 'left', kind: 'nothing' },
      { name: 'c', input: 'left', kind: 'module' },
    );
    expect(faults.map((fault) => fault.split(': ')[0])).toEqual([
      'content.consumers.0.config.pulseShape',
      'content.consumers.0.config.timingPrecision',
      'content.consumers.1.kind',
      'content.consumers.2.module',
    ]);
    expect(faults[2]).toContain('known are pulse-filter, peak-finder');
  });

  it('are refused when they read what is not there, keeps nothing, or comes from themselves', () => {
    const module = { kind: 'module', module: 'mine.mjs' };
    const faults = faultsOf(
      { name: 'a', input: 'right', ...module },
      { name: 'b', input: 'a', ...module },
      { name: 'c', input: 'd', keep: true, ...module },
      { name: 'd', input: 'c', keep: true, ...module },
      { name: 'left', input: 'left', ...module },
      { name: 'a', input: 'c', ...module },
    );
    expect(faults).toEqual([
      'content.consumers.0.input: right is neither a source nor a consumer; there are left, c, d',
      'content.consumers.1.input: consumer a keeps nothing: set Keep there',
      'content.consumers.2.input: leads back to itself by c, d',
      'content.consumers.3.input: leads back to itself by d, c',
      'content.consumers.4.name: is the name of a source',
      'content.consumers.5.name: there are two consumers named a',
      'content.consumers.5.input: leads back to itself by a, c, d',
    ]);
    const chain = { name: 'e', input: 'f', ...module };
    expect(faultsOf(chain, { name: 'f', input: 'left', keep: true, ...module })).toEqual([]);
  });

  it('are taken as they are when nothing is wrong', () => {
    const config = { peak_minimal_prominence: 20_000, trigger_channel: 'none', largestHeight: 7e7 };
    expect(faultsOf({ name: 'a', input: 'left', kind: 'peak-finder', config })).toEqual([]);
    expect(faultsOf({ name: 'b', input: 'left', kind: 'module', module: 'mine.mjs' })).toEqual([]);
  });
});
