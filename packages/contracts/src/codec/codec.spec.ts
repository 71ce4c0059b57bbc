import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { decodeInt64, encodeInt64, int64Text } from './int64.js';

describe('int64 text', () => {
  it.each([0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)])('keeps %s', (value) => {
    expect(decodeInt64(encodeInt64(value))).toBe(value);
  });
  it.each([
    '',
    '-',
    '01',
    '-0',
    '+1',
    '1.0',
    '1e3',
    ' 1',
    '9223372036854775808',
    '-9223372036854775809',
    '0x10',
  ])('refuses %j', (text) => {
    expect(int64Text.safeParse(text).success).toBe(false);
    expect(() => decodeInt64(text)).toThrow(RangeError);
  });
  it('refuses to encode what does not fit', () => {
    expect(() => encodeInt64(2n ** 63n)).toThrow(RangeError);
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, 2], c: null } })).toBe('{"a":{"c":null,"d":[1,2]},"b":1}');
  });
  it('leaves out undefined members', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });
  it('writes numbers in their shortest form', () => {
    expect(canonicalJson([1e21, 0.1, -0, 1e-7])).toBe('[1e+21,0.1,0,1e-7]');
  });
  it('names the place of what JSON cannot carry', () => {
    expect(() => canonicalJson({ a: [1, Number.NaN] })).toThrow('$.a[1] is NaN');
    expect(() => canonicalJson({ a: 1n } as never)).toThrow('$.a is a bigint');
  });
});
