import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLineReference } from './command-line-reference.js';
import { workspace } from './commands/child.js';

describe('docs/reference/command-line.md', () => {
  it('is the one made from the commands (node tools/reference.mjs)', async () => {
    const text = readFileSync(join(workspace, 'docs/reference/command-line.md'), 'utf8');
    expect(text).toBe(await commandLineReference());
  });
});
