import { describe, expect, it } from 'vitest';
import { elementFrom, parseDatatype, printDatatype, printElement } from './grammar.js';

describe('datatype grammar', () => {
  it.each([
    'real',
    'bool',
    'complex',
    'string',
    'symbol',
    'blob',
    'array<1>{real}',
    'array<3>{bool}',
    'array<1>{string}',
    'fixedsize_array<2>{real}',
    'array_of_equalsized_arrays<1,1>{real}',
    'array_of_equalsized_arrays<2,3>{complex}',
    'array<1>{array<1>{real}}',
    'array<1>{array<1>{array<1>{string}}}',
    'array<1>{enum{EVT_REAL=1,EVT_UNDEFINED=0,LESS=-3}}',
    'array<1>{array<1>{enum{A=0}}}',
    'array<2>{detectorid}',
    'array<1>{encoded_array<1>{real}}',
    'array_of_encoded_equalsized_arrays<1,1>{real}',
    'struct{}',
    'table{}',
    'struct{a,b}',
    'table{a-b,c_d,e f}',
  ])('prints what it parsed: %s', (text) => {
    expect(printDatatype(parseDatatype(text))).toBe(text);
  });

  it('takes fields in any order and writes them sorted', () => {
    const parsed = parseDatatype('table{t0,dt,values}');
    expect(parsed).toEqual({ kind: 'table', fields: ['t0', 'dt', 'values'] });
    expect(printDatatype(parsed)).toBe('table{dt,t0,values}');
  });

  it('takes the short form of arrays of equal-sized arrays and writes the long one', () => {
    expect(printDatatype(parseDatatype('array<1,1>{real}'))).toBe('array_of_equalsized_arrays<1,1>{real}');
  });

  it('tells vectors and encoded vectors from arrays', () => {
    expect(parseDatatype('array<1>{array<1>{real}}').kind).toBe('vov');
    expect(parseDatatype('array<1>{encoded_array<1>{real}}').kind).toBe('encoded-vov');
    expect(parseDatatype('array<2>{array<1>{real}}').kind).toBe('array');
  });

  it('keeps the values of enumerations exactly', () => {
    const element = elementFrom('enum{BIG=9223372036854775807,SMALL=-1}');
    expect(element).toEqual({
      kind: 'enum',
      members: new Map([
        ['BIG', 9223372036854775807n],
        ['SMALL', -1n],
      ]),
    });
    expect(printElement(element)).toBe('enum{BIG=9223372036854775807,SMALL=-1}');
  });

  it.each([
    ['', 'a datatype'],
    ['reals', 'the end'],
    ['array<1>{real', '"}"'],
    ['array<0>{real}', 'from 1 to 32'],
    ['array<x>{real}', 'a number of axes'],
    ['array<1>{}', 'an element kind'],
    ['table{a,}', 'a field name'],
    ['table{a,a}', 'every field only once'],
    ['table{a/b}', '"}"'],
    ['array<1>{enum{}}', 'a name'],
    ['array<1>{enum{A}}', '"="'],
    ['array<1> {real}', '">{"'],
    ['table{a}x', 'the end'],
    ['views<1>{real}', 'a datatype'],
  ])('refuses %j and says what it expected', (text, expected) => {
    expect(() => parseDatatype(text)).toThrow(expected);
  });
});
