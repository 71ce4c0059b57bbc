import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { readJsonBody } from './json-body.js';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

async function serve(withinMs: number): Promise<number> {
  const app = express();
  app.post('/', (request, response) => {
    readJsonBody(request, response, withinMs).then(
      (body) => response.json(body),
      () => undefined,
    );
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  stop = () => new Promise((resolve) => server.close(() => resolve()));
  return (server.address() as AddressInfo).port;
}

describe('readJsonBody', () => {
  it('reads what comes in time', async () => {
    const port = await serve(5_000);
    const body = JSON.stringify({ a: 1 });
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ a: 1 });
  });

  it('hangs up on a body that does not come', async () => {
    const port = await serve(50);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"a":',
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect(socket.destroyed).toBe(true);
  });
});
