import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionIssues } from './option-issues.js';
import { type Counted, englishOptionWords } from './option-words.js';

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.int().max(5).optional(),
  each: z.array(z.strictObject({ low: z.number() })).optional(),
  size: z.union([z.number(), z.strictObject({ from: z.number(), to: z.number() })]).optional(),
  few: z.array(z.number()).min(2).max(3).optional(),
  pair: z.array(z.number()).length(2).optional(),
  above: z.number().gt(0).multipleOf(2).optional(),
  word: z.enum(['up', 'down']).optional(),
  code: z.string().regex(/^a/).max(3, 'is too long for the display').optional(),
  chip: z
    .union([
      z.strictObject({ kind: z.literal('a'), pin: z.number().min(1) }),
      z.strictObject({ kind: z.literal('b'), pin: z.number().min(1) }),
    ])
    .optional(),
  bus: z
    .discriminatedUnion('kind', [z.object({ kind: z.literal('i2c') }), z.object({ kind: z.literal('spi') })])
    .optional(),
});

const faults = (value: unknown, of?: z.ZodType) => {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return optionIssues(issues, of).map(({ path, message }) => `${path}: ${message}`);
};

describe('what a schema complains of', () => {
  it.each([
    [{}, 'name: is missing; it must be a text'],
    [{ name: 5 }, 'name: must be a text'],
    [{ name: 'a', count: 'x' }, 'count: must be a number'],
    [{ name: 'a', each: {} }, 'each: must be a list'],
    [{ name: 'a', each: [{ low: 'x' }] }, 'each.0.low: must be a number'],
    [{ name: 'a', size: true }, 'size: must be a number or an object of options'],
    [{ name: 'a', size: { from: 1 } }, 'size.to: is missing; it must be a number'],
    [
      { name: 'a', more: 1 },
      ': there is no option more; there are name, count, each, size, few, pair, above, word, code, chip, bus',
    ],
    [{ name: '' }, 'name: must have at least 1 character'],
    [{ name: 'a', count: 9 }, 'count: must be at most 5'],
    [{ name: 'a', few: [1] }, 'few: must have at least 2 entries'],
    [{ name: 'a', pair: [1] }, 'pair: must have exactly 2 entries'],
    [{ name: 'a', above: 0 }, 'above: must be more than 0'],
    [{ name: 'a', above: 3 }, 'above: must be a multiple of 2'],
    [{ name: 'a', word: 'left' }, 'word: must be one of up, down'],
    [{ name: 'a', code: 'b' }, 'code: does not have the form that is asked for here'],
    [{ name: 'a', code: 'abcd' }, 'code: is too long for the display'],
    [{ name: 'a', chip: { kind: 'c', pin: 1 } }, 'chip.kind: must be one of a, b'],
    [{ name: 'a', chip: { kind: 'b', pin: 0 } }, 'chip.pin: must be at least 1'],
    [{ name: 'a', bus: { kind: 'usb' } }, 'bus.kind: must be one of i2c, spi'],
    [{ name: 'a', each: [{ low: 1, high: 2 }] }, 'each.0: there is no option high; there are low'],
  ])('of %j is said in words', (value, words) => {
    expect(faults(value, schema)).toEqual([words]);
  });

  it('is told without the schema', () => {
    expect(faults({ name: 'a', more: 1 })).toEqual([': there is no option more']);
    expect(faults({ name: 'a', count: 9 })).toEqual(['count: must be at most 5']);
  });

  it('is told in the words of another language', () => {
    const words = { ...englishOptionWords, most: (_: Counted, limit: string) => `höchstens ${limit}` };
    const issues = schema.safeParse({ name: 'a', count: 9 }).error?.issues ?? [];
    expect(optionIssues(issues, schema, words)).toEqual([{ path: 'count', message: 'höchstens 5' }]);
  });
});
