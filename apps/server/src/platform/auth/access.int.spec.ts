import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { apiPrefix, type Endpoint, endpointList, roles } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonBodyLimit } from '../http/json-body.js';
import { notImplemented } from '../http/not-implemented.js';
import { sampleOf, samplePath, sampleQuery } from '../http/testing/sample-value.js';
import { type Answer, type Caller, startTestApi, type TestApi } from '../http/testing/test-api.js';
import { hashSecret, newSecret } from './secrets.js';

let api: TestApi;
const callers = new Map<string, Caller>();
const missing = '0190a000-0000-7000-8000-00000000dead';
const here = endpointList.filter((endpoint) => !notImplemented.includes(endpoint.id));
/** These end the session, or count as failed log-ins, of whoever calls them. */
const disturbing = ['auth.logout', 'auth.login', 'auth.setup', 'auth.change-password'];

beforeAll(async () => {
  api = await startTestApi();
  await api.prisma.detector.createMany({
    data: [
      { name: 'demo', kind: 'live' },
      { name: 'other', kind: 'live' },
    ],
  });
  for (const role of roles) callers.set(role, await api.signIn(role, [{ role, detector: null }]));
  for (const role of roles)
    callers.set(`${role} of other`, await api.signIn(`${role}-other`, [{ role, detector: 'other' }]));
  callers.set('somebody without a role', await api.signIn('roleless', []));
  callers.set('a viewer token of an administrator', await tokenCaller('administrator', 'viewer'));
});
afterAll(() => api.stop());

