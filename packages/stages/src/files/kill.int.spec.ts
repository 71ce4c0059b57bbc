import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { simulateFcio } from '@countroom/decoders';
import { concatenate } from '@countroom/decoders/testing';
import { afterAll, expect, it } from 'vitest';
import { columnsOf } from '../testing/column-hashes.js';

const script = fileURLToPath(new URL('../../dist/testing/kept-conversion.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countroom-kill-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Converts in a child; `until` tells when that is killed. Undefined when it was. */
async function convert(output: string, until?: () => Promise<void>): Promise<string | undefined> {
  const child = spawn(process.execPath, [script, at('run.fcio'), at(output)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  void until?.().then(() => child.kill('SIGKILL'));
  const said = await text(child.stdout);
  return (await exit) === null ? said : undefined;
}

/** Resolves when a journal of the output has been made or replaced, and a moment that nobody chooses later. */
async function whenKept(output: string, moment: number): Promise<void> {
  const journals = (): string =>
    readdirSync(folder)
      .filter((name) => name.startsWith(`.${output}`) && name.endsWith('.journal'))
      .join();
  const before = journals();
  for (let tries = 0; tries < 2000 && journals() === before; tries += 1) await delay(5);
  await delay(moment);
}

it('a conversion that is killed at any moment goes on, and the columns are the same', {
  timeout: 120_000,
}, async () => {
  const parts = simulateFcio({ events: 6000, channels: 3, samples: 500, seed: 8, statusEvery: 50 });
  writeFileSync(at('run.fcio'), concatenate(parts));
  expect(await convert('whole.lh5')).toBe('in one go');
  const expected = await columnsOf(at('whole.lh5'));
  let killed = 0;
  let last: string | undefined;
  for (let moment = 0; last === undefined && killed < 12; moment = (moment * 7 + 13) % 120) {
    last = await convert('killed.lh5', () => whenKept('killed.lh5', moment));
    if (last === undefined) killed += 1;
  }
  last ??= await convert('killed.lh5');
  expect(killed).toBeGreaterThan(0);
  expect(last).toBe('gone on');
  expect(await columnsOf(at('killed.lh5'))).toEqual(expected);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});
