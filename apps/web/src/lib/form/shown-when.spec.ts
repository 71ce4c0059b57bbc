import { describe, expect, it } from 'vitest';
import { isShown } from './shown-when';

const kind = { key: 'kind', schema: { enum: ['simple', 'wide'], default: 'simple' }, required: false };
const pulse = { key: 'pulse', schema: { type: 'object', shownWhen: { kind: ['wide'] } }, required: false };
const all = [kind, pulse];
const place = { root: {}, path: 'trigger', issues: [] };

describe('fields that depend on their neighbours', () => {
  it('are there while the neighbour has one of the values, also by default', () => {
    expect(isShown(kind, all, {}, place)).toBe(true);
    expect(isShown(pulse, all, {}, place)).toBe(false);
    expect(isShown(pulse, all, { kind: 'simple' }, place)).toBe(false);
    expect(isShown(pulse, all, { kind: 'wide' }, place)).toBe(true);
    const usual = { ...kind, schema: { ...kind.schema, default: 'wide' } };
    expect(isShown(pulse, [usual, pulse], {}, place)).toBe(true);
  });

  it('are there when something is wrong with them', () => {
    const issues = [{ path: 'trigger.pulse.fromS' }];
    expect(isShown(pulse, all, {}, { ...place, issues })).toBe(true);
    expect(isShown(pulse, all, {}, { ...place, issues: [{ path: 'trigger.pulses' }] })).toBe(false);
  });
});
