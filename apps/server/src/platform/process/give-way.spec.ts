import { expect, it, vi } from 'vitest';
import { giveWay } from './give-way.js';

it.each([
  [0, [[5]]],
  [5, []],
  [10, []],
])('of a process at %d goes up alone, which everybody may', (at, asked) => {
  const setPriority = vi.fn();
  giveWay(5, { getPriority: () => at, setPriority });
  expect(setPriority.mock.calls).toEqual(asked);
});