async function tokenCaller(owner: string, role: string): Promise<Caller> {
  const secret = `crt_${newSecret()}`;
  const { userId } = callers.get(owner)!;
  await api.prisma.apiToken.create({
    data: {
      name: 'test',
      userId,
      secretHash: hashSecret(secret),
      grants: [{ role, detector: null }],
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return { userId, headers: { authorization: `Bearer ${secret}` } };
}

function call(endpoint: Endpoint, as?: Caller, params: Record<string, string> = {}): Promise<Answer> {
  const named = endpoint.path.includes(':id') ? { id: missing, ...params } : params;
  const path = `${samplePath(endpoint, named)}${sampleQuery(endpoint)}`;
  return api.call(endpoint.method, path, {
    ...(as === undefined ? {} : { as }),
    ...(endpoint.bodyKind === 'json' ? { body: sampleOf(endpoint.body) } : {}),
    ...(endpoint.bodyKind === 'stream'
      ? { body: 'bytes', headers: { 'content-type': 'application/octet-stream' } }
      : {}),
  });
}

/** As it stands: fetch would take dots out of the path. */
function rawCall(method: string, path: string): Promise<{ status: number; body: string }> {
  const { headers } = callers.get('administrator')!;
  return new Promise((resolve, reject) => {
    const { port } = new URL(api.origin);
    request({ host: '127.0.0.1', port, method, path: `${apiPrefix}${path}`, headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

const codeOf = (answer: Answer): unknown => (answer.body as { code?: unknown } | null)?.code;
/** Past the door: the handler may still find nothing, or find the input wanting. */
function isRefused(answer: Answer): boolean {
  return answer.status === 401 || (answer.status === 403 && codeOf(answer) === 'auth.forbidden');
}

function expectAllowed(endpoint: Endpoint, name: string, params?: Record<string, string>): Promise<void> {
  return call(endpoint, callers.get(name), params).then((answer) => {
    expect(isRefused(answer), `${name}: ${JSON.stringify(answer.body)}`).toBe(false);
    expect(answer.status, JSON.stringify(answer.body)).not.toBe(500);
  });
}
async function expectRefused(
  endpoint: Endpoint,
  name: string,
  params?: Record<string, string>,
): Promise<void> {
  const answer = await call(endpoint, callers.get(name), params);
  expect([answer.status, codeOf(answer)], name).toEqual([403, 'auth.forbidden']);
}

/** Who may do it for one detector gets past the door, but no further with what concerns another one, all, or nothing. */
async function expectNothingDone(endpoint: Endpoint, name: string): Promise<void> {
  const answer = await call(endpoint, callers.get(name));
  if (endpoint.id === 'runs.bulk') expect(answer.status).toBe(200);
  else if (endpoint.method === 'GET') expect([200, 404]).toContain(answer.status);
  else expect(['auth.forbidden', 'not-found'], JSON.stringify(answer.body)).toContain(codeOf(answer));
}

describe.each(here.filter((endpoint) => !disturbing.includes(endpoint.id)).map((e) => [e.id, e] as const))(
  '%s',
  (_, endpoint) => {
    const needed = roles.indexOf(endpoint.role as (typeof roles)[number]);

    it(`takes ${endpoint.role}`, async () => {
      const nobody = await call(endpoint);
      if (endpoint.role === 'public') expect(nobody.status).toBe(200);
      else expect([nobody.status, codeOf(nobody)]).toEqual([401, 'auth.required']);
      if (needed < 0) return;
      await expectRefused(endpoint, 'somebody without a role');
      for (const [index, role] of roles.entries()) {
        if (index < needed) await expectRefused(endpoint, role);
        else await expectAllowed(endpoint, role);
      }
      if (needed > 0) await expectRefused(endpoint, 'a viewer token of an administrator');
      else await expectAllowed(endpoint, 'a viewer token of an administrator');
    });

    const ranked = needed >= 0 ? it : undefined;
    ranked?.('counts a role for one detector for that one only', async () => {
      for (const [index, role] of roles.entries()) {
        const name = `${role} of other`;
        if (endpoint.anyDetector === true && index >= needed) {
          await expectNothingDone(endpoint, name);
          continue;
        }
        await expectRefused(endpoint, name, { detector: 'demo' });
        const { detectorParam } = endpoint;
        if (detectorParam === undefined) continue;
        if (index < needed) await expectRefused(endpoint, name, { [detectorParam]: 'other' });
        else await expectAllowed(endpoint, name, { [detectorParam]: 'other' });
      }
    });

    const addressed = endpoint.path.includes(':') ? it : undefined;
    addressed?.('refuses paths that lead elsewhere', async () => {
      for (const evil of [
        '..%2f..%2fetc%2fpasswd',
        '..',
        '%2e%2e',
        '%00',
        '%2Fetc%2Fpasswd',
        '..%5C..',
        "';--",
      ]) {
        for (const [, name = ''] of endpoint.path.matchAll(/:(\w+)/g)) {
          const path = samplePath(endpoint, { id: missing, [name]: 'EVIL' }).replace('EVIL', evil);
          const { status, body } = await rawCall(endpoint.method, `${path}${sampleQuery(endpoint)}`);
          expect([400, 404], `${name}=${evil}: ${body}`).toContain(status);
          expect(body).toMatch(/"code":"(request\.invalid|not-found)"/);
        }
      }
    });

    it('refuses unknown fields, in the query and in the body', async () => {
      const as = callers.get('administrator')!;
      const path = samplePath(endpoint, { id: missing });
      const query = sampleQuery(endpoint);
      const json = endpoint.bodyKind === 'json';
      const asked = await api.call(endpoint.method, `${path}${query === '' ? '?' : `${query}&`}unknown=1`, {
        as,
        ...(json ? { body: sampleOf(endpoint.body) } : {}),
      });
      expect([asked.status, codeOf(asked)]).toEqual([400, 'request.invalid']);
      expect(JSON.stringify(asked.body)).toContain('unknown');
      if (!json) return;
      const body = { ...(sampleOf(endpoint.body) as object), unknown: 1 };
      const sent = await api.call(endpoint.method, `${path}${query}`, { as, body });
      expect([sent.status, codeOf(sent)]).toEqual([400, 'request.invalid']);
    });

    const read = endpoint.bodyKind === 'stream' || endpoint.method === 'GET' ? undefined : it;
    read?.('refuses large bodies', async () => {
      const as = callers.get('administrator')!;
      const body = JSON.stringify({ text: 'x'.repeat(jsonBodyLimit) });
      const path = `${samplePath(endpoint, { id: missing })}${sampleQuery(endpoint)}`;
      const answer = await api.call(endpoint.method, path, { as, body });
      expect(answer.status).toBe(endpoint.bodyKind === 'json' ? 413 : 400);
    });
  },
);

describe('sessions by calls that end them', () => {
  it.each(['auth.logout', 'auth.change-password'])('%s needs a session', async (id) => {
    const endpoint = here.find((each) => each.id === id)!;
    expect((await call(endpoint)).status).toBe(401);
    await expectRefused(endpoint, 'a viewer token of an administrator');
  });

  it('refuses tokens that were revoked, have expired, or whose owner was disabled', async () => {
    const administrators = [{ role: 'administrator', detector: null }] as const;
    callers.set('owner', await api.signIn('owner', administrators));
    const as = await tokenCaller('owner', 'administrator');
    const users = (): Promise<number> => api.call('GET', '/users', { as }).then(({ status }) => status);
    const { userId } = as;
    expect(await users()).toBe(200);
    await api.prisma.apiToken.updateMany({ where: { userId }, data: { expiresAt: new Date(0) } });
    expect(await users()).toBe(401);
    const later = new Date(Date.now() + 60_000);
    await api.prisma.apiToken.updateMany({
      where: { userId },
      data: { expiresAt: later, revokedAt: new Date() },
    });
    expect(await users()).toBe(401);
    await api.prisma.apiToken.updateMany({ where: { userId }, data: { revokedAt: null } });
    await api.prisma.user.update({ where: { id: userId }, data: { disabled: true } });
    expect(await users()).toBe(401);
    await api.prisma.user.update({ where: { id: userId }, data: { disabled: false } });
    await api.prisma.grant.updateMany({ where: { userId }, data: { role: 'shifter' } });
    expect(await users()).toBe(403);
  });

  it('lets nobody make a token that may more than its maker', async () => {
    const as = callers.get('shifter')!;
    const token = (role: string): Promise<Answer> =>
      api.call('POST', '/tokens', { as, body: { name: 'mine', grants: [{ role, detector: null }] } });
    expect((await token('expert')).status).toBe(403);
    const made = await token('shifter');
    expect(made.status).toBe(200);
    const { secret, token: info } = made.body as { secret: string; token: { id: string } };
    const bearer = { userId: '', headers: { authorization: `Bearer ${secret}` } };
    expect((await api.call('GET', '/runs', { as: bearer })).status).toBe(200);
    const again = await api.call('POST', '/tokens', {
      as: bearer,
      body: { name: 'child', grants: [{ role: 'viewer', detector: null }] },
    });
    expect(again.status).toBe(403);
    expect((await api.call('DELETE', `/tokens/${info.id}`, { as: callers.get('viewer')! })).status).toBe(404);
    expect((await api.call('DELETE', `/tokens/${info.id}`, { as })).status).toBe(204);
    expect((await api.call('GET', '/runs', { as: bearer })).status).toBe(401);
  });
});

describe('routes', () => {
  it('answers an unknown path with a problem', async () => {
    for (const path of ['/nothing', '/runs/demo/1/nothing', '/%E0%A4%A', '/../../etc/passwd']) {
      const answer = await api.call('GET', `/api/v1${path}`, { as: callers.get('administrator')! });
      expect([400, 404]).toContain(answer.status);
      expect(codeOf(answer)).toMatch(/^(not-found|request\.invalid)$/);
    }
  });

  it('are never cached and say nothing of the program', async () => {
    const { headers } = await api.call('GET', '/session');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('the audit log', () => {
  it('has a line for every change, done or refused, and keeps it', async () => {
    const as = callers.get('administrator')!;
    const body = { name: 'audited', title: 'Audited', kind: 'files' };
    const done = await api.call('POST', '/detectors', { as, body });
    const refused = await api.call('POST', '/detectors', { as: callers.get('viewer')!, body });
    const line = async (answer: Answer): Promise<unknown> =>
      api.prisma.auditEntry.findFirst({ where: { traceId: answer.headers.get('x-trace-id') ?? '' } });
    expect(await line(done)).toMatchObject({
      actor: 'administrator',
      action: 'detectors.create',
      target: 'detector audited',
      outcome: 'done',
      after: { name: 'audited' },
      address: '127.0.0.1',
    });
    expect(await line(refused)).toMatchObject({ actor: 'viewer', outcome: 'refused' });
    await expect(api.prisma.auditEntry.deleteMany()).rejects.toThrow(/never changed or deleted/);
    await expect(api.prisma.auditEntry.updateMany({ data: { actor: 'x' } })).rejects.toThrow(/never changed/);
    const listed = await api.call('GET', '/audit?action=detectors.create&limit=1', { as });
    expect(listed.body).toMatchObject({ items: [{ action: 'detectors.create' }] });
  });

  it('never holds a password', async () => {
    const as = callers.get('administrator')!;
    const body = { name: 'secretive', password: 'correct horse battery', grants: [] };
    const { id } = (await api.call('POST', '/users', { as, body })).body as { id: string };
    await api.call('PATCH', `/users/${id}`, { as, body: { password: 'staple correct horse' } });
    await api.call('POST', '/users', { as, body: { ...body, name: '!' } });
    const lines = await api.prisma.auditEntry.findMany({ where: { action: { startsWith: 'users.' } } });
    expect(JSON.stringify(lines.map(({ before, after }) => [before, after]))).not.toContain('horse');
  });
});
