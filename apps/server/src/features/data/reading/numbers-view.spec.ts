import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { numbersView } from './numbers-view.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-numbers-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('keeps every digit of 64-bit integers', async () => {
  const file = join(folder, 'numbers.lh5');
  const writer = await lh5Backend.createWriter(file);
  const data = BigInt64Array.of(7n, 2n ** 53n + 1n, -(2n ** 63n));
  await writer.write('times', {
    kind: 'array',
    flavor: 'array',
    dtype: 'int64',
    shape: [3],
    data,
    attrs: {},
  });
  await writer.close();
  const reader = await lh5Backend.openReader(file);
  try {
    expect(await numbersView(reader, { path: 'times' })).toEqual({
      dtype: 'int64',
      shape: [3],
      values: [7, '9007199254740993', '-9223372036854775808'],
    });
  } finally {
    await reader.close();
  }
});
