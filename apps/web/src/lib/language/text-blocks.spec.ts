import { describe, expect, it } from 'vitest';
import { blocksOf } from './text-blocks';

describe('blocks of a text', () => {
  it('are paragraphs and lists, parted by blank lines', () => {
    expect(blocksOf('One\nline.\n\n- a\n  goes on\n- b\n \n\nEnd.\n')).toEqual([
      { kind: 'paragraph', lines: ['One', 'line.'] },
      { kind: 'list', lines: ['a goes on', 'b'] },
      { kind: 'paragraph', lines: ['End.'] },
    ]);
    expect(blocksOf(' \n\n ')).toEqual([]);
  });
});
