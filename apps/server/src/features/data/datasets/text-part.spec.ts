import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTextPart } from './text-part.js';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'cr-text-')), 'a.csv');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true }));

describe('parts of a text file', () => {
  it('follow each other without a gap, in whole lines, whatever their size', async () => {
    const lines = Array.from({ length: 200 }, (_, row) => `${row},${'x'.repeat(row % 17)},µ`);
    writeFileSync(file, `${lines.join('\r\n')}\r\n`);
    for (const limit of [30, 64, 1000, 1_000_000]) {
      const found: string[] = [];
      let [from, bytes] = [0, 1];
      while (from < bytes) {
        const part = await readTextPart(file, from, limit);
        expect(part.from).toBe(from);
        found.push(...part.lines);
        [from, bytes] = [part.to, part.bytes];
      }
      expect(found).toEqual(lines);
    }
  });

  it('begin with a whole line when asked for from anywhere, and before the end', async () => {
    writeFileSync(file, 'first\nsecond\nthird');
    expect(await readTextPart(file, 3, 100)).toMatchObject({ from: 6, lines: ['second', 'third'] });
    expect(await readTextPart(file, 6, 100)).toMatchObject({ from: 6, lines: ['second', 'third'] });
    expect(await readTextPart(file, -7, 100)).toMatchObject({ from: 13, to: 18, lines: ['third'] });
    expect(await readTextPart(file, -1000, 100)).toMatchObject({ from: 0 });
    expect(await readTextPart(file, 5000, 100)).toMatchObject({ from: 18, to: 18, bytes: 18, lines: [] });
  });

  it('of one line that is longer come in pieces, and of nothing is nothing', async () => {
    writeFileSync(file, 'a'.repeat(250));
    const first = await readTextPart(file, 0, 100);
    expect(first).toMatchObject({ to: 100, lines: ['a'.repeat(100)] });
    const second = await readTextPart(file, first.to, 100);
    expect(second).toMatchObject({ from: 100, to: 200, lines: ['a'.repeat(100)] });
    writeFileSync(file, '');
    expect(await readTextPart(file, 0, 100)).toEqual({ bytes: 0, from: 0, to: 0, lines: [] });
  });
});
