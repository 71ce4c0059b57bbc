import type { User } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import {
  type Answer,
  type Caller,
  startTestApi,
  type TestApi,
} from '../../platform/http/testing/test-api.js';
import { waitFor } from '../../platform/testing/wait-for.js';
import { UsersService } from './users.service.js';

let api: TestApi;
let chief: Caller;
beforeAll(async () => {
  api = await startTestApi();
  await api.prisma.detector.create({ data: { name: 'demo', kind: 'live' } });
  chief = await api.signIn('chief', [{ role: 'administrator', detector: null }]);
});
afterAll(() => api.stop());

const password = 'a long enough password';
const create = (body: object): Promise<Answer> => api.call('POST', '/users', { as: chief, body });
const change = (id: string, body: object): Promise<Answer> =>
  api.call('PATCH', `/users/${id}`, { as: chief, body });

describe('users', () => {
  it('have roles everywhere or for a detector, each once', async () => {
    const shifter = { role: 'shifter', detector: 'demo' };
    const viewer = { role: 'viewer', detector: null };
    const made = await create({ name: 'Ada', password, grants: [shifter, shifter, viewer] });
    expect(made.status).toBe(200);
    expect((made.body as User).grants).toHaveLength(2);
    expect((made.body as User).grants).toEqual(expect.arrayContaining([shifter, viewer]));
    const changed = await change((made.body as User).id, { grants: [viewer], fullName: 'Ada L.' });
    expect(changed.body).toMatchObject({ grants: [viewer], fullName: 'Ada L.' });
    const audit = await api.prisma.auditEntry.findFirstOrThrow({ where: { action: 'users.update' } });
    expect(audit).toMatchObject({ target: 'user Ada', after: { grants: [viewer] } });
  });

  it('cannot have names that differ in capital letters only, nor roles for unknown detectors', async () => {
    expect((await create({ name: 'ada', password, grants: [] })).status).toBe(409);
    const grants = [{ role: 'viewer', detector: 'nowhere' }];
    expect((await create({ name: 'ghost', password, grants })).status).toBe(422);
    expect(await api.prisma.user.count({ where: { name: 'ghost' } })).toBe(0);
  });

  it('always include an administrator, also when two step down at once', async () => {
    const { body } = await create({
      name: 'deputy',
      password,
      grants: [{ role: 'administrator', detector: null }],
    });
    const deputy = (body as User).id;
    // Straight to the service: the one who comes second may not be an administrator any more.
    const users = api.app.get(UsersService);
    const results = await Promise.allSettled([
      users.update(chief.userId, { grants: [] }),
      users.update(deputy, { disabled: true }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'conflict.state' });
    const administrators = await api.prisma.user.count({
      where: { disabled: false, grants: { some: { role: 'administrator', detectorId: null } } },
    });
    expect(administrators).toBe(1);
    await api.prisma.grant.deleteMany({ where: { userId: chief.userId } });
    await api.prisma.grant.create({ data: { userId: chief.userId, role: 'administrator' } });
  });

  it('lose their sessions when they are disabled, and open sockets are told', async () => {
    const told: (string | null)[] = [];
    const stop = api.app.get(NotificationsService).subscribe('sessions', (id) => void told.push(id));
    const caller = await api.signIn('leaver', [{ role: 'shifter', detector: null }]);
    await waitFor('the notification', async () => {
      await change(caller.userId, { disabled: true });
      return told.includes(caller.userId);
    });
    stop();
    expect((await api.call('GET', '/runs', { as: caller })).status).toBe(401);
    await change(caller.userId, { disabled: false });
    expect((await api.call('GET', '/runs', { as: caller })).status).toBe(401);
  });

  it('are listed in pages by name', async () => {
    const first = await api.call('GET', '/users?limit=2', { as: chief });
    const { items, next } = first.body as { items: User[]; next: string };
    const second = await api.call('GET', `/users?limit=500&cursor=${next}`, { as: chief });
    const all = [...items, ...(second.body as { items: User[] }).items];
    expect(new Set(all.map((user) => user.id)).size).toBe(await api.prisma.user.count());
  });
});
