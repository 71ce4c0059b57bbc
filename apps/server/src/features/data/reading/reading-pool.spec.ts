import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writeSampleFile } from '../testing/sample-files.js';
import { ReadingPool } from './reading-pool.js';

const place = temporaryFolder();
const file = join(place.path, 'a.lh5');
beforeAll(() => writeSampleFile(file));
afterAll(() => place.remove());

describe('the reading pool', () => {
  it('answers more questions than it has threads', async () => {
    const pool = new ReadingPool({ threads: 2, waiting: 20, timeoutMs: 30_000 });
    const asked = Array.from({ length: 12 }, (_, from) =>
      pool.read('table', file, { path: 'ch0000001/raw/energy', from, count: 1 }),
    );
    const values = (await Promise.all(asked)).map((shown) => shown.values[0]?.[0]);
    expect(values.slice(0, 4)).toEqual(['NaN', 1, 2, 3]);
    await pool.close();
    await expect(pool.read('tree', file, {})).rejects.toMatchObject({ fault: { code: 'busy' } });
  });

  it('refuses what would wait too long', async () => {
    const pool = new ReadingPool({ threads: 1, waiting: 1, timeoutMs: 30_000 });
    const results = await Promise.allSettled([1, 2, 3].map(() => pool.read('tree', file, {})));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { fault: { code: 'busy' } } });
    await pool.close();
  });

  it('gives a question up that takes too long, and goes on with another thread', async () => {
    const pool = new ReadingPool({ threads: 1, waiting: 5, timeoutMs: 1 });
    await expect(pool.read('tree', file, {})).rejects.toMatchObject({ fault: { code: 'late' } });
    await expect(pool.read('tree', file, {})).rejects.toMatchObject({ fault: { code: 'late' } });
    await pool.close();
  });

  it('names what went wrong', async () => {
    const pool = new ReadingPool();
    await expect(pool.read('tree', join(place.path, 'none'), {})).rejects.toMatchObject({
      fault: { code: 'file-missing' },
    });
    await expect(pool.read('histogram', file, { path: 'x', bins: 5 })).rejects.toMatchObject({
      fault: { code: 'object-missing', object: 'x' },
    });
    await pool.close();
  });
});
