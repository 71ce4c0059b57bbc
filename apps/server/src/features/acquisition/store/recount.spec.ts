import { zeroCounters } from '@countroom/contracts';
import { expect, it } from 'vitest';
import { recounted } from './recount.js';

it('a recounted run has at least the triggers that its events and losses came from', () => {
  const last = { ...zeroCounters, triggers: '248', recorded: '246', dropped: '2', durable: '230' };
  expect(recounted(last, 300n)).toEqual({
    ...last,
    triggers: '302',
    recorded: '300',
    written: '300',
    durable: '300',
  });
  expect(recounted({ ...last, triggers: '400' }, 300n)).toMatchObject({ triggers: '400' });
  expect(recounted({}, 5n)).toEqual({ triggers: '5', recorded: '5', written: '5', durable: '5' });
});
