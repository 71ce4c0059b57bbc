import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LineFiles } from './line-files.js';
import { moduleAddress } from './module-path.js';

const root = mkdtempSync(join(tmpdir(), 'modules-'));
const folder = join(root, 'inside');
mkdirSync(join(folder, 'sub.js'), { recursive: true });
writeFileSync(join(folder, 'good.mjs'), '');
writeFileSync(join(root, 'outside.js'), '');
symlinkSync(join(root, 'outside.js'), join(folder, 'link.js'));
afterAll(() => rmSync(root, { recursive: true }));

describe('modules of users', () => {
  it('are found below their folder', () => {
    expect(moduleAddress(folder, 'good.mjs').href).toMatch(/^file:.*\/inside\/good\.mjs$/);
  });

  it.each([
    ['../outside.js', 'outside of the folder'],
    ['link.js', 'outside of the folder'],
    [join(root, 'outside.js'), 'inside of the folder'],
    ['missing.js', 'no such file'],
    ['sub.js', 'it is no file'],
    ['good.ts', 'build it to JavaScript first'],
    ['good.json', 'neither in .js nor in .mjs'],
    ['bad\0.js', 'inside of the folder'],
  ])('%s is refused', (path, message) => {
    expect(() => moduleAddress(folder, path)).toThrow(message);
  });

  it('need a folder', () => {
    expect(() => moduleAddress(undefined, 'good.mjs')).toThrow('set COUNTROOM_CONSUMERS');
    expect(() => moduleAddress(join(root, 'nothing'), 'good.mjs')).toThrow('there is no folder');
  });
});

describe('files of consumers', () => {
  it.each(['../x', 'a/b', '.hidden', '', 'ä'])('%j is no name', (name) => {
    expect(() => new LineFiles(folder).open(name)).toThrow('no plain file name');
  });
});
