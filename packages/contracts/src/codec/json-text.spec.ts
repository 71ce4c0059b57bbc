import { describe, expect, it } from 'vitest';
import { parseJson } from './json-text.js';

describe('JSON of a person', () => {
  it('says what JSON.parse says', () => {
    for (const text of ['1', '"a:b"', '[]', '{"a":{"a":[{"a":1},{"a":"\\"a\\":{"}]},"b":[[],{}]}', ' null '])
      expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('has every key once', () => {
    const twice =
      '{"operations": {\n "x": {"expression": "e"},\n "y": {"e": 1},\n "x": {"expression": "t"}\n}}';
    expect(() => parseJson(twice)).toThrow('operations.x stands twice, again in line 4');
    expect(() => parseJson('{"list": [{"a": 1}, {"a": 1, "\\u0061": 2}]}')).toThrow('list.1.a stands twice');
  });

  it('is as deep as configurations are', () => {
    expect(() => parseJson(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).toThrow(
      'a.0.0.0… is nested deeper than 200 times',
    );
    expect(parseJson('['.repeat(200) + ']'.repeat(200))).toHaveLength(1);
  });

  it('is no JSON where JSON.parse finds none', () => {
    expect(() => parseJson('{"a": 1,}')).toThrow(SyntaxError);
  });
});
