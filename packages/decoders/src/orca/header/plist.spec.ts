import { describe, expect, it } from 'vitest';
import { encodePlist } from '../../testing/orca/encode-container.js';
import { exampleHeader } from '../../testing/orca/encode-header.js';
import { setupOf } from './orca-setup.js';
import { dictIn, parsePlist, textIn } from './plist.js';
import { plistJson } from './plist-json.js';

const wrap = (inner: string): string =>
  `<?xml version="1.0"?><plist version="1.0"><dict>${inner}</dict></plist>`;

describe('parsePlist', () => {
  it('keeps integers and reals apart, and texts as they are', () => {
    const dict = parsePlist(
      wrap(
        '<key>a</key><integer>-12345678901234567890</integer><key>b</key><real>1</real><key>c</key><string> x &amp; y\n</string>' +
          '<key>d</key><array><true/><false/><integer>0x1F</integer><data>AAE=</data></array><key>e</key><dict/>',
      ),
      'header',
    );
    expect([...dict]).toEqual([
      ['a', -12345678901234567890n],
      ['b', 1],
      ['c', ' x & y\n'],
      ['d', [true, false, 31n, 'AAE=']],
      ['e', new Map()],
    ]);
  });

  it.each([
    ['<key>a</key>', 'key without value'],
    ['<integer>1</integer><key>a</key>', 'value without key'],
    ['<key>a</key><integer>1.5</integer>', "'1.5' is no integer"],
    ['<key>a</key><real>one</real>', "'one' is no number"],
    ['<key>a</key><float>1</float>', '<float> is no element'],
    ['<key>a</key><string>', 'not well-formed'],
    ['<key>a</key><string>&unknown;</string>', 'not well-formed'],
  ])('refuses %s', (inner, fault) => {
    expect(() => parsePlist(wrap(inner), 'header')).toThrow(fault);
  });

  it('refuses what is no dictionary, and endless nesting', () => {
    expect(() => parsePlist('<plist><array/></plist>', 'header')).toThrow('no dictionary');
    expect(() => parsePlist(wrap('<key>a</key><array>'.repeat(5000)), 'header')).toThrow();
  });
});

describe('plistJson', () => {
  it('writes JSON as Python does', () => {
    const dict = parsePlist(
      encodePlist({
        text: 'µ "quoted"\n',
        one: 1,
        tenth: 0.1,
        small: 0.00001,
        smallest: -0,
        large: 1.5e16,
        below: 123456789012345,
        whole: 3n,
        list: [true, []],
      }),
      'header',
    );
    expect(plistJson(dict)).toBe(
      '{"text": "\\u00b5 \\"quoted\\"\\n", "one": 1.0, "tenth": 0.1, "small": 1e-05, "smallest": 0.0, ' +
        '"large": 1.5e+16, "below": 123456789012345.0, "whole": 3, "list": [true, []]}',
    );
  });

  it('knows what is no number', () => {
    const dict = parsePlist(
      wrap('<key>a</key><real>nan</real><key>b</key><real>-inf</real><key>c</key><real>-0.0</real>'),
      'x',
    );
    expect(plistJson(dict)).toBe('{"a": NaN, "b": -Infinity, "c": -0.0}');
  });
});

describe('setupOf', () => {
  it('finds data ids, readouts and cards', () => {
    const listeners = [{ id: 3, samples: 100, boards: [0x120, 0x140], inputs: 2, firstSlot: 4, fsp: true }];
    const card = { 'Class Name': 'ORSIS3302Model', Card: 7n, internalTriggerEnabledMask: 5n };
    const header = parsePlist(encodePlist(exampleHeader({ listeners, crates: { 2: [card] } })), 'header');
    const setup = setupOf(header);
    expect(setup.runNumber).toBe(1280);
    expect(setup.dataIds.slice(0, 2)).toEqual([
      [0xa4000000, 'ORShortDecoder'],
      [1 << 18, 'ORRunDecoderForRun'],
    ]);
    expect(setup.listeners).toEqual([
      {
        id: 3,
        samples: 100,
        fsp: true,
        cards: [
          { crate: 0, card: 4, board: 0x120 },
          { crate: 0, card: 5, board: 0x140 },
        ],
        keys: [3028800, 3028801, 3032000, 3032001],
      },
    ]);
    expect(setup.cards).toEqual([
      { className: 'ORSIS3302Model', crate: 2, card: 7, settings: { internalTriggerEnabledMask: [5] } },
    ]);
    expect(textIn(dictIn(header, 'Document Info'), 'note')).toBe('µ & <plist>');
  });

  it('makes nothing of a header that is empty', () => {
    expect(setupOf(new Map())).toEqual({ runNumber: null, dataIds: [], listeners: [], cards: [] });
  });
});
