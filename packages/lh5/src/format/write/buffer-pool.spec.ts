import { describe, expect, it } from 'vitest';
import { BufferPool } from './buffer-pool.js';

describe('a pool of buffers', () => {
  it('gives memory again that was given back, for any size that it fits', () => {
    const pool = new BufferPool();
    const first = pool.take(200_000);
    expect(first.byteLength).toBe(262_144);
    expect(pool.take(262_144) === first).toBe(false);
    pool.give(first);
    expect(pool.kept).toBe(262_144);
    expect(pool.take(131_073) === first).toBe(true);
    expect(pool.kept).toBe(0);
  });

  it('keeps neither small nor large memory, nor more than its share', () => {
    const pool = new BufferPool();
    for (const bytes of [0, 100, 2 << 20]) {
      expect(pool.take(bytes).byteLength).toBe(bytes);
      pool.give(pool.take(bytes));
    }
    expect(pool.kept).toBe(0);
    for (let k = 0; k < 100; k += 1) pool.give(new Uint8Array(1 << 20));
    expect(pool.kept).toBe(8 << 20);
  });
});
