import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from './test-server.js';

/**
 * One PostgreSQL per test run, started when the first suite asks for it at the socket named by
 * COUNTROOM_TEST_POSTGRES and owned by the runner's main process.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'countroom-run-'));
  const path = join(folder, 'postgres.sock');
  let started: Promise<TestServer> | undefined;
  const broker = createServer((socket) => {
    socket.on('error', () => undefined);
    started ??= startTestServer();
    started.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((resolve) => broker.listen(path, resolve));
  process.env['COUNTROOM_TEST_POSTGRES'] = path;
  return async () => {
    broker.close();
    rmSync(folder, { recursive: true, force: true });
    const server = await started?.catch(() => undefined);
    await server?.stop();
  };
}
