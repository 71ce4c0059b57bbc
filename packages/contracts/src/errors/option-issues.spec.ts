import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { optionIssues } from './option-issues.js';

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.int().max(5).optional(),
  each: z.array(z.strictObject({ low: z.number() })).optional(),
  size: z.union([z.number(), z.strictObject({ from: z.number(), to: z.number() })]).optional(),
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
    [{ name: 'a', more: 1 }, ': there is no option more; there are name, count, each, size'],
    [{ name: 'a', each: [{ low: 1, high: 2 }] }, 'each.0: there is no option high; there are low'],
  ])('of %j is said in words', (value, words) => {
    expect(faults(value, schema)).toEqual([words]);
  });

  it('is told without the schema, and limits as they are', () => {
    expect(faults({ name: 'a', more: 1 })).toEqual([': there is no option more']);
    expect(faults({ name: 'a', count: 9 })[0]).toMatch(/^count: .*5/);
  });
});
