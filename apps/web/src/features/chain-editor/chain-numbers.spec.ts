import { describe, expect, it } from 'vitest';
import { filesOf, type KnownNumbers, mergeNumbers, storedNumbers, withReasons } from './chain-numbers';

const kernel = { dtype: 'float32', shape: [3], values: [1, null, 3] };
const known: KnownNumbers = { 'pars.lh5': { kernel }, 'gone.lh5': { kernel: 'There is no file gone.lh5' } };

describe('numbers of files', () => {
  it('are handed to the chain in their number type; null is NaN', () => {
    const files = filesOf({ ...known, '{hit}': { mean: { dtype: 'int64', shape: [], values: [7] } } });
    expect(files({ file: 'pars.lh5', path: 'kernel' })).toEqual({
      shape: [3],
      data: Float32Array.of(1, Number.NaN, 3),
    });
    expect(files({ file: '{hit}', path: 'mean' })?.data).toEqual(BigInt64Array.of(7n));
    expect(files({ file: 'gone.lh5', path: 'kernel' })).toBeUndefined();
    expect(files({ file: 'pars.lh5', path: 'toString' })).toBeUndefined();
  });

  it('of the configuration and read ones stand together', () => {
    const stored = storedNumbers({ numbers: { 'pars.lh5': { bias: kernel } } });
    expect(Object.keys(mergeNumbers(stored, known)['pars.lh5'] ?? {})).toEqual(['bias', 'kernel']);
    expect(storedNumbers({})).toEqual({});
  });
});

describe('a processor whose file is missing', () => {
  it('is told why', () => {
    const finding = {
      severity: 'error' as const,
      message: 'loadlh5(): kernel of gone.lh5 could not be read',
      path: ['processors', 'k'],
      character: undefined,
      processor: 'k',
    };
    const config = { processors: { k: "loadlh5('gone.lh5', 'kernel')", other: '1' } };
    const requests = [{ file: 'gone.lh5', path: 'kernel' }];
    expect(withReasons([finding, { ...finding, processor: 'other' }], config, requests, known)).toEqual([
      { ...finding, message: `${finding.message} (There is no file gone.lh5)` },
      { ...finding, processor: 'other' },
    ]);
    expect(withReasons([finding], config, requests, {})[0]?.message).toContain('is being read');
  });
});
