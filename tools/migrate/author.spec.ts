import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const author = fileURLToPath(new URL('author.mjs', import.meta.url));

function run(...argv: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [author, ...argv], { encoding: 'utf8' });
  return { status, stderr };
}

describe('tools/migrate/author.mjs', { timeout: 60_000 }, () => {
  it('finds no change of the schema without a migration', () => {
    expect(run('--check')).toEqual({ status: 0, stderr: '' });
  });

  it.each([[], ['With Capitals'], ['../elsewhere']])('asks for a usable name (%s)', (...argv) => {
    expect(run(...argv)).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') as string });
  });
});
