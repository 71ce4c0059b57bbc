import type { ChainFinding } from '@countroom/dsp';
import { describe, expect, it } from 'vitest';
import { JsonPlaces } from './json-places';
import { problemsOf, syntaxFaultOf } from './problems';

const text = '{\n  "outputs": ["a"],\n  "processors": { "a": "wf +* 2", "b": { "args": ["x"] } }\n}';
const finding = (path: ChainFinding['path'], character?: number): ChainFinding => ({
  severity: 'error',
  message: 'wrong',
  path,
  character,
  processor: undefined,
});
const marked = (...findings: ChainFinding[]): string[] =>
  problemsOf(new JsonPlaces(text), null, findings).map(({ from, to }) => text.slice(from, to));

describe('problems', () => {
  it('are marked at their place, in the order of the text', () => {
    expect(marked(finding(['processors', 'b', 'args', 0]), finding(['outputs', 0]))).toEqual(['"a"', '"x"']);
    expect(problemsOf(new JsonPlaces(text), null, [finding(['processors', 'b'])])[0]?.line).toBe(3);
  });

  it('begin at the character at fault', () => {
    expect(marked(finding(['processors', 'a'], 4))).toEqual(['* 2']);
  });

  it('of the syntax are told without a second place', () => {
    const broken = '{ "a": [1, }';
    const fault = syntaxFaultOf(broken);
    expect(fault).toMatch(/^This is no JSON: /);
    expect(fault).not.toMatch(/position/);
    expect(problemsOf(new JsonPlaces(broken), fault, [])).toHaveLength(1);
    expect(syntaxFaultOf(text)).toBeNull();
  });
});
