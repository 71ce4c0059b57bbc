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

  it('are taken as they are when nothing is wrong', () => {
    const config = { peak_minimal_prominence: 20_000, trigger_channel: 'none', largestHeight: 7e7 };
    expect(faultsOf({ name: 'a', input: 'left', kind: 'peak-finder', config })).toEqual([]);
    expect(faultsOf({ name: 'b', input: 'left', kind: 'module', module: 'mine.mjs' })).toEqual([]);
  });
});
