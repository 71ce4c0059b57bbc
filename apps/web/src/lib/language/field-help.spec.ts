import { describe, expect, it } from 'vitest';
import { schemaNode } from '../form/schema-node';
import { fieldHelp } from './field-help';

const record = {
  type: 'number',
  title: 'Length of a record',
  unit: 's',
  default: 1e-5,
  minimum: 0,
  maximum: 5,
};

describe('help of fields', () => {
  it('says in German what the name means, its limits and what is usual', () => {
    const node = schemaNode(record, record);
    expect(fieldHelp(node, 'en')).toBe('0 to 5; default 0.00001');
    expect(fieldHelp(node, 'de')).toBe('Länge einer Aufzeichnung; 0 bis 5; üblich 0.00001');
  });
  it('stays English where nobody has written German', () => {
    const other = { type: 'string', title: 'Polarity', description: 'of the input.' };
    expect(fieldHelp(schemaNode(other, other), 'de')).toBe('of the input');
  });
  it('keeps the number of an entry', () => {
    const channel = { type: 'object', title: 'Channel 2', properties: { name: { type: 'string' } } };
    expect(fieldHelp(schemaNode(channel, channel), 'de')).toBe('Kanal 2');
  });
  it('does not say a name twice that is the same in both', () => {
    const offset = { type: 'number', title: 'Offset', description: 'added before digitising' };
    expect(fieldHelp(schemaNode(offset, offset), 'de')).toBe('wird vor dem Digitalisieren addiert');
  });
});
