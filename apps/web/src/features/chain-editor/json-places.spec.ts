import { describe, expect, it } from 'vitest';
import { JsonPlaces } from './json-places';

const text = `{
  "outputs": ["a", "b"],
  "processors": {
    "a, b": { "function": "f", "args": ["wf", 10, "a"] },
    "c": "a + 1"
  }
}`;
const places = new JsonPlaces(text);
const at = (path: (string | number)[]): string => {
  const { from, to } = places.spanOf(path);
  return text.slice(from, to);
};

describe('places in a JSON text', () => {
  it('are found by path, the nearest there is', () => {
    expect(at(['processors', 'a, b', 'args', 1])).toBe('10');
    expect(at(['processors', 'c'])).toBe('"a + 1"');
    expect(at(['processors', 'c', 'function'])).toBe('"a + 1"');
    expect(at(['processors', 'a, b', 'args', 9])).toBe('"args"');
    expect(at(['processors', 'a, b'])).toBe('"a, b"');
    expect(at(['nowhere'])).toBe(text);
  });

  it('tell the path of a position', () => {
    expect(places.pathAt(text.indexOf('"wf') + 2)).toMatchObject({
      path: ['processors', 'a, b', 'args', 0],
      isKey: false,
    });
    expect(places.pathAt(text.indexOf('function') + 3)).toMatchObject({
      path: ['processors', 'a, b', 'function'],
      isKey: true,
    });
    expect(places.pathAt(text.indexOf('"b"]') + 1).path).toEqual(['outputs', 1]);
  });

  it('show where a text is no JSON, and keys that are there twice', () => {
    expect(places.firstFault()).toBeUndefined();
    const broken = '{ "a": [1, 2, }';
    expect(new JsonPlaces(broken).firstFault()?.from).toBeGreaterThan(10);
    expect(new JsonPlaces('{ "a": 1, "b": 2, "a": 3 }').doubledKeys()).toEqual([
      { key: 'a', from: 18, to: 21 },
    ]);
  });
});
