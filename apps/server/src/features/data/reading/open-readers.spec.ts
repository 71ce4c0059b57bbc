import { copyFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writeSampleFile } from '../testing/sample-files.js';
import { OpenReaders } from './open-readers.js';

const place = temporaryFolder();
const file = (name: string): string => join(place.path, name);
const readers = new OpenReaders({ idleMs: 60_000, most: 2 });

beforeAll(async () => {
  await writeSampleFile(file('a'));
  for (const name of ['b', 'c']) copyFileSync(file('a'), file(name));
});
afterAll(async () => {
  await readers.closeAll();
  place.remove();
});

describe('open readers', () => {
  it('stay open for the next question, as many as are allowed', async () => {
    const first = await readers.using(file('a'), true, (reader) => Promise.resolve(reader));
    expect(await readers.using(file('a'), true, (reader) => Promise.resolve(reader))).toBe(first);
    for (const name of ['b', 'c']) await readers.using(file(name), true, (reader) => reader.tree());
    expect(readers.size).toBe(2);
    await expect(first.tree()).rejects.toThrow('has been closed');
  });

  it('are closed when they are not to be kept, and when something went wrong', async () => {
    const kept = await readers.using(file('a'), false, (reader) => Promise.resolve(reader));
    await expect(kept.tree()).rejects.toThrow('has been closed');
    await expect(readers.using(file('a'), true, (reader) => reader.tree('nothing'))).rejects.toThrow();
    expect(readers.size).toBe(2);
  });

  it('notice that a file was changed', async () => {
    await readers.using(file('c'), true, (reader) => reader.tree());
    truncateSync(file('c'), 5000);
    await expect(readers.using(file('c'), true, (reader) => reader.tree())).rejects.toThrow('truncated');
  });
});
