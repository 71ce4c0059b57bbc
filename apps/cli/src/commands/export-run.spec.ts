import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveDownload } from './export-run.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cr-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string, broken = false): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from(text));
      if (broken) controller.error(new Error('the connection broke'));
      else controller.close();
    },
  });

describe('fetching a run', () => {
  it('writes into a folder under the name that the server gives', async () => {
    const file = await saveDownload({ name: 'muons_260102-0304.zip', body: bytes('PK') }, { output: folder });
    expect(file).toBe(join(folder, 'muons_260102-0304.zip'));
    expect(readFileSync(file, 'utf8')).toBe('PK');
  });
  it('replaces a file only when told to', async () => {
    const output = join(folder, 'mine.zip');
    writeFileSync(output, 'old');
    await expect(saveDownload({ name: 'x.zip', body: bytes('new') }, { output })).rejects.toThrow('--force');
    expect(readFileSync(output, 'utf8')).toBe('old');
    await saveDownload({ name: 'x.zip', body: bytes('new') }, { output, force: true });
    expect(readFileSync(output, 'utf8')).toBe('new');
  });
  it('leaves nothing behind when the connection breaks', async () => {
    const download = { name: 'x.zip', body: bytes('half', true) };
    await expect(saveDownload(download, { output: folder })).rejects.toThrow('the connection broke');
    expect(readdirSync(folder)).toEqual([]);
  });
});
