import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNumbers } from './file-numbers.js';
import { filesOf } from './given-numbers.js';

describe('files that chains read as a whole', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countroom-model-'));
    await writeFile(join(folder, 'model.json'), '{"format":"countroom/svm","unit":"µs"}');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('come byte by byte, under the name that the chain gives', async () => {
    const numbers = await readNumbers([{ file: 'cut', path: '' }], () => join(folder, 'model.json'));
    const found = filesOf(numbers)({ file: 'cut', path: '' });
    const text = new TextDecoder().decode(Uint8Array.from(found?.data as Uint8Array));
    expect(JSON.parse(text)).toEqual({ format: 'countroom/svm', unit: 'µs' });
  });

  it('are named when they cannot be read', async () => {
    const read = readNumbers([{ file: 'absent.json', path: '' }], (name) => join(folder, name));
    await expect(read).rejects.toThrow(/the model absent\.json cannot be read/);
  });
});
