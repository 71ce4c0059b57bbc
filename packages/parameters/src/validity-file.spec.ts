import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entries } from './testing/entries.js';
import { formatTimestamp, parseTimestamp } from './timestamp.js';
import { resolveParameters } from './validity.js';
import {
  documentsOf,
  readDocument,
  readValidityFile,
  type ValidityFormat,
  writeValidityFile,
} from './validity-file.js';

const documents = {
  'a.yaml': { ch1: { x: 1 } },
  'b.yaml': { ch1: { y: 2 } },
  'c.yaml': { ch1: { x: 3 } },
  'odd.yaml': { ch1: { fwhm: [2.5, Number.NaN] } },
};
const yaml = `
- valid_from: 20230311T235840Z
  category: all
  apply: [a.yaml, b.yaml]
- valid_from: 20230318T012144Z
  mode: replace
  apply:
    - a.yaml
    - c.yaml
- valid_from: 20230401T000000Z
  mode: remove
  apply: b.yaml
- valid_from: 20230402T000000Z
  category: [cal, phy]
  runs: [3, 5]
  apply: a.yaml
`;

describe('validity files', () => {
  it('are read as YAML, with what each mode means', () => {
    expect(documentsOf(yaml)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    // What is taken away need not be there any more.
    expect(documentsOf('- {valid_from: 20230401T000000Z, mode: replace, apply: [x, y]}')).toEqual(['y']);
    expect(documentsOf('- {valid_from: 20230401T000000Z, mode: remove, apply: [x, y]}')).toEqual([]);
    const read = readValidityFile(yaml, documents).map((entry) => [
      entry.mode,
      entry.document,
      entry.targets,
      entry.category,
      formatTimestamp(entry.validFrom),
    ]);
    expect(read).toEqual([
      ['reset', 'a.yaml', [], 'all', '20230311T235840Z'],
      ['append', 'b.yaml', [], 'all', '20230311T235840Z'],
      ['replace', 'c.yaml', ['a.yaml'], 'all', '20230318T012144Z'],
      ['remove', 'b.yaml', ['b.yaml'], 'all', '20230401T000000Z'],
      ['reset', 'a.yaml', [], 'cal', '20230402T000000Z'],
      ['reset', 'a.yaml', [], 'phy', '20230402T000000Z'],
    ]);
  });

  it('are read as JSON and as lines of JSON', () => {
    const line = { valid_from: '20230311T235840Z', apply: ['a.yaml'] };
    const asLines = `${JSON.stringify(line)}\n${JSON.stringify({ ...line, apply: 'b.yaml' })}\n`;
    expect(readValidityFile(asLines, documents).map(({ document }) => document)).toEqual([
      'a.yaml',
      'b.yaml',
    ]);
    expect(readValidityFile(JSON.stringify([line]), documents)).toHaveLength(1);
    expect(readValidityFile(JSON.stringify(line), documents)).toHaveLength(1);
  });

  it.each([
    ['- apply: a.yaml', 'entry 1: has no valid_from'],
    ['- valid_from: 20230231T000000Z\n  apply: a.yaml', 'entry 1: valid_from is "20230231T000000Z"'],
    ['- {valid_from: 20230311T235840Z, apply: x.yaml}', 'entry 1: there is no document x.yaml'],
    ['- {valid_from: 20230311T235840Z, apply: a.yaml, mode: replace}', 'takes two documents'],
    ['- {valid_from: 20230311T235840Z, apply: a.yaml, mode: mix}', 'mode is "mix"; known are append'],
    ['- {valid_from: 20230311T235840Z, apply: a.yaml, until: 3}', 'has until; known are'],
    ['- {valid_from: 20230311T235840Z, apply: a.yaml, runs: [-1]}', 'runs must be'],
    ['- {valid_from: 20230311T235840Z, valid_to: 20230311T235840Z, apply: a.yaml}', 'must be after'],
    ['- {valid_from: 20230311T235840Z}', 'apply names no document'],
    [
      '- {valid_from: 20230311T235840Z, apply: a.yaml, runs: [5, 3]}',
      'entry 1: runs are [5, 3]; the first must',
    ],
    ['- {valid_from: 20230311T235840Z, apply: a.yaml, category: [cal, a b]}', 'entry 1: category is "a b"'],
    ['- {valid_from: 20230311T235840Z, apply: odd.yaml}', 'entry 1: odd.yaml: ch1.fwhm.1 is NaN'],
    ['a: 1', 'must hold a list'],
    ['- [', 'not valid YAML'],
    ['- 3', 'entry 1: must be an object'],
  ])('%j is refused with its place', (text, message) => {
    expect(() => readValidityFile(text, documents)).toThrow(message);
  });

  it('hold after writing and reading what they held before, for every question', () => {
    const formats = fc.constantFrom<ValidityFormat>('yaml', 'json', 'jsonl');
    const question = fc.record({
      at: fc.nat(90).map((second) => second * 1000),
      run: fc.nat(9),
      category: fc.constantFrom('all', 'cal', 'phy'),
    });
    fc.assert(
      fc.property(entries, formats, question, (list, format, asked) => {
        const folder = writeValidityFile(list, format);
        const read = readValidityFile(folder.validity, folder.documents).map((entry, index) => ({
          ...entry,
          version: index + 1,
        }));
        expect(resolveParameters(read, asked)).toEqual(resolveParameters(list, asked));
      }),
      { numRuns: 500 },
    );
  });
});

describe('documents', () => {
  it('are read as JSON or YAML, and refused with their name', () => {
    const content = { ch1: { pz: { tau: '180*us' } } };
    expect(readDocument('a.json', JSON.stringify(content))).toEqual(content);
    expect(readDocument('sub/a.yaml', 'ch1:\n  pz: {tau: 180*us}')).toEqual(content);
    expect(() => readDocument('a.json', '{')).toThrow('a.json cannot be read');
    expect(() => readDocument('a.json', '{"ch1": {"a": 1, "a": 2}}')).toThrow('ch1.a stands twice');
    expect(() => readDocument('a.yaml', '- 1')).toThrow('a.yaml holds no values by name');
    expect(() => readDocument('a.yaml', 'ch1: {x: .nan}')).toThrow('a.yaml: ch1.x is NaN');
  });
});

describe('timestamps', () => {
  it('survive writing and reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        expect(parseTimestamp(formatTimestamp(second * 1000))).toBe(second * 1000);
      }),
    );
    expect(parseTimestamp('2023-03-18T01:21:44Z')).toBe(parseTimestamp('20230318T012144Z'));
    expect(parseTimestamp('20230318')).toBeUndefined();
  });
});
