import type { ProblemIssue } from '@countroom/contracts';
import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { SchemaField } from './schema-field';
import type { Json, Schema } from './schema-node';

function html(schema: Schema, value: Json, issues: readonly ProblemIssue[] = []): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <SchemaField
        schema={schema}
        root={schema}
        name="device"
        path="device"
        value={value}
        onChange={() => undefined}
        issues={issues}
        notes={new Map()}
        readOnly={false}
        required
      />
    </MantineProvider>,
  );
}

const inner = { type: 'object', title: 'Limits', properties: { low: { type: 'number' } } };
const form = (kind: string, more: object): Schema => ({
  type: 'object',
  title: `Form ${kind}`,
  properties: { kind: { const: kind }, ...more },
});

it('a chosen form stands in the frame of its choice; what it consists of has frames of its own', () => {
  const schema = {
    title: 'Device',
    oneOf: [form('a', { limits: inner }), form('b', { gain: { type: 'number' } })],
  };
  const text = html(schema, { kind: 'a', limits: { low: 1 } });
  expect([...text.matchAll(/<legend>([^<]*)/g)].map(([, name]) => name)).toEqual(['Device', 'Limits']);
  expect(text).toContain('Form a');
});

it('entries of a list are numbered, and what tells forms apart has its fault at the choice', () => {
  const entry = { title: 'Sensor', oneOf: [form('a', {}), form('b', {})] };
  const schema = { type: 'array', title: 'Sensors', items: entry };
  const issues = [{ path: 'device.1.kind', message: 'is there already' }];
  const text = html(schema, [{ kind: 'a' }, { kind: 'b' }], issues);
  expect([...text.matchAll(/<legend>([^<]*)/g)].map(([, name]) => name)).toEqual([
    'Sensors',
    'Sensor 1',
    'Sensor 2',
  ]);
  expect(text).toContain('Remove Sensor 2');
  expect(text).toMatch(/data-place="device.1"[^]*aria-invalid="true"[^]*is there already/);
});
