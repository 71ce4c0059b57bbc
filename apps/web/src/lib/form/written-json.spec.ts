import { expect, it } from 'vitest';
import { writtenJson } from './written-json';

it('reads JSON as it is written', () => {
  expect(writtenJson('{"a": [1, null], "b": {"a": "x"}}')).toEqual({
    value: { a: [1, null], b: { a: 'x' } },
  });
});

it('says why a text cannot be taken', () => {
  expect(writtenJson('{"a": ')).toEqual({ fault: expect.stringContaining('Not JSON yet: ') as string });
  expect(writtenJson('{\n"a": {"tau": 1,\n"tau": 2}}')).toEqual({
    fault: 'a.tau stands twice, again in line 3; give one of them another name',
  });
});
