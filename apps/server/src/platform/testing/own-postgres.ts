import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../database/embedded/embedded-postgres.js';
import { migrate } from '../database/migrations/migrate.js';

/** A migrated PostgreSQL for a test that stops and starts it; the one of the test run is everybody's. */
export interface OwnPostgres {
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For good. */
  remove(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'cr-away-'));
  const postgres = EmbeddedPostgres.open({
    dataFolder: join(folder, 'data'),
    home: join(tmpdir(), 'countroom-test-programs'),
    settings: { fsync: 'off' },
  });
  const url = await postgres.start();
  // Ends the server should this process be killed.
  const script = 'cat >/dev/null; kill -QUIT $(head -1 "$1/postmaster.pid") 2>/dev/null';
  spawn('/bin/sh', ['-c', script, 'sh', join(folder, 'data')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  }).unref();
  const remove = async (): Promise<void> => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrate(url);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url,
    start: async () => {
      await postgres.start();
    },
    stop: () => postgres.stop(),
    remove,
  };
}
