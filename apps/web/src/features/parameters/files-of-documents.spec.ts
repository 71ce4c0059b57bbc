import { describe, expect, it } from 'vitest';
import { filesOfDocuments } from './files-of-documents';

const file = (name: string) => ({ name });

describe('files of documents', () => {
  it('are found by their names, also where a folder stands before them', () => {
    const found = filesOfDocuments(['sub/a.yaml', 'b.json'], [file('b.json'), file('a.yaml'), file('c')]);
    expect([...found].map(([document, { name }]) => [document, name])).toEqual([
      ['sub/a.yaml', 'a.yaml'],
      ['b.json', 'b.json'],
    ]);
  });
  it('are asked for where they are missing, or cannot be told apart', () => {
    expect(() => filesOfDocuments(['sub/a.yaml'], [])).toThrow('sub/a.yaml: choose its file too');
    expect(() => filesOfDocuments(['x/a.yaml', 'y/a.yaml'], [file('a.yaml')])).toThrow(
      'several of its documents',
    );
  });
});
