import { describe, expect, it } from 'vitest';
import { setFaults, withFiles } from './set-files';

const file = (name: string, size = 100): { name: string; size: number } => ({ name, size });

describe('files of a set of settings', () => {
  it('may be up to sixteen small ones', () => {
    expect(setFaults(Array.from({ length: 16 }, (_, i) => file(`${i}.yaml`)))).toEqual([]);
    expect(setFaults(Array.from({ length: 17 }, (_, i) => file(`${i}.yaml`)))).toEqual([
      expect.stringContaining('at most 16'),
    ]);
  });
  it('are told apart by name and refused by size, every fault at once', () => {
    expect(setFaults([file('a.yaml', 65_537), file('b.yaml', 65_536), file('b.yaml')])).toEqual([
      expect.stringContaining('a.yaml is too large'),
      expect.stringContaining('two files b.yaml'),
    ]);
  });
  it('come together from several folders, the newer of one name taking the place', () => {
    const together = withFiles([file('a.yaml'), file('b.yaml')], [file('b.yaml', 7), file('c.yaml')]);
    expect(together.map(({ name, size }) => [name, size])).toEqual([
      ['a.yaml', 100],
      ['b.yaml', 7],
      ['c.yaml', 100],
    ]);
  });
});
