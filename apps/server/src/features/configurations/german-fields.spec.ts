import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@countroom/drivers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workspaceRoot } from '../../platform/config/workspace-root.js';
import { formSchemaOf } from './content-check.js';

const file = join(workspaceRoot, 'apps', 'web', 'src', 'lib', 'language', 'german-fields.json');
const german = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if ((key === 'title' || key === 'description') && typeof inner === 'string')
      found.add(inner.replace(/\.$/, ''));
    else textsIn(inner, found);
  }
  return found;
}

const scope = z.toJSONSchema(registry.get('picoscope').configSchema, { io: 'input', unrepresentable: 'any' });
const ofScope = textsIn(scope);
const shown = new Set([...ofScope, ...textsIn(formSchemaOf('detector'))]);

describe('German help of fields', () => {
  it('is there for every setting of a scope', () => {
    expect([...ofScope].filter((text) => german[text] === undefined)).toEqual([]);
  });
  it('has nothing that no form shows', () => {
    expect(Object.keys(german).filter((text) => !shown.has(text))).toEqual([]);
  });
});
