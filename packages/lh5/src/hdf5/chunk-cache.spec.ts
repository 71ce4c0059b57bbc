import { describe, expect, it } from 'vitest';
import { ChunkCache } from './chunk-cache.js';

describe('chunk cache', () => {
  it('reads a chunk once, drops the least recently used and never exceeds its limit', () => {
    const cache = new ChunkCache(100);
    const reads: string[] = [];
    const get = (path: string, bytes = 40): void => {
      cache.get(path, 0, () => {
        reads.push(path);
        return new Uint8Array(bytes);
      });
      expect(cache.bytes).toBeLessThanOrEqual(100);
    };
    for (const path of ['a', 'b', 'a', 'c', 'a', 'b']) get(path);
    expect(reads).toEqual(['a', 'b', 'c', 'b']);
    get('large', 101);
    get('large', 101);
    expect(reads.slice(4)).toEqual(['large', 'large']);
  });
});
