import { describe, expect, it } from 'vitest';
import { databaseFor, measureOf, measureValue, parametersInUse } from './parameters';

const source = {
  id: '6f1c2a52-3f0e-4d5e-9d3e-0d9b1a9f0a11',
  setId: '6f1c2a52-3f0e-4d5e-9d3e-0d9b1a9f0a12',
  version: 3,
  document: 'run7',
  detector: 'lab',
};
const held = { ch1: { pz: { tau: '180*us' }, trap: { rise: '4*us' } }, 'ch*': { pz: { tau: '99*us' } } };
const stores = { held, sources: { 'pz.tau': source }, given: { ch1: { trap: { rise: '8*us' } } } };
const lookedUp = [
  { name: 'db.pz.tau', fallback: '400*us', fallbackPath: ['x'] },
  { name: 'db.trap.rise', fallback: undefined, fallbackPath: undefined },
  { name: 'db.trap.flat', fallback: '2*us', fallbackPath: ['y'] },
  { name: 'db.no.where', fallback: undefined, fallbackPath: undefined },
];
const told = (table: string, tried = {}) =>
  parametersInUse(lookedUp, table, stores, tried).map(({ value, origin, source: from }) => [
    value,
    origin,
    from?.version,
  ]);

describe('parameters of a chain', () => {
  it('are those of the channel: the configuration over the database over the default', () => {
    expect(told('ch1/raw')).toEqual([
      ['180*us', 'database', 3],
      ['8*us', 'configuration', undefined],
      ['2*us', 'default', undefined],
      [undefined, 'none', undefined],
    ]);
    expect(told('ch2/raw').map(([value, origin]) => [value, origin])).toEqual([
      ['99*us', 'database'],
      [undefined, 'none'],
      ['2*us', 'default'],
      [undefined, 'none'],
    ]);
  });

  it('can be tried without being stored', () => {
    const tried = { 'db.pz.tau': '50*us', 'db.no.where': 3 };
    expect(told('ch1/raw', tried)[0]).toEqual(['50*us', 'tried', undefined]);
    expect(databaseFor('ch1/raw', stores, tried)).toEqual({
      pz: { tau: '50*us' },
      trap: { rise: '8*us' },
      no: { where: 3 },
    });
    expect(parametersInUse(lookedUp, 'ch1/raw', stores, tried)[0]?.stored).toBe('180*us');
  });

  it('of a table without a channel are those at the top', () => {
    expect(databaseFor('raw', { held: { pz: { tau: 1 } }, given: undefined })).toEqual({ pz: { tau: 1 } });
  });
});

describe('a number that can be turned', () => {
  it('keeps the form in which it was written', () => {
    expect(measureOf(3)).toEqual({ value: 3, unit: undefined });
    expect(measureOf('180*us')).toEqual({ value: 180, unit: 'us' });
    expect(measureOf(' 1.5e2 * ns ')).toEqual({ value: 150, unit: 'ns' });
    for (const other of ['tau', '3*keV', '2*us+1', '', true, [1], null, undefined])
      expect(measureOf(other)).toBeUndefined();
    expect(measureValue({ value: 4, unit: 'us' })).toBe('4*us');
    expect(measureValue({ value: 4, unit: undefined })).toBe(4);
  });
});
