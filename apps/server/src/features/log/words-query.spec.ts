import { describe, expect, it } from 'vitest';
import { wordsQuery } from './words-query.js';

describe('wordsQuery', () => {
  it('looks for the beginnings of all words', () => {
    expect(wordsQuery(' calib  Th-228')).toBe("'calib':* & 'Th':* & '228':*");
  });
  it('leaves no character that the query language knows', () => {
    expect(wordsQuery('a\'b | !c:* & (d) <-> \\ "e"')).toBe("'a':* & 'b':* & 'c':* & 'd':* & 'e':*");
  });
  it('is nothing without a word', () => {
    expect(wordsQuery(' -- \0 ')).toBeUndefined();
  });
});
