import { mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile, rotateLogs } from './log-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countroom-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('rotateLogs', () => {
  it('keeps three older files while the writer goes on', () => {
    const output = openLogFile(folder, 'api');
    for (const text of ['one', 'two', 'three', 'four']) {
      writeSync(output, text.padEnd(20));
      expect(rotateLogs(folder, 10)).toEqual([join(folder, 'api.log')]);
    }
    writeSync(output, 'five');
    expect(rotateLogs(folder, 10)).toEqual([]);
    const texts = readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8').trim()]);
    expect(texts).toEqual([
      ['api.log', 'five'],
      ['api.log.1', 'four'],
      ['api.log.2', 'three'],
      ['api.log.3', 'two'],
    ]);
  });

  it('has nothing to do in a folder that is not there', () => {
    expect(rotateLogs(join(folder, 'missing'))).toEqual([]);
  });
});
