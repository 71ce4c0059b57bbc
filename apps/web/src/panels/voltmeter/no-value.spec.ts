import { expect, it } from 'vitest';
import { noValue } from './no-value';

it('says for how long a channel has had no value', () => {
  expect([null, 3.4, 119, 600].map(noValue)).toEqual([
    'no value in this run',
    'no value for 3 s',
    'no value for 119 s',
    'no value for 10 min',
  ]);
});
