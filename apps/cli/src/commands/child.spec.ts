import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runProgram, workspace } from './child.js';

let folder: string;
let said = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cr-child-'));
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

function run(code: string): Promise<void> {
  const file = join(folder, 'program.mjs');
  writeFileSync(file, code);
  return runProgram(relative(workspace, file), ['3'], 'Start it again.');
}

it('gives the exit code of a program, whose words stand for themselves', async () => {
  await run('process.exit(Number(process.argv[2]))');
  expect([process.exitCode, said]).toEqual([3, '']);
});

it('says that a program was killed, as it cannot say so itself', async () => {
  await run('process.kill(process.pid, "SIGKILL"); setInterval(() => 0, 1000)');
  expect([process.exitCode, said]).toEqual([137, 'Ended by SIGKILL. Start it again.\n']);
});
