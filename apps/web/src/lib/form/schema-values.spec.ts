import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Schema, schemaNode } from './schema-node';
import { helpOf, initialValue, issuesOf, labelOf, variantOf, variantTitle } from './schema-values';

const schema = z.toJSONSchema(
  z.strictObject({
    rate: z.number().min(1).max(10).meta({ description: 'How often.', unit: 'Hz' }),
    depth: z.number().int().min(4).default(8),
    kind: z.enum(['a', 'b']),
    names: z.array(z.string()),
    note: z.string().optional(),
  }),
  { io: 'input' },
) as Schema;

describe('initialValue', () => {
  it('fills in what is required, and nothing else', () => {
    expect(initialValue(schema, schema)).toEqual({ rate: 1, kind: 'a', names: [] });
  });

  it('takes the default where there is one', () => {
    expect(initialValue({ type: 'integer', default: 5 }, {})).toBe(5);
    expect(initialValue({ type: ['string', 'null'] }, {})).toBeNull();
    expect(initialValue({ type: 'number', maximum: -2 }, {})).toBe(0);
  });
});

describe('words about a field', () => {
  it('name range and default', () => {
    const node = schemaNode(
      { type: 'number', minimum: 1, maximum: 10, default: 2, description: 'How often.' },
      {},
    );
    expect(helpOf(node)).toBe('How often; 1 to 10; default 2');
    expect(helpOf(schemaNode({ type: 'number', minimum: 4 }, {}))).toBe('from 4');
    expect(helpOf(schemaNode({ type: 'number', maximum: 4 }, {}))).toBe('up to 4');
  });

  it('have the unit in the label', () => {
    expect(labelOf(schemaNode({ type: 'number', unit: 'Hz' }, {}, 'rate'))).toBe('Rate / Hz');
    expect(labelOf(schemaNode({ type: 'number', unit: 'us' }, {}, 'rate'))).toBe('Rate / µs');
    expect(labelOf(schemaNode({ type: 'number', unit: 'u' }, {}, 'rate'))).toBe('Rate / u');
    expect(labelOf(schemaNode({ type: 'number' }, {}, 'rate'))).toBe('Rate');
  });
});

describe('issuesOf', () => {
  it('finds every fault with its place', () => {
    const paths = issuesOf(schema, { rate: 11, kind: 'c', names: ['x', 3], more: 1 }).map(
      (issue) => issue.path,
    );
    expect(paths).toEqual(expect.arrayContaining(['rate', 'kind', 'names.1']));
  });

  it('accepts what fits', () => {
    expect(issuesOf(schema, { rate: 3, kind: 'b', names: [] })).toEqual([]);
  });

  it('leaves to the server what it cannot read', () => {
    expect(issuesOf({ $ref: 'https://elsewhere' }, 1)).toEqual([]);
  });
});

describe('variants of a union', () => {
  const edge: Schema = {
    type: 'object',
    properties: { kind: { const: 'edge' }, level: { type: 'number' } },
    required: ['kind', 'level'],
  };
  const external: Schema = {
    type: 'object',
    properties: { kind: { const: 'external' } },
    required: ['kind'],
  };

  it('are told apart by their constants', () => {
    expect(variantOf([edge, external], {}, { kind: 'external' })).toBe(1);
    expect(variantOf([edge, external], {}, { kind: 'edge', level: 1 })).toBe(0);
    expect(variantOf([{ type: 'string' }, { type: 'integer' }], {}, 4)).toBe(1);
    expect(variantOf([edge, external], {}, null)).toBe(0);
  });

  it('are named by title, constant or type', () => {
    expect(variantTitle({ title: 'On an edge', ...edge }, {})).toBe('On an edge');
    expect(variantTitle(edge, {})).toBe('edge');
    expect(variantTitle({ type: 'number' }, {})).toBe('number');
  });
});
