import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../../platform/http/testing/test-api.js';
import { AlarmsService } from './alarms.service.js';

let api: TestApi;
let shifter: Caller;
let detectorId: string;
beforeAll(async () => {
  api = await startTestApi();
  detectorId = (await api.prisma.detector.create({ data: { name: 'demo', kind: 'live' } })).id;
  shifter = await api.signIn('shifter', [{ role: 'shifter', detector: null }]);
});
afterAll(() => api.stop());

const disk = { detectorId: null, subject: 'disk', code: 'disk.low' } as const;
const low = { ...disk, severity: 'warning', message: '5 GB are free' } as const;

describe('an alarm', () => {
  it('is one while its cause lasts, however many raise it at once', async () => {
    const alarms = api.app.get(AlarmsService);
    await Promise.all(Array.from({ length: 8 }, () => alarms.raise(low)));
    expect(await api.prisma.alarm.findMany({ where: { subject: 'disk' } })).toMatchObject([
      { occurrences: 8 },
    ]);
    expect(await alarms.clear(disk)).toBe(true);
    expect(await alarms.clear(disk)).toBe(false);
    await alarms.raise(low);
    expect(await api.prisma.alarm.count({ where: { subject: 'disk' } })).toBe(2);
  });

  it('is acknowledged by a person, and needs it again when it becomes worse', async () => {
    const alarms = api.app.get(AlarmsService);
    const { id } = await api.prisma.alarm.findFirstOrThrow({ where: { ...disk, clearedAt: null } });
    const answer = await api.call('POST', `/alarms/${id}/acknowledge`, {
      as: shifter,
      body: { comment: 'old files go' },
    });
    expect(answer.body).toMatchObject({
      acknowledgedBy: 'shifter',
      comment: 'old files go',
      clearedAt: null,
    });
    await alarms.raise({ ...low, message: '4 GB are free' });
    expect(await alarms.find(id)).toMatchObject({ acknowledgedBy: 'shifter', message: '4 GB are free' });
    await alarms.raise({ ...low, severity: 'alarm' });
    expect(await alarms.find(id)).toMatchObject({ acknowledgedBy: null, comment: null, severity: 'alarm' });
  });

  it('is acknowledged by who may for its detector', async () => {
    const alarms = api.app.get(AlarmsService);
    const mine = await api.signIn('demo-shifter', [{ role: 'shifter', detector: 'demo' }]);
    const source = { detectorId, subject: 'det9', code: 'source.unreachable' };
    await alarms.raise({ ...source, severity: 'alarm', message: 'det9 does not answer' });
    const acknowledge = async (where: object): Promise<number> => {
      const { id } = await api.prisma.alarm.findFirstOrThrow({ where });
      return (await api.call('POST', `/alarms/${id}/acknowledge`, { as: mine, body: {} })).status;
    };
    expect(await acknowledge(source)).toBe(200);
    expect(await acknowledge({ ...disk, clearedAt: null })).toBe(403);
    const all = (body: object) => api.call('POST', '/alarms/acknowledge-all', { as: mine, body });
    expect((await all({})).status).toBe(403);
    expect((await all({ detector: 'demo' })).status).toBe(200);
  });

  it('leaves a word in the log of its detector', async () => {
    const source = { detectorId, subject: 'det1', code: 'source.unreachable' };
    await api.app.get(AlarmsService).raise({ ...source, severity: 'alarm', message: 'det1 does not answer' });
    const { id } = await api.prisma.alarm.findFirstOrThrow({ where: source });
    const body = { comment: 'cable was loose' };
    await api.call('POST', `/alarms/${id}/acknowledge`, { as: shifter, body });
    expect((await api.call('GET', '/log?detector=demo', { as: shifter })).body).toMatchObject({
      items: [{ text: 'Alarm "det1 does not answer" acknowledged: cable was loose', author: 'shifter' }],
    });
  });
});

describe('the list of alarms', () => {
  it('has active ones first, in pages that neither skip nor repeat', async () => {
    const alarms = api.app.get(AlarmsService);
    for (let n = 0; n < 9; n += 1) {
      const key = { detectorId, subject: `s${n}`, code: 'signal.silent' };
      await alarms.raise({ ...key, severity: 'info', message: 'no value' });
      if (n % 2 === 0) await alarms.clear(key);
    }
    const seen: { id: string; clearedAt: string | null }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/alarms?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = (await api.call('GET', path, { as: shifter })).body as {
        items: typeof seen;
        next: string | null;
      };
      seen.push(...page.items);
      cursor = page.next;
    }
    expect(new Set(seen.map((alarm) => alarm.id)).size).toBe(await api.prisma.alarm.count());
    const firstCleared = seen.findIndex((alarm) => alarm.clearedAt !== null);
    expect(seen.slice(firstCleared).every((alarm) => alarm.clearedAt !== null)).toBe(true);
    expect(
      (await api.call('GET', '/alarms?active=false&detector=demo&limit=500', { as: shifter })).body,
    ).toMatchObject({
      items: Array.from({ length: 5 }, () => ({ detector: 'demo' })),
    });
    const all = await api.call('POST', '/alarms/acknowledge-all', {
      as: shifter,
      body: { detector: 'demo' },
    });
    expect(all.body).toEqual({ acknowledged: 9 });
  });
});
