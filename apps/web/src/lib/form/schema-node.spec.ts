import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resolveSchema, type Schema, schemaNode, titleOf } from './schema-node';

const settings = z.strictObject({
  sampleRate: z.number().int().min(1).max(500).default(125).meta({ title: 'Sample rate', unit: 'MHz' }),
  mode: z.enum(['fast', 'slow']).optional(),
  on: z.boolean().default(true),
  name: z.string().max(10),
  gains: z.array(z.number()),
  offsets: z.record(z.string(), z.number()),
  trigger: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('edge'), level: z.number() }),
    z.strictObject({ kind: z.literal('external') }),
  ]),
  limit: z.number().nullable().default(null),
  extra: z.json(),
});
const schema = z.toJSONSchema(settings, { io: 'input' }) as Schema;

function property(key: string): ReturnType<typeof schemaNode> {
  const root = schemaNode(schema, schema);
  if (root.kind !== 'object') throw new Error('not an object');
  const found = root.properties.find((each) => each.key === key);
  if (found === undefined) throw new Error(`no property ${key}`);
  return schemaNode(found.schema, schema, key);
}

describe('schemaNode', () => {
  it('finds number, unit, range and default', () => {
    expect(property('sampleRate')).toMatchObject({
      kind: 'number',
      integer: true,
      minimum: 1,
      maximum: 500,
      unit: 'MHz',
      title: 'Sample rate',
      defaultValue: 125,
    });
  });

  it.each([
    ['mode', 'choice'],
    ['on', 'flag'],
    ['name', 'text'],
    ['gains', 'list'],
    ['offsets', 'record'],
    ['trigger', 'union'],
  ])('shows %s as %s', (key, kind) => {
    expect(property(key).kind).toBe(kind);
  });

  it('sees what may be null', () => {
    expect(property('limit')).toMatchObject({ kind: 'number', nullable: true, defaultValue: null });
  });

  it('leaves to JSON what no field fits', () => {
    expect(schemaNode({}, {}).kind).toBe('json');
    expect(schemaNode({ type: 'object' }, {}).kind).toBe('json');
  });

  it('knows which properties must be there', () => {
    const root = schemaNode(schema, schema);
    const required = root.kind === 'object' ? root.properties.filter((each) => each.required) : [];
    expect(required.map((each) => each.key)).toEqual(['name', 'gains', 'offsets', 'trigger', 'extra']);
  });
});

describe('resolveSchema', () => {
  const root: Schema = {
    $defs: { 'a/b': { type: 'string', title: 'From afar' }, loop: { $ref: '#/$defs/loop' } },
  };

  it('follows references; what stands beside them wins', () => {
    expect(resolveSchema({ $ref: '#/$defs/a~1b', title: 'Own' }, root)).toEqual({
      type: 'string',
      title: 'Own',
    });
  });

  it('ends on references in a circle and on those that lead nowhere', () => {
    expect(resolveSchema({ $ref: '#/$defs/loop' }, root)).toEqual({});
    expect(resolveSchema({ $ref: '#/$defs/none' }, root)).toEqual({});
  });

  it('folds allOf', () => {
    expect(resolveSchema({ allOf: [{ type: 'number' }, { minimum: 2 }], title: 'x' }, {})).toEqual({
      type: 'number',
      minimum: 2,
      title: 'x',
    });
  });
});

describe('titleOf', () => {
  it('makes words of keys', () => {
    expect(titleOf('sampleRate')).toBe('Sample rate');
    expect(titleOf('poll_period-ms')).toBe('Poll period ms');
    expect(titleOf('')).toBe('');
  });
});
