import { describe, expect, it } from 'vitest';
import { createLog } from '../../platform/logging/create-log.js';
import { HungAlarms } from './hung-alarms.js';

function store(open: string[] = []) {
  const subjects = new Set(open);
  const state = { subjects, away: false };
  const answer = <T>(give: () => T): Promise<T> =>
    state.away ? Promise.reject(new Error('the database is away')) : Promise.resolve(give());
  return Object.assign(state, {
    openAlarms: () => answer(() => [...subjects]),
    raiseAlarm: ({ subject }: { subject: string }) => answer(() => void subjects.add(subject)),
    clearAlarm: (_code: string, subject: string) => answer(() => void subjects.delete(subject)),
  });
}
const log = createLog('supervisor', 'silent');

describe('alarms about hung children', () => {
  it('are raised and cleared once, also when the database was away in between', async () => {
    const alarms = store();
    const hung = new HungAlarms(alarms, log, 'lab');
    await hung.tell(['worker-1']);
    expect([...alarms.subjects]).toEqual(['lab/worker-1']);
    alarms.away = true;
    await hung.tell([]);
    expect(alarms.subjects.size).toBe(1);
    alarms.away = false;
    await hung.tell([]);
    expect(alarms.subjects.size).toBe(0);
  });

  it('of an earlier supervisor end when the child answers', async () => {
    const alarms = store(['lab/api', 'lab/worker-1']);
    await new HungAlarms(alarms, log, 'lab').tell(['api']);
    expect([...alarms.subjects]).toEqual(['lab/api']);
  });
});
