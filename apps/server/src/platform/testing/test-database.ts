import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { query, templateName, withDatabase } from './test-server.js';

export interface TestDatabase {
  /** Connection string of a database that belongs to this suite alone. */
  readonly url: string;
  query(sql: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/**
 * A fresh database on the test run's PostgreSQL, with every migration applied (copied from a template:
 * about 50 ms); `empty: true` gives one without any table.
 *
 *   let database: TestDatabase;
 *   beforeAll(async () => { database = await createTestDatabase(); });
 *   afterAll(() => database.drop());
 */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = await testServerUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name}${options.empty === true ? '' : ` TEMPLATE ${templateName}`}`);
  const url = withDatabase(server, name);
  return {
    url,
    query: (sql) => query(url, sql),
    drop: async () => {
      await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function testServerUrl(): Promise<string> {
  const path = process.env['COUNTROOM_TEST_POSTGRES'];
  if (path === undefined) {
    throw new Error(
      'The test runner has no PostgreSQL to offer: files that use it end in .int.spec.ts (see vitest.config.js).',
    );
  }
  const answer = JSON.parse(await text(connect(path))) as { url?: string; error?: string };
  if (answer.url === undefined) throw new Error(answer.error);
  return answer.url;
}
