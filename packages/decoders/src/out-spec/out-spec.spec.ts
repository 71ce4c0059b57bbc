import { describe, expect, it } from 'vitest';
import type { Key } from '../core/decoder.js';
import { matches } from './key-pattern.js';
import { Layout } from './layout.js';
import { fromChannelGroups, type OutSpec, parseOutSpec } from './out-spec.js';
import { formatText } from './text-format.js';

const route = (outSpec: OutSpec | undefined, decoder: string, key: Key): string | undefined => {
  const target = new Layout({
    ...(outSpec === undefined ? {} : { outSpec }),
    variables: { dir: 'D' },
    environment: { HOME: '/h' },
  }).route({ decoder, key });
  return target && `${target.stream}|${target.path}`;
};

describe('parseOutSpec', () => {
  it.each([
    [{ A: { g: {} } }, /out_spec\.A\.g: 'g' is missing key_list/],
    [{ A: { '': { key_list: [1] } } }, /the group name is empty/],
    [{ A: { g: { key_list: ['*'] }, h: { key_list: ['*'] } } }, /out_spec\.A: "\*" stands in 2/],
    [{ A: { g: { key_list: [[3, 1]] } } }, /key_list\[0\]: the range 3…1 is empty/],
    [{ A: { g: { key_list: [1.5] } } }, /key_list\[0\]: 1.5 is no key/],
    [{ A: { g: { key_list: 3 } } }, /key_list: this is not a list/],
    [{ A: { g: { key_list: [1], out: 3 } } }, /out_spec\.A\.g\.out: there is no such field/],
    [{ A: { g: { key_list: [1], out_name: 3 } } }, /out_name: this is not a text/],
    [[], /out_spec: this is not an object/],
    [{ A: 1 }, /out_spec\.A: this is not an object/],
  ])('refuses %j', (spec, message) => {
    expect(() => parseOutSpec(spec)).toThrow(message);
  });

  it('turns texts that look like numbers into numbers', () => {
    expect(parseOutSpec({ A: { g: { key_list: ['12', '-3', 'x'] } } })['A']!['g']!.key_list).toEqual([
      12,
      -3,
      'x',
    ]);
  });
});

describe('Layout', () => {
  it('names tables after decoders by default', () => {
    expect(route(undefined, 'FCEventDecoder', 1)).toBe('|FCEvent');
    const layout = new Layout({});
    const list = { index: 1, count: 3, keys: 1 };
    expect(layout.route({ decoder: 'FSPEventDecoder', key: 'swtid_0/event', list })!.path).toBe(
      'FSPEvent_swtid_0/event',
    );
    expect(layout.route({ decoder: 'LLAMAEventDecoder', key: 4, list: { ...list, keys: 2 } })!.path).toBe(
      'LLAMAEvent_1',
    );
  });

  it('finds groups by number, range, pattern and rest', () => {
    const spec = {
      A: {
        one: { key_list: [7] },
        range: { key_list: [[10, 12] as const] },
        pattern: { key_list: ['2?', 'fcid_*/evt_hdr'] },
        rest: { key_list: ['*'] },
      },
    };
    const found = [7, 10, 12, 13, 25, 'fcid_0/evt_hdr'].map((key) => route(spec, 'A', key));
    expect(found).toEqual(['|one', '|range', '|range', '|rest', '|pattern', '|pattern']);
    expect(route(spec, 'B', 7)).toBeUndefined();
    expect(route({ '*': { '{name}': { key_list: ['*'] } }, ...spec }, 'BDecoder', 7)).toBe('|B');
    const layout = new Layout({ outSpec: { '*': { 'all/{name}': { key_list: ['*'] } } } });
    const list = (index: number, keys: number) => ({ index, count: 2, keys });
    expect(layout.route({ decoder: 'BDecoder', key: 7, list: list(0, 3) })?.path).toBe('all/B_0');
    expect(layout.route({ decoder: 'BDecoder', key: 9, list: list(1, 1) })?.path).toBe('all/B_9');
    expect(route({ A: { one: { key_list: [7] } } }, 'A', 8)).toBeUndefined();
  });

  it('gives a key claimed twice to the later group and says so', () => {
    const layout = new Layout({ outSpec: { A: { a: { key_list: [1] }, b: { key_list: [[0, 3]] } } } });
    expect(layout.route({ decoder: 'A', key: 1 })!.path).toBe('b');
    layout.route({ decoder: 'A', key: 1 });
    expect(layout.warnings).toEqual(['out_spec.A: key 1 is claimed by a, b; it goes to b']);
  });

  it('expands key, name, variables and the environment', () => {
    const spec = {
      A: { 'ch{key:03d}': { key_list: ['*'], out_stream: '$HOME/{dir}/f.lh5:/{name}', out_name: 'raw' } },
    };
    expect(route(spec, 'A', 5)).toBe('/h/D/f.lh5|ch005/raw');
  });

  it.each([
    [{ out_stream: '{nope}' }, /out_spec\.A\.g\.out_stream: the variable 'nope' is not defined/],
    [{ out_stream: 'host:5555' }, /network address/],
    [{ out_name: '../x' }, /leaves its group/],
    [{ out_name: '/' }, /the table path is empty/],
  ])('refuses %j when it is made', (fields, message) => {
    expect(() => new Layout({ outSpec: { A: { g: { key_list: [1], ...fields } } } })).toThrow(message);
  });
});

describe('formatText', () => {
  it.each([
    ['{key}', 5, '5'],
    ['{key:07d}', 52_800, '0052800'],
    ['{key:0>7d}', 52_800, '0052800'],
    ['{key:02d}', 4, '04'],
    ['{key:<4}|', 5, '5   |'],
    ['{key:^5}|', 5, '  5  |'],
    ['{key:04d}', -5, '-005'],
    ['{key:x}', 255, 'ff'],
    ['{{{key}}}', 1, '{1}'],
    ['{key:>5s}', 'ab', '   ab'],
  ])('%s of %s', (text, key, expected) => {
    expect(formatText(text, { key }, 'here')).toBe(expected);
  });

  it('refuses formats that do not fit', () => {
    expect(() => formatText('{key:d}', { key: 'a' }, 'here')).toThrow(
      /here: the format 'd' does not fit 'a'/,
    );
    expect(() => formatText('{key:5.3q}', { key: 1 }, 'here')).toThrow(/is no format/);
  });
});

describe('matches', () => {
  it.each([
    ['5280[0-2]*', '52801', true],
    ['5280[0-2]*', '52803', false],
    ['a[!b]c', 'adc', true],
    ['a[!b]c', 'abc', false],
    ['a?', 'a', false],
    ['[', '[', true],
    ['*a*b*', 'xxaxxbxx', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('takes no exponential time', () => {
    expect(matches('*a'.repeat(200), 'a'.repeat(199))).toBe(false);
  });
});

describe('fromChannelGroups', () => {
  it('rewrites channel lists, systems and names', () => {
    const spec = fromChannelGroups({
      A: { 'g{ch:0>3d}': { ch_list: [1, [3, 5]], system: 'geds' }, v: { ch_list: [9] } },
    });
    expect(route(spec, 'A', 4)).toBe('geds|geds/g004/raw');
    expect(route(spec, 'A', 9)).toBe('|v/raw');
    expect(() => fromChannelGroups({ A: { g: { ch_list: [1], system: 3 } } })).toThrow(
      /system: this is not a text/,
    );
  });
});
