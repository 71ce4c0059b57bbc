import { expect, it } from 'vitest';
import { allPages } from './all-pages';

it('a list of any length is read to its end, page by page', async () => {
  const asked: (string | undefined)[] = [];
  const items = await allPages((cursor) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const page = Array.from({ length: Math.min(100, 250 - from) }, (_, index) => from + index);
    return Promise.resolve({ items: page, next: from + 100 < 250 ? String(from + 100) : null });
  });
  expect(items).toEqual(Array.from({ length: 250 }, (_, index) => index));
  expect(asked).toEqual([undefined, '100', '200']);
});
