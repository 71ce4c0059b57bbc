import { apiPrefix, type Endpoint, endpointList, problem } from '@countroom/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type JsonSchema, SchemaCollector } from './schema-collector.js';

/** The OpenAPI 3.1 document of the declared endpoints. `x-role` is the least role that may call, `x-any-detector` that it is enough to have it for one. */
export function openApiDocument(version: string, endpoints = endpointList): OpenAPIObject {
  const collector = new SchemaCollector();
  const problemRef = collector.add(problem, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = `${apiPrefix}${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLowerCase()]: operation(endpoint, collector, problemRef),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countroom',
      version,
      description:
        'Browsers use a session cookie and send `x-csrf-token` with every call that changes something. ' +
        'Programs send an API token: `Authorization: Bearer crt_…`. 64-bit integers are decimal text.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: collector.schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'API token' },
        session: { type: 'apiKey', in: 'cookie', name: 'countroom_session' },
      },
    },
  } as unknown as OpenAPIObject;
}

function tagOf(endpoint: Endpoint): string {
  return endpoint.id.slice(0, endpoint.id.indexOf('.'));
}

function operation(endpoint: Endpoint, collector: SchemaCollector, problemRef: JsonSchema): JsonSchema {
  return {
    operationId: endpoint.id,
    tags: [tagOf(endpoint)],
    summary: endpoint.summary,
    'x-role': endpoint.role,
    ...(endpoint.detectorParam === undefined ? {} : { 'x-detector-parameter': endpoint.detectorParam }),
    ...(endpoint.anyDetector === true ? { 'x-any-detector': true } : {}),
    security: endpoint.role === 'public' ? [] : [{ session: [] }, { token: [] }],
    parameters: [
      ...parameters('path', collector.add(endpoint.params, 'input')),
      ...parameters('query', collector.add(endpoint.query, 'input')),
    ],
    ...requestBody(endpoint, collector),
    responses: {
      ...success(endpoint, collector),
      default: {
        description: 'What went wrong',
        content: { 'application/json': { schema: problemRef } },
      },
    },
  };
}

function parameters(place: 'path' | 'query', schema: JsonSchema): JsonSchema[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = (schema['required'] ?? []) as string[];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function requestBody(endpoint: Endpoint, collector: SchemaCollector): JsonSchema {
  if (endpoint.bodyKind === 'none') return {};
  const content =
    endpoint.bodyKind === 'json'
      ? { 'application/json': { schema: collector.add(endpoint.body, 'input') } }
      : { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  return { requestBody: { required: true, content } };
}

function success(endpoint: Endpoint, collector: SchemaCollector): JsonSchema {
  if (endpoint.responseKind === 'none') return { 204: { description: 'Done' } };
  const content =
    endpoint.responseKind === 'json'
      ? { 'application/json': { schema: collector.add(endpoint.response, 'output') } }
      : { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  return { 200: { description: endpoint.summary, content } };
}
