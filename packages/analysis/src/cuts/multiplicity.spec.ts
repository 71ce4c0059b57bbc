import { expect, it } from 'vitest';
import { multiplicities } from './multiplicity.js';

it('counts the tables of the event of each row', () => {
  const map = {
    key: Int32Array.of(1, 2, 3, 1, 1, 1, 2),
    row: Int32Array.of(0, 0, 0, 1, 2, 3, 1),
    ends: Int32Array.of(3, 4, 7),
  };
  // Row 4 is in no event; two hits of a table count once.
  expect([...multiplicities(map, 1, 5)]).toEqual([3, 1, 2, 2, 1]);
  expect([...multiplicities(map, 2, 2)]).toEqual([3, 2]);
});
