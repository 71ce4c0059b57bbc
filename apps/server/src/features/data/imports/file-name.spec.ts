import { describe, expect, it } from 'vitest';
import { safeFileName } from './file-name.js';

describe('safeFileName', () => {
  it('keeps good names as they are', () => {
    for (const name of ['th228.fcio', 'Run 12 (night)+a=b@x.lh5', 'Übergang_β.fcio', '測定.fcio'])
      expect(safeFileName(name)).toBe(name);
  });

  it('never leads anywhere', () => {
    expect(safeFileName('../../etc/passwd')).toBe('passwd');
    expect(safeFileName('C:\\data\\run.fcio')).toBe('run.fcio');
    expect(safeFileName('/')).toBe('file');
    for (const name of ['', '.', '..', '...', ' . ', '/..', '--']) expect(safeFileName(name)).toBe('file');
    expect(safeFileName('.ssh')).toBe('ssh');
    expect(safeFileName('-rf')).toBe('rf');
    expect(safeFileName('a\0b\nc\u202ed"$`.fcio')).toBe('a_b_c_d___.fcio');
  });

  it('shortens long names before their ending', () => {
    const short = safeFileName(`${'ü'.repeat(300)}.fcio`);
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(120);
    expect(short).toMatch(/^ü{50,}\.fcio$/);
  });
});
