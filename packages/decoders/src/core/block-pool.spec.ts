import { describe, expect, it } from 'vitest';
import { type Block, BlockPool } from './block-pool.js';

function block(bytes: number, first = 7): Block {
  const memory = new Uint8Array(bytes).fill(first);
  return { memory, columns: [{ data: memory, used: 3 }] };
}

describe('blocks for later batches', () => {
  it('come back once, for the same shape only, without what stood in them', () => {
    const pool = new BlockPool(100);
    const given = block(10);
    pool.give('a', given);
    expect(pool.take('b')).toBeUndefined();
    expect(pool.take('a')).toBe(given);
    expect(given.memory.every((byte) => byte === 0)).toBe(true);
    expect(given.columns[0]!.used).toBe(0);
    expect(pool.take('a')).toBeUndefined();
  });

  it('make room for those that came later, and are never more than the room', () => {
    const pool = new BlockPool(100);
    const [first, second, third] = [block(40), block(40), block(40)];
    pool.give('a', first);
    pool.give('a', second);
    pool.give('b', third);
    expect(pool.take('a')).toBe(second);
    expect(pool.take('a')).toBeUndefined();
    expect(pool.take('b')).toBe(third);
    pool.give('c', block(101));
    expect(pool.take('c')).toBeUndefined();
    pool.give('d', block(100));
    expect(pool.take('d')).toBeDefined();
  });

  it('count what columns of variable length have grown to', () => {
    const pool = new BlockPool(100);
    const data = new Float64Array(16);
    pool.give('a', { memory: new Uint8Array(0), columns: [{ data, offsets: new Uint32Array(2), used: 16 }] });
    expect(pool.take('a')).toBeUndefined();
  });
});
