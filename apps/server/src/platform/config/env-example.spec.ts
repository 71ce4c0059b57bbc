import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envExample, environmentReference } from './env-example.js';
import { parseConfig } from './load-config.js';
import { workspaceRoot } from './workspace-root.js';

describe('.env.example', () => {
  it('is the one made from the settings (node tools/env-example.mjs)', () => {
    expect(readFileSync(join(workspaceRoot, '.env.example'), 'utf8')).toBe(envExample());
  });

  it('shows values that are accepted', () => {
    const pairs = [...envExample().matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    expect(pairs.length).toBeGreaterThan(10);
    expect(() => parseConfig(Object.fromEntries(pairs) as Record<string, string>)).not.toThrow();
  });
});

describe('docs/reference/environment.md', () => {
  it('is the one made from the settings (node tools/reference.mjs)', () => {
    const text = readFileSync(join(workspaceRoot, 'docs/reference/environment.md'), 'utf8');
    expect(text).toBe(environmentReference());
  });
});
