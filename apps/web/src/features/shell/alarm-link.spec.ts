import type { Alarm } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { openAlarms } from './alarm-link';

const alarm = (id: string, changes: Partial<Alarm> = {}): Alarm =>
  ({
    id,
    detector: 'demo',
    severity: 'warning',
    raisedAt: '2026-03-01T12:00:05Z',
    acknowledgedAt: null,
    ...changes,
  }) as Alarm;

describe('alarms in the bar of a detector', () => {
  it('are its own that nobody has acknowledged, the worst and then the oldest first', () => {
    const all = [
      alarm('hv'),
      alarm('gone', { acknowledgedAt: '2026-03-01T12:00:00.000Z' }),
      alarm('other', { detector: 'lab', severity: 'alarm' }),
      alarm('silent', { severity: 'alarm' }),
      alarm('unreachable', { severity: 'alarm', raisedAt: '2026-03-01T12:00:01Z' }),
    ];
    expect(openAlarms(all, 'demo').map(({ id }) => id)).toEqual(['unreachable', 'silent', 'hv']);
  });
});
