import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlreadyRunningError, InstanceFile, readInstance } from './instance-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countroom-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'countroom.lock');

function change(facts: Record<string, unknown>): void {
  const current = JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>;
  writeFileSync(file(), JSON.stringify({ ...current, ...facts }));
}

describe('InstanceFile', () => {
  it('is claimed once, and tells who has it', () => {
    const { file: mine } = InstanceFile.claim(folder);
    mine.update({ address: 'http://127.0.0.1:8420' });
    expect(() => InstanceFile.claim(folder)).toThrow(AlreadyRunningError);
    expect(() => InstanceFile.claim(folder)).toThrow(`http://127.0.0.1:8420 (process ${process.pid})`);
    mine.release();
    expect(InstanceFile.claim(folder).left).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['countroom.lock']);
  });

  it('takes over from a process that died, also when its number belongs to another one now', () => {
    InstanceFile.claim(folder);
    change({ start: '1' });
    expect(readInstance(folder)?.alive).toBe(false);
    expect(InstanceFile.claim(folder).left).toMatchObject({ pid: process.pid, start: '1' });
    expect(readInstance(folder)?.alive).toBe(true);
    expect(readdirSync(folder)).toEqual(['countroom.lock']);
  });

  it('believes another host as long as that writes its heartbeat', () => {
    InstanceFile.claim(folder);
    change({ host: 'daq1.example.org' });
    expect(() => InstanceFile.claim(folder)).toThrow(/on daq1\.example\.org/);
    utimesSync(file(), new Date(Date.now() - 31_000), new Date(Date.now() - 31_000));
    expect(InstanceFile.claim(folder).left?.host).toBe('daq1.example.org');
  });

  it('names a file that it cannot read', () => {
    writeFileSync(file(), 'not json');
    expect(() => InstanceFile.claim(folder)).toThrow(`${file()} cannot be read`);
  });
});
