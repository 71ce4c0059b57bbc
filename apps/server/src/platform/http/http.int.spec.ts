import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { endpointList } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../create-api.js';
import { parseConfig } from '../config/load-config.js';
import { createLog } from '../logging/create-log.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { openDashboard } from './pages/dashboard.js';
import { startTestApi, type TestApi } from './testing/test-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

function callAs(
  host: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string; cookies: string[] }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(api.origin);
    request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
      text(response).then(
        (body) =>
          resolve({ status: response.statusCode ?? 0, body, cookies: response.headers['set-cookie'] ?? [] }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('a server on the loopback address', () => {
  it('answers to its own names only, against pages that point their name here', async () => {
    for (const host of ['127.0.0.1:8420', 'localhost', '[::1]:8420'])
      expect((await callAs(host, '/api/v1/session')).status, host).toBe(200);
    for (const host of ['evil.example', 'evil.example:8420', '127.0.0.1.evil.example', 'x y'])
      expect((await callAs(host, '/api/v1/session')).status, host).toBe(403);
  });

  it('refuses log-ins that a page of another origin sends', async () => {
    const headers = { 'content-type': 'application/json', origin: 'http://evil.example' };
    expect((await callAs('127.0.0.1', '/api/v1/session', headers, 'POST')).status).toBe(403);
    const sandboxed = { 'content-type': 'application/json', origin: 'null' };
    expect((await callAs('127.0.0.1', '/api/v1/session', sandboxed, 'POST')).status).toBe(403);
    const own = { 'content-type': 'application/json', origin: 'http://127.0.0.1' };
    expect((await callAs('127.0.0.1', '/api/v1/session', own, 'POST')).status).toBe(400);
  });

  it('takes bodies as JSON only', async () => {
    const answer = await api.call('POST', '/session', {
      body: 'name=a&password=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([answer.status, answer.body]).toMatchObject([415, { code: 'input.unsupported' }]);
    for (const [body, expected] of [
      ['{"name":', /not JSON/],
      ['[1]', /object/],
      ['"text"', /not JSON/],
      [`{"name":${'['.repeat(100_000)}`, /not JSON/],
    ] as const) {
      const refused = await api.call('POST', '/session', { body });
      expect([refused.status, (refused.body as { message: string }).message]).toEqual([
        400,
        expect.stringMatching(expected),
      ]);
    }
  });

  it('survives values that are nested too deeply', async () => {
    const as = await api.signIn('deep', [{ role: 'expert', detector: null }]);
    const content = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const body = `{"kind":"raw_to_dsp","name":"deep","content":${content}}`;
    expect((await api.call('POST', '/configurations', { as, body })).status).toBe(400);
    expect((await api.call('GET', '/session')).status).toBe(200);
  });
});

describe('values that the database cannot hold', () => {
  it('are refused, in queries and in bodies', async () => {
    const as = await api.signIn('awkward', [{ role: 'administrator', detector: null }]);
    for (const query of [
      'number=99999999999',
      'startedAfter=0000-01-01T00:00:00Z',
      'text=%00',
      'by=a%00b',
      'detector=demo&tag=%00',
    ]) {
      const answer = await api.call('GET', `/runs?${query}`, { as });
      expect([answer.status, answer.body], query).toMatchObject([400, { code: 'request.invalid' }]);
    }
    expect((await api.call('GET', '/runs/demo/99999999999', { as })).status).toBe(400);
    for (const text of ['a\\u0000b', '\\ud800']) {
      const user = `{"name":"awkward2","fullName":"${text}","password":"a long enough one","grants":[]}`;
      expect((await api.call('POST', '/users', { as, body: user })).status).toBe(400);
      const content = `{"kind":"dsp_to_hit","name":"awkward","content":{"${text}":1}}`;
      expect((await api.call('POST', '/configurations', { as, body: content })).status).toBe(400);
    }
  });
});

describe('the documentation', () => {
  it('names every endpoint, and every reference in it leads somewhere', async () => {
    const { body } = await api.call('GET', '/api/openapi.json');
    const document = body as {
      paths: Record<string, Record<string, { operationId: string }>>;
      components: { schemas: Record<string, unknown> };
    };
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((o) => o.operationId),
    );
    expect(ids.sort()).toEqual(endpointList.map((endpoint) => endpoint.id).sort());
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\/components\/schemas\//);
      expect(document.components.schemas).toHaveProperty([reference!.split('/').at(-1)!]);
    }
  });

  it('can be read on a page that needs nothing from elsewhere', async () => {
    const page = await api.call('GET', '/api/docs');
    expect(page.status).toBe(200);
    const html = page.body as string;
    expect(html).not.toMatch(/(src|href)=["']https?:/);
    for (const [, file = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const asset = await api.call('GET', `/api/${file.replace(/^\.\//, '')}`);
      expect(asset.status, file).toBe(200);
    }
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self';");
    expect(html).not.toMatch(/<script>/);
  });
});

describe('log-in switched off', () => {
  it('makes everybody administrator on this machine, and says so', async () => {
    const open = await startTestApi({ COUNTROOM_AUTH: 'off' });
    try {
      const session = await open.call('GET', '/session');
      expect(session.body).toMatchObject({
        auth: 'off',
        setupNeeded: false,
        csrfToken: null,
        user: { grants: [{ role: 'administrator', detector: null }] },
      });
      const body = { name: 'mine', kind: 'files' };
      expect((await open.call('POST', '/detectors', { body })).status).toBe(200);
      const foreign = await open.call('POST', '/detectors', {
        body: { name: 'theirs', kind: 'files' },
        headers: { origin: 'http://evil.example' },
      });
      expect(foreign.status).toBe(403);
      expect(
        (
          await open.call('POST', '/tokens', {
            body: { name: 'x', grants: [{ role: 'viewer', detector: null }] },
          })
        ).status,
      ).toBe(403);
    } finally {
      await open.stop();
    }
  });
});

describe('behind a proxy', () => {
  it('believes it about https and the address, and nobody else', async () => {
    const proxied = await startTestApi({
      COUNTROOM_TRUSTED_PROXY: '127.0.0.1',
      COUNTROOM_PUBLIC_URL: 'https://lab.example',
    });
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.1.2.3' };
    const body = { name: 'nobody', password: 'not the password' };
    await proxied.call('POST', '/session', { body, headers });
    await api.call('POST', '/session', { body, headers });
    const subjects = async (of: TestApi): Promise<string[]> =>
      (await of.prisma.loginAttempt.findMany()).map((attempt) => attempt.subject);
    const [behind, direct] = [await subjects(proxied), await subjects(api)];
    await proxied.stop();
    expect(behind).toContain('address:10.1.2.3');
    expect(direct).not.toContain('address:10.1.2.3');
  });
});

describe('pages', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('say how to build the dashboard while it is not built, under a policy with a nonce', async () => {
    const config = parseConfig({ DATABASE_URL: database.url });
    const dashboard = await openDashboard('/nonexistent');
    const options = { answersMustFit: true };
    const app = await createApi({ config, log: createLog('api', 'silent'), options, dashboard });
    await app.listen(0, '127.0.0.1');
    const origin = await app.getUrl();
    const page = await fetch(`${origin}/runs`);
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('is not built')]);
    expect(page.headers.get('content-security-policy')).toMatch(/'nonce-[A-Za-z0-9+/=]{24}'/);
    expect((await fetch(`${origin}/api/v1/health/live`)).status).toBe(200);
    expect((await fetch(`${origin}/api/v1/nothing`)).status).toBe(404);
    await app.close();
  });
});
