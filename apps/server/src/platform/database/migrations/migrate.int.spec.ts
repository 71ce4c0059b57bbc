import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { waitFor } from '../../testing/wait-for.js';
import { migrate } from './migrate.js';
import { migrationsFolder } from './migration-files.js';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = mkdtempSync(join(tmpdir(), 'countroom-migrations-'));
  writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function writeMigration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

describe('migrate', () => {
  it('brings an empty database to the newest schema, once', async () => {
    const first = await migrate(database.url);
    expect(first.applied.length).toBeGreaterThan(0);
    expect(await migrate(database.url)).toEqual({ applied: [], retried: [] });
  });

  it('lets three concurrent starters apply everything exactly once', async () => {
    writeMigration(
      '1_slow',
      'SELECT pg_sleep(0.5); CREATE TABLE counted (n int); INSERT INTO counted VALUES (1);',
    );
    writeMigration('2_more', 'INSERT INTO counted VALUES (2);');
    const results = await Promise.all([1, 2, 3].map(() => migrate(database.url, { folder })));
    expect(results.flatMap((result) => result.applied).sort()).toEqual(['1_slow', '2_more']);
    expect(results.flatMap((result) => result.retried)).toEqual([]);
    expect(await database.query('SELECT n FROM counted ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('does not take a migration under way for a failed one', async () => {
    writeMigration('1_slow', 'SELECT pg_sleep(1.5); CREATE TABLE counted (n int);');
    const first = migrate(database.url, { folder });
    await waitFor('the migration to be under way', async () => {
      const [row] = await database.query("SELECT to_regclass('_prisma_migrations') AS found");
      if (row?.['found'] === null) return false;
      return (await database.query('SELECT 1 FROM _prisma_migrations')).length === 1;
    });
    const later = await Promise.all([migrate(database.url, { folder }), migrate(database.url, { folder })]);
    expect(await first).toEqual({ applied: ['1_slow'], retried: [] });
    expect(later).toEqual([
      { applied: [], retried: [] },
      { applied: [], retried: [] },
    ]);
  });

  it('keeps nothing of a migration that fails, and applies it once it has been mended', async () => {
    writeMigration('1_first', 'CREATE TABLE first (n int);');
    writeMigration('2_broken', 'CREATE TABLE second (n int); SELECT no_such_function();');
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      /2_broken[^]*no_such_function[^]*next start tries/,
    );
    expect(
      await database.query("SELECT to_regclass('first') AS first, to_regclass('second') AS second"),
    ).toEqual([{ first: 'first', second: null }]);
    await expect(migrate(database.url, { folder })).rejects.toThrow(/no_such_function/);

    writeMigration('2_broken', 'CREATE TABLE second (n int);');
    expect(await migrate(database.url, { folder })).toEqual({ applied: ['2_broken'], retried: ['2_broken'] });
    expect(await migrate(database.url, { folder })).toEqual({ applied: [], retried: [] });
    expect(await database.query("SELECT to_regclass('second') AS second")).toEqual([{ second: 'second' }]);
  });

  it('takes statements whose text holds semicolons', async () => {
    writeMigration(
      '1_function',
      "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$; CREATE TABLE t (s text DEFAULT 'a;b');",
    );
    await migrate(database.url, { folder });
    expect(await database.query('SELECT two() AS two')).toEqual([{ two: 2 }]);
  });

  it('refuses a database that a newer version has migrated', async () => {
    cpSync(migrationsFolder, folder, { recursive: true });
    writeMigration('99991231000000_from_the_future', 'CREATE TABLE future (n int);');
    await migrate(database.url, { folder });
    await expect(migrate(database.url)).rejects.toThrow(/another version of Countroom.*from_the_future/);
  });
});
