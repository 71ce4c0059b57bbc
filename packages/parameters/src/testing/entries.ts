import fc from 'fast-check';
import type { ParameterEntry, ValidityMode } from '../validity.js';

/** An entry with what a test cares about. */
export function anEntry(entry: Partial<ParameterEntry>): ParameterEntry {
  return {
    version: 1,
    document: `d${entry.version ?? 1}`,
    content: {},
    mode: 'append',
    targets: [],
    category: 'all',
    validFrom: 0,
    validTo: null,
    firstRun: null,
    lastRun: null,
    ...entry,
  };
}

const name = fc.constantFrom('a', 'b', 'c');
const content = fc.dictionary(
  fc.constantFrom('ch1', 'ch2', '*'),
  fc.dictionary(name, fc.oneof(fc.integer(), fc.string(), fc.dictionary(name, fc.integer()))),
  { noNullPrototype: true },
);

const one = fc.record({
  document: fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'),
  content,
  mode: fc.constantFrom<ValidityMode>('append', 'reset', 'replace', 'remove'),
  targets: fc.array(fc.constantFrom('a.yaml', 'b.yaml', 'c.yaml'), { minLength: 1, maxLength: 2 }),
  category: fc.constantFrom('all', 'cal'),
  // Files know whole seconds.
  validFrom: fc.nat(40).map((second) => second * 1000),
  validTo: fc.option(fc.integer({ min: 41, max: 80 }).map((second) => second * 1000)),
  firstRun: fc.option(fc.nat(5)),
  lastRun: fc.option(fc.integer({ min: 5, max: 9 })),
});

/** Histories of any shape, within the first 80 seconds of 1970. */
export const entries: fc.Arbitrary<ParameterEntry[]> = fc.array(one, { maxLength: 12 }).map((list) =>
  list.map(
    (entry, index): ParameterEntry => ({
      ...entry,
      version: index + 1,
      targets: entry.mode === 'replace' || entry.mode === 'remove' ? entry.targets : [],
      content: entry.mode === 'remove' ? {} : entry.content,
    }),
  ),
);
