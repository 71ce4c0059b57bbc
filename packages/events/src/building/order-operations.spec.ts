import { describe, expect, it } from 'vitest';
import type { EventOperation } from './event-config.js';
import { orderOperations } from './order-operations.js';

const order = (operations: Record<string, EventOperation>): string[] =>
  orderOperations(operations).map(([name]) => name);
const sum: EventOperation = { expression: 'hit.e', aggregationMode: 'sum' };

describe('order of operations', () => {
  it('is the given one where nothing asks for another', () => {
    expect(order({ b: sum, a: sum, c: { expression: 'evt.a + b' } })).toEqual(['b', 'a', 'c']);
  });

  it('puts fields before those that use them, in any text', () => {
    expect(
      order({
        bare: { expression: 'total*2' },
        ch: { expression: 'hit.e', aggregationMode: 'keep_at_ch:evt.key' },
        fun: { expression: 'geds.cut(<...>, flag=evt.bare)', aggregationMode: 'function' },
        query: { ...sum, query: 'evt.total > 1' },
        key: sum,
        total: sum,
      }),
    ).toEqual(['total', 'bare', 'key', 'ch', 'fun', 'query']);
  });

  it('takes parameters for what they are, and names circles', () => {
    expect(order({ x: { expression: 'x + 1', parameters: { x: 1 } } })).toEqual(['x']);
    expect(() => order({ a: { expression: 'evt.b' }, b: { expression: 'a' } })).toThrow(
      'operations.a depends on itself: a -> b -> a',
    );
  });
});
