import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NamedPipe } from './named-pipe.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(descriptor: number): string {
  const bytes = Buffer.alloc(65_536);
  return bytes.toString('utf8', 0, readSync(descriptor, bytes));
}

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  it('gets lines while somebody reads; without, they are counted and nothing waits', () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    const pipe = new NamedPipe(path);
    pipe.write('0.500,1');
    expect(pipe.lost).toBe(1);
    const first = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    pipe.write('1.000,2');
    pipe.write('1.500,3');
    expect(read(first)).toBe('1.000,2\n1.500,3\n');
    closeSync(first);
    pipe.write('2.000,4');
    expect(pipe.lost).toBe(2);
    const second = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    pipe.write('2.500,5');
    pipe.write('');
    expect(read(second)).toBe('2.500,5\n\n');
    for (let line = 0; line < 10_000; line++) pipe.write('3.000,6.000,7.000');
    expect(pipe.lost).toBeGreaterThan(2);
    pipe.close();
    closeSync(second);
  });

  it('has to be there, and to be one', () => {
    expect(() => new NamedPipe(join(folder, 'none'))).toThrow(/is no named pipe; make it with mkfifo/);
    expect(() => new NamedPipe(folder)).toThrow(/is no named pipe/);
  });
});
