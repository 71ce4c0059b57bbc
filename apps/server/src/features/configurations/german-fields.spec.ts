import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtinConsumers, registry } from '@countroom/drivers';
import { stages } from '@countroom/stages';
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

const ofDrivers = registry.kinds.map((kind): [string, z.ZodType] => [kind, registry.get(kind).configSchema]);
const ofConsumers = builtinConsumers.map((one): [string, z.ZodType] => [one.kind, one.configSchema]);
/** Jobs that are translated: those after signal processing that every chain has. */
const translated = ['calibrate', 'dsp_to_hit', 'hit_to_evt'];
const ofStages = translated.map((name): [string, z.ZodType] => [name, stages.get(name).configSchema]);
const schemas: [string, unknown][] = [
  ['detector', formSchemaOf('detector')],
  ...[...ofDrivers, ...ofConsumers, ...ofStages].map(([name, schema]): [string, unknown] => [
    name,
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  ]),
];

describe('German help of fields', () => {
  it.each(schemas)('is there for every setting of %s', (_, schema) => {
    expect([...textsIn(schema)].filter((text) => german[text] === undefined)).toEqual([]);
  });
  it('has nothing that no form shows', () => {
    const shown = new Set(schemas.flatMap(([, schema]) => [...textsIn(schema)]));
    expect(Object.keys(german).filter((text) => !shown.has(text))).toEqual([]);
  });
});
