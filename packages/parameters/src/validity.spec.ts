import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuesOfChannel } from './channels.js';
import { referencesIn } from './references.js';
import { anEntry, entries } from './testing/entries.js';
import { diffTrees, mergeTrees, pickPaths, valueAt } from './tree.js';
import { entriesFor, resolveParameters } from './validity.js';

const tau = (value: number) => ({ ch1: { pz: { tau: value } } });

describe('which values hold', () => {
  it('lays later entries over earlier ones, in the order of the moments from which they hold', () => {
    const list = [
      anEntry({ version: 1, validFrom: 100, content: tau(1) }),
      anEntry({ version: 2, validFrom: 300, content: { ch1: { trap: { rise: 3 } } } }),
      anEntry({ version: 3, validFrom: 200, content: tau(2) }),
    ];
    expect(resolveParameters(list, { at: 99 })).toEqual({});
    expect(resolveParameters(list, { at: 100 })).toEqual(tau(1));
    expect(resolveParameters(list, { at: 299 })).toEqual(tau(2));
    expect(resolveParameters(list, { at: 300 })).toEqual({ ch1: { pz: { tau: 2 }, trap: { rise: 3 } } });
  });

  it('knows reset, replace and remove', () => {
    const list = [
      anEntry({ version: 1, validFrom: 1, document: 'a', content: tau(1) }),
      anEntry({ version: 2, validFrom: 1, document: 'b', content: { ch1: { x: 1 } } }),
      anEntry({ version: 3, validFrom: 2, document: 'c', content: tau(3), mode: 'replace', targets: ['a'] }),
      anEntry({ version: 4, validFrom: 3, document: 'b', mode: 'remove', targets: ['b'] }),
      anEntry({ version: 5, validFrom: 4, document: 'd', content: { ch1: { y: 1 } }, mode: 'reset' }),
    ];
    const documents = [1, 2, 3, 4].map((at) => entriesFor(list, { at }).map(({ document }) => document));
    expect(documents).toEqual([['a', 'b'], ['b', 'c'], ['c'], ['d']]);
  });

  it('keeps to runs, an end, and kinds of data', () => {
    const list = [
      anEntry({ version: 1, content: tau(1) }),
      anEntry({ version: 2, content: tau(2), firstRun: 5, lastRun: 6 }),
      anEntry({ version: 3, content: tau(3), validFrom: 10, validTo: 20 }),
      anEntry({ version: 4, content: tau(4), validFrom: 50, category: 'cal' }),
    ];
    const value = (question: { at: number; run?: number; category?: string }) =>
      valueAt(resolveParameters(list, question), 'ch1.pz.tau');
    expect(value({ at: 1 })).toBe(1);
    expect([4, 5, 6, 7].map((run) => value({ at: 1, run }))).toEqual([1, 2, 2, 1]);
    expect([10, 19, 20].map((at) => value({ at }))).toEqual([3, 3, 1]);
    expect([49, 50].map((at) => value({ at, category: 'cal' }))).toEqual([1, 4]);
    expect(value({ at: 50, category: 'phy' })).toBe(1);
  });

  it('does not depend on the order in which entries are listed, nor on later ones', () => {
    fc.assert(
      fc.property(entries, fc.nat(50), fc.nat(9), (list, at, run) => {
        const now = resolveParameters(list, { at, run });
        expect(resolveParameters(list.toReversed(), { at, run })).toEqual(now);
        const past = list.filter(({ validFrom }) => validFrom <= at);
        expect(resolveParameters(past, { at, run })).toEqual(now);
      }),
    );
  });

  it('holds nothing that no entry says, and of a reset nothing from before', () => {
    fc.assert(
      fc.property(entries, fc.nat(50), (list, at) => {
        const layers = entriesFor(list, { at });
        expect(layers.every((entry) => list.includes(entry) && entry.validFrom <= at)).toBe(true);
        expect(layers.slice(1).every(({ mode }) => mode !== 'reset' && mode !== 'remove')).toBe(true);
      }),
    );
  });
});

describe('values of a channel', () => {
  const content = {
    '*': { pz: { tau: 1 }, a: 1 },
    'ch*': { pz: { tau: 2 } },
    'ch1[0-4]': { pz: { tau: 3 } },
    ch12: { b: 4 },
  };
  it('come from the key that spells out most of its name', () => {
    expect(valuesOfChannel(content, 'ch12')).toEqual({ pz: { tau: 3 }, a: 1, b: 4 });
    expect(valuesOfChannel(content, 'ch2')).toEqual({ pz: { tau: 2 }, a: 1 });
    expect(valuesOfChannel(content, 'det')).toEqual({ pz: { tau: 1 }, a: 1 });
    expect(valuesOfChannel({ ch1: {} }, 'ch12')).toEqual({});
  });
});

describe('trees', () => {
  it('differ in what was added, changed and taken away', () => {
    const before = { ch1: { a: 1, b: [1, 2] }, ch2: { a: 1 } };
    const after = { ch1: { a: 2, b: [1, 2], c: 'x' } };
    expect(diffTrees(before, after)).toEqual([
      { path: ['ch1', 'a'], before: 1, after: 2 },
      { path: ['ch1', 'c'], before: undefined, after: 'x' },
      { path: ['ch2', 'a'], before: 1, after: undefined },
    ]);
    expect(diffTrees(after, after)).toEqual([]);
  });

  it('merge without changing what they are made of, and no key reaches a prototype', () => {
    const lower = { a: { b: 1 } };
    const upper = JSON.parse('{"a":{"c":2},"__proto__":{"polluted":1}}') as { a: { c: number } };
    const merged = mergeTrees(lower, upper);
    expect(merged['a']).toEqual({ b: 1, c: 2 });
    expect(lower).toEqual({ a: { b: 1 } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(valueAt({}, 'constructor.name')).toBeUndefined();
    const lines = { fwhm: { '2614.5': { value: 2 } }, pz: { tau: 1 } };
    expect([valueAt(lines, 'fwhm.2614.5.value'), valueAt(lines, 'pz.tau')]).toEqual([2, 1]);
    expect([valueAt(lines, 'fwhm.2614'), valueAt(lines, 'pz.tau.x')]).toEqual([undefined, undefined]);
  });

  it('give the part that a configuration refers to', () => {
    const chain = { processors: { wf: { args: ['w', 'db.pz.tau', '2*db.trap.rise+xdb.no'] } } };
    expect(referencesIn(chain)).toEqual(['pz.tau', 'trap.rise']);
    expect(pickPaths({ pz: { tau: 1, f: 2 }, trap: {} }, ['pz.tau', 'trap.rise'])).toEqual({
      pz: { tau: 1 },
    });
  });
});
