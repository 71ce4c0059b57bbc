import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { uuidV7 } from './uuid-v7.js';

describe('an id of version 7', () => {
  it('is one, and grows with time', () => {
    const ids = [0, 1, 1_800_000_000_000, 2 ** 48 - 1].map((ms) => uuidV7(ms));
    for (const id of ids) expect(z.uuid({ version: 'v7' }).safeParse(id).success, id).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(uuidV7()).not.toBe(uuidV7());
  });
});
