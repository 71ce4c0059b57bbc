import { describe, expect, it } from 'vitest';
import { type Schema, schemaNode } from '../../lib/form/schema-node';
import { initialValue, variantOf } from '../../lib/form/schema-values';
import { consumerIssues, driverIssues, withConsumers, withDrivers } from './driver-schema';

const schema: Schema = {
  type: 'object',
  properties: {
    sources: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, driver: { type: 'string' }, config: { type: 'object' } },
        required: ['name', 'driver', 'config'],
      },
    },
  },
};
const scope = {
  kind: 'scope',
  title: 'Scope',
  configSchema: {
    type: 'object',
    properties: { range: { $ref: '#/$defs/range' } },
    $defs: { range: { type: 'number', minimum: 0, unit: 'V' } },
  },
};

describe('schema with drivers', () => {
  const document = withDrivers(schema, [scope]);
  const items = (document['properties'] as { sources: { items: Schema } }).sources.items;

  it('has a form for each driver, and JSON for others', () => {
    const node = schemaNode(items, document);
    expect(node.kind).toBe('union');
    const variants = node.kind === 'union' ? node.variants : [];
    expect(variantOf(variants, document, { name: 'a', driver: 'scope', config: {} })).toBe(0);
    expect(variantOf(variants, document, { name: 'a', driver: 'other', config: {} })).toBe(1);
    expect(initialValue(variants[0]!, document)).toEqual({ name: '', driver: 'scope', config: {} });
    const settings = schemaNode((variants[0]!['properties'] as { config: Schema }).config, document);
    const [range] = settings.kind === 'object' ? settings.properties : [];
    expect(schemaNode(range!.schema, document)).toMatchObject({ kind: 'number', unit: 'V', minimum: 0 });
  });

  it('stays as it is without drivers or sources', () => {
    expect(withDrivers(schema, [])).toBe(schema);
    expect(withDrivers({ type: 'object' }, [scope])).toEqual({ type: 'object' });
  });

  it('tells what a driver refuses, at its place', () => {
    const content = {
      sources: [
        { driver: 'other', config: { range: -1 } },
        { driver: 'scope', config: { range: -1 } },
      ],
    };
    expect(driverIssues(content, [scope]).map(({ path }) => path)).toEqual(['sources.1.config.range']);
    for (const broken of [null, 1, {}, { sources: [null, 3] }])
      expect(driverIssues(broken, [scope])).toEqual([]);
  });
});

describe('schema with consumers', () => {
  const filter = { ...scope, kind: 'pulse-filter', title: 'Pulse filter' };
  const consumers = {
    type: 'array',
    items: {
      type: 'object',
      properties: { kind: { type: 'string' }, module: { type: 'string' }, config: { type: 'object' } },
    },
  };
  const document = withConsumers({ type: 'object', properties: { consumers } }, [filter]);

  it('has a form for each kind, and modules with their file', () => {
    const [known, module] = (document['properties'] as { consumers: { items: { oneOf: Schema[] } } })
      .consumers.items.oneOf;
    expect(Object.keys(known!['properties'] as object)).toEqual(['kind', 'config']);
    expect(module).toMatchObject({
      title: 'A module of your own',
      properties: { module: { type: 'string' } },
    });
    const settings = schemaNode((known!['properties'] as { config: Schema }).config, document);
    expect(settings.kind === 'object' ? settings.properties.map(({ key }) => key) : []).toEqual(['range']);
  });

  it('tells what a kind refuses', () => {
    const content = { consumers: [{ kind: 'module' }, { kind: 'pulse-filter', config: { range: -1 } }] };
    expect(consumerIssues(content, [filter]).map(({ path }) => path)).toEqual(['consumers.1.config.range']);
  });
});
