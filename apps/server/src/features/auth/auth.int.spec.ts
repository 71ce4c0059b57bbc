import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTestApi, type TestApi } from '../../platform/http/testing/test-api.js';
import { SetupService } from './setup.service.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const password = 'a long enough password';

interface Session {
  setupNeeded: boolean;
  user: { name: string } | null;
  csrfToken: string | null;
  expiresAt: string | null;
}
const sessionOf = (answer: Answer): Session => answer.body as Session;
const codeOf = (answer: Answer): string => (answer.body as { code: string }).code;
function cookieOf(answer: Answer): string {
  return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}
async function login(name: string, given = password): Promise<Answer> {
  return api.call('POST', '/session', { body: { name, password: given } });
}

describe('the first administrator', () => {
  it('is created by the printed token, once', async () => {
    expect(sessionOf(await api.call('GET', '/session'))).toMatchObject({ setupNeeded: true, user: null });
    const token = await api.app.get(SetupService).createSetupToken();
    const wrong = await api.call('POST', '/setup', { body: { token: 'x'.repeat(43), password } });
    expect([wrong.status, codeOf(wrong)]).toEqual([401, 'auth.failed']);

    const [first, second] = await Promise.all([
      api.call('POST', '/setup', { body: { token, password } }),
      api.call('POST', '/setup', { body: { token, password, name: 'other' } }),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 401]);
    const won = first.status === 200 ? first : second;
    expect(sessionOf(won).setupNeeded).toBe(false);
    expect(won.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict/);
    expect(await api.prisma.user.count()).toBe(1);
    expect(await api.app.get(SetupService).createSetupToken()).toBeNull();
  });

  it('is not created by an expired token', async () => {
    const other = await startTestApi();
    const token = await other.app.get(SetupService).createSetupToken();
    await other.prisma.setupToken.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    const answer = await other.call('POST', '/setup', { body: { token, password } });
    await other.stop();
    expect(answer.status).toBe(401);
  });
});

describe('a session', () => {
  it('begins with name and password, and ends with log-out', async () => {
    const name = (await api.prisma.user.findFirstOrThrow()).name;
    const answer = await login(name);
    const as = {
      userId: '',
      headers: { cookie: cookieOf(answer), 'x-csrf-token': sessionOf(answer).csrfToken ?? '' },
    };
    expect(sessionOf(await api.call('GET', '/session', { as })).user?.name).toBe(name);
    expect((await api.call('DELETE', '/session', { as })).status).toBe(204);
    expect(sessionOf(await api.call('GET', '/session', { as })).user).toBeNull();
    expect((await api.call('GET', '/users', { as })).status).toBe(401);
  });

  it('tells neither whether a name exists nor keeps the password', async () => {
    const unknown = await login('nobody-here');
    const wrong = await login((await api.prisma.user.findFirstOrThrow()).name, 'not the password');
    expect({ ...(unknown.body as object), traceId: '' }).toEqual({ ...(wrong.body as object), traceId: '' });
    const audit = await api.prisma.auditEntry.findMany({
      where: { action: 'auth.login', outcome: 'refused' },
    });
    expect(audit.map((entry) => entry.actor)).toContain('nobody-here');
    expect(JSON.stringify(audit.map((entry) => entry.after))).not.toContain('not the password');
  });

  it('is needed together with its CSRF token by every call that changes something', async () => {
    const as = await api.signIn('csrf', [{ role: 'administrator', detector: null }]);
    const user = { name: 'made-by-csrf', password, grants: [] };
    const { cookie = '' } = as.headers;
    const bare = await api.call('POST', '/users', { headers: { cookie }, body: user });
    expect([bare.status, codeOf(bare)]).toEqual([403, 'auth.forbidden']);
    const foreign = await api.call('POST', '/users', {
      headers: { cookie, 'x-csrf-token': 'A'.repeat(43) },
      body: user,
    });
    expect(foreign.status).toBe(403);
    const elsewhere = await api.call('POST', '/users', {
      as,
      headers: { origin: 'http://evil.example' },
      body: user,
    });
    expect(elsewhere.status).toBe(403);
    expect((await api.call('POST', '/users', { as, body: user })).status).toBe(200);
  });

  it('lives on while used, and not beyond its end', async () => {
    const as = await api.signIn('sliding', [{ role: 'viewer', detector: null }]);
    const before = await api.prisma.session.findFirstOrThrow({ where: { userId: as.userId } });
    await api.call('GET', '/session', { as });
    const after = await api.prisma.session.findFirstOrThrow({ where: { userId: as.userId } });
    expect(after.expiresAt.getTime()).toBeGreaterThan(before.expiresAt.getTime() + 3_600_000);
    await api.prisma.session.update({
      where: { id: before.id },
      data: { createdAt: new Date(Date.now() - 7 * 86_400_000 + 60_000), expiresAt: before.expiresAt },
    });
    await api.call('GET', '/session', { as });
    await api.prisma.session.update({
      where: { id: before.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await api.call('GET', '/tokens', { as })).status).toBe(401);
  });

  it('ends everywhere else with a new password, and at once for a disabled user', async () => {
    const administrator = await api.signIn('chief', [{ role: 'administrator', detector: null }]);
    await api.call('POST', '/users', { as: administrator, body: { name: 'grace', password, grants: [] } });
    const [one, two] = [await login('grace'), await login('grace')];
    const callers = [one, two].map((answer) => ({
      userId: '',
      headers: { cookie: cookieOf(answer), 'x-csrf-token': sessionOf(answer).csrfToken ?? '' },
    }));
    const change = { current: password, next: 'another long password' };
    expect((await api.call('POST', '/session/password', { as: callers[0]!, body: change })).status).toBe(204);
    expect((await api.call('GET', '/tokens', { as: callers[0]! })).status).toBe(200);
    expect((await api.call('GET', '/tokens', { as: callers[1]! })).status).toBe(401);
    const { id } = await api.prisma.user.findUniqueOrThrow({ where: { name: 'grace' } });
    await api.call('PATCH', `/users/${id}`, { as: administrator, body: { disabled: true } });
    expect((await api.call('GET', '/tokens', { as: callers[0]! })).status).toBe(401);
    expect((await login('grace', 'another long password')).status).toBe(401);
  });
});

describe('wrong passwords', () => {
  it('are limited per name, also when tried all at once', async () => {
    const name = (await api.prisma.user.findFirstOrThrow({ where: { passwordHash: { not: null } } })).name;
    await api.prisma.loginAttempt.deleteMany();
    const statuses = await Promise.all(
      Array.from({ length: 14 }, async () => (await login(name, 'wrong password')).status),
    );
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(4);
    // Attempts that are refused while others are under way do not count: a few more may be left.
    for (let left = 10; left > 0 && (await login(name, 'wrong password')).status !== 429; left--);
    expect((await login(name)).status).toBe(429);
    await api.prisma.loginAttempt.updateMany({ data: { at: new Date(Date.now() - 16 * 60_000) } });
    expect((await login(name)).status).toBe(200);
  });

  it('are limited per address over many names', async () => {
    await api.prisma.loginAttempt.deleteMany();
    await api.prisma.loginAttempt.createMany({
      data: Array.from({ length: 40 }, () => ({ subject: 'address:127.0.0.1' })),
    });
    expect((await login('somebody')).status).toBe(429);
    await api.prisma.loginAttempt.deleteMany();
  });
});
