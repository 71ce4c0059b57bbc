import { expect, it } from 'vitest';
import { placeName } from './place-name';
import type { Schema } from './schema-node';

const sensor = (kind: string, more: object): Schema => ({
  type: 'object',
  title: `Chip ${kind}`,
  properties: { kind: { const: kind }, ...more },
  required: ['kind'],
});
const schema: Schema = {
  type: 'object',
  properties: {
    devices: {
      type: 'array',
      title: 'Sensors',
      items: {
        title: 'Sensor',
        oneOf: [sensor('a', {}), sensor('b', { address: { type: 'string', title: 'Address at the bus' } })],
      },
    },
    pins: { type: 'array', items: { type: 'number' } },
  },
};
const value = { devices: [{ kind: 'a' }, { kind: 'b', address: '0x76' }], pins: [4] };

it.each([
  ['', ''],
  ['devices', 'Sensors'],
  ['devices.1', 'Sensor 2'],
  ['devices.1.address', 'Sensor 2 › Address at the bus'],
  ['devices.1.kind', 'Sensor 2 › Kind'],
  ['pins.0', 'Pins 1'],
  ['pins.0.x.y', 'Pins 1 › X › Y'],
  ['elsewhere.deep', 'Elsewhere › Deep'],
])('the place %s is %s in the form', (path, name) => {
  expect(placeName(schema, value, path)).toBe(name);
});
it('has a name whatever the value is', () => {
  for (const broken of [null, 1, [], { devices: 'x' }, { devices: [null] }])
    expect(placeName(schema, broken, 'devices.0.address')).toMatch(/^Sensor 1 › Address/);
});
