import { AppError, endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.js';

function answering(
  status: number,
  body: unknown,
): { calls: { url: string; init: RequestInit }[]; fetch: typeof fetch } {
  const calls: { url: string; init: RequestInit }[] = [];
  return {
    calls,
    fetch: (url, init) => {
      calls.push({ url: url instanceof Request ? url.url : url.toString(), init: init ?? {} });
      return Promise.resolve(
        status === 204 ? new Response(null, { status }) : Response.json(body, { status }),
      );
    },
  };
}

describe('api client', () => {
  it('fills the path, repeats lists in the query, sends the token', async () => {
    const server = answering(200, { items: [], next: null, total: 0 });
    const client = createApiClient({ baseUrl: 'http://h', token: 't', fetch: server.fetch });
    await client.call(endpoints.runs.log, { params: { detector: 'a/b', number: 3 }, query: {} });
    await client.call(endpoints.runs.list, { query: { tag: ['x y', 'z'] } });
    expect(server.calls.map((call) => call.url)).toEqual([
      'http://h/api/v1/runs/a%2Fb/3/log',
      'http://h/api/v1/runs?tag=x+y&tag=z',
    ]);
    expect(new Headers(server.calls[0]?.init.headers).get('authorization')).toBe('Bearer t');
  });

  it('sends the CSRF token only with calls that change something', async () => {
    const server = answering(204, null);
    const client = createApiClient({ baseUrl: '', csrfToken: () => 'c', fetch: server.fetch });
    await client.call(endpoints.auth.logout, {});
    await client.call(endpoints.detectors.list, {});
    expect(server.calls.map((call) => new Headers(call.init.headers).get('x-csrf-token'))).toEqual([
      'c',
      null,
    ]);
  });

  it("throws the server's own code and message", async () => {
    const server = answering(409, { code: 'conflict.baton', message: 'Ada holds the baton' });
    const client = createApiClient({ baseUrl: '', fetch: server.fetch });
    await expect(client.call(endpoints.detectors.list, {})).rejects.toMatchObject({
      code: 'conflict.baton',
      message: 'Ada holds the baton',
    });
  });

  it('gives a file as it comes, under a plain name, and the error of one that is not there', async () => {
    const headed = (disposition: string): typeof fetch => {
      const headers = { 'content-disposition': disposition };
      return () => Promise.resolve(new Response('PK', { headers }));
    };
    const call = { params: { detector: 'a', number: 3 } };
    const fetched = (disposition: string) =>
      createApiClient({ baseUrl: '', fetch: headed(disposition) }).download(endpoints.runs.export, call);
    const { name, body } = await fetched('attachment; filename=muons_260102-0304.zip');
    expect(name).toBe('muons_260102-0304.zip');
    expect(await new Response(body).text()).toBe('PK');
    expect((await fetched('attachment; filename="../../x y.zip"')).name).toBe('x y.zip');
    expect((await fetched('attachment')).name).toBe('');
    const missing = answering(404, { code: 'not-found', message: 'There is no run 3.' });
    const client = createApiClient({ baseUrl: '', fetch: missing.fetch });
    await expect(client.download(endpoints.runs.export, call)).rejects.toThrow('There is no run 3.');
  });

  it('says that the server does not answer', async () => {
    const client = createApiClient({
      baseUrl: 'http://h',
      fetch: () => Promise.reject(new Error('refused')),
    });
    await expect(client.call(endpoints.detectors.list, {})).rejects.toThrow(AppError);
    await expect(client.call(endpoints.detectors.list, {})).rejects.toThrow('Is the server running?');
  });
});
