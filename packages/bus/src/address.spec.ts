import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { localAddress, longestSocketPath, removeFallbackFolder } from './address.js';

it('stands in for a folder with too long a path, the same each time, and goes away', () => {
  const root = mkdtempSync(join(tmpdir(), 'cr-bus-'));
  const long = join(root, 'x'.repeat(longestSocketPath));
  const address = localAddress(long, 'demo');
  expect(localAddress(long, 'demo')).toBe(address);
  const folder = dirname(address.slice('ipc://'.length));
  expect(existsSync(folder)).toBe(true);
  removeFallbackFolder(long);
  expect(existsSync(folder)).toBe(false);
  removeFallbackFolder(long);

  const short = localAddress(join(root, 'bus'), 'demo');
  removeFallbackFolder(join(root, 'bus'));
  expect(existsSync(dirname(short.slice('ipc://'.length)))).toBe(true);
  rmSync(root, { recursive: true });
});
