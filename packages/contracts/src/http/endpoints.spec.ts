import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { CallOf, InputOf, ResponseOf } from './endpoint.js';
import type { endpoints } from './endpoints.js';
import { endpointList } from './endpoints.js';

describe('endpoints', () => {
  it('have unique ids and unique routes', () => {
    const ids = endpointList.map((endpoint) => endpoint.id);
    expect(new Set(ids).size).toBe(ids.length);
    const routes = endpointList.map((e) => `${e.method} ${e.path.replace(/:\w+/g, ':x')}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('declare every path parameter, and no other', () => {
    for (const endpoint of endpointList) {
      const named = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
      const schema = z.toJSONSchema(endpoint.params, { io: 'input' });
      expect(Object.keys(schema.properties ?? {}).sort(), endpoint.id).toEqual(named.sort());
    }
  });

  it('can be written as JSON Schema, and refuse unknown keys', () => {
    for (const endpoint of endpointList) {
      for (const part of [endpoint.params, endpoint.query, endpoint.body]) {
        const schema = z.toJSONSchema(part, { io: 'input', unrepresentable: 'any' });
        const named = schema.$ref?.replace('#/$defs/', '');
        const body = named === undefined ? schema : schema.$defs?.[named];
        expect(body?.additionalProperties, endpoint.id).toBe(false);
      }
      z.toJSONSchema(endpoint.response, { io: 'output', unrepresentable: 'any' });
    }
  });

  it('name the detector parameter they are limited by', () => {
    for (const endpoint of endpointList) {
      if (endpoint.detectorParam !== undefined) expect(endpoint.path).toContain(`:${endpoint.detectorParam}`);
    }
  });

  it('carry their types', () => {
    expectTypeOf<InputOf<typeof endpoints.runs.get>['params']>().toEqualTypeOf<{
      detector: string;
      number: number;
    }>();
    expectTypeOf<CallOf<typeof endpoints.runs.list>['query']['text']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<ResponseOf<typeof endpoints.detectors.list>[number]['name']>().toEqualTypeOf<string>();
    expectTypeOf<ResponseOf<typeof endpoints.auth.logout>>().toEqualTypeOf<undefined>();
    expectTypeOf<(typeof endpoints.data.upload)['bodyKind']>().toEqualTypeOf<'stream'>();
    expectTypeOf<(typeof endpoints.jobs.submit)['bodyKind']>().toEqualTypeOf<'json'>();
    expectTypeOf<(typeof endpoints.runs.get)['bodyKind']>().toEqualTypeOf<'none'>();
  });
});
