import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../database/embedded/embedded-postgres.js';
import { migrate } from '../database/migrations/migrate.js';

export const templateName = 'countroom_template';

export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a throw-away PostgreSQL with a migrated template database. It ends with this process, however that ends. */
export async function startTestServer(): Promise<TestServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'countroom-test-'));
  // The database's account must get in.
  chmodSync(dataFolder, 0o755);
  const postgres = EmbeddedPostgres.open({
    dataFolder: join(dataFolder, 'data'),
    home: join(tmpdir(), 'countroom-test-programs'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  const url = await postgres.start();
  watch(postgres.pid, dataFolder);
  await query(url, `CREATE DATABASE ${templateName}`);
  await migrate(withDatabase(url, templateName));
  return {
    url,
    stop: async () => {
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A shell that waits for the end of its input, which comes when this process is gone. */
function watch(pid: number | undefined, folder: string): void {
  const script = 'cat >/dev/null; kill -QUIT "$1" 2>/dev/null; sleep 1; rm -rf "$2"';
  spawn('/bin/sh', ['-c', script, 'sh', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  }).unref();
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** One question to a database, on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
