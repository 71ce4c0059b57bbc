import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { type Manifest, manifestFile } from './backup.manifest.js';
import { makeBackup } from './make-backup.js';
import { restoreBackup } from './restore-backup.js';

let source: TestDatabase;
let target: TestDatabase;
let base: string;
let folder: string;

const ids = {
  detector: '0199a000-0000-7000-8000-000000000001',
  configuration: '0199a000-0000-7000-8000-000000000002',
  version: '0199a000-0000-7000-8000-000000000003',
  run: '0199a000-0000-7000-8000-000000000004',
};

/** Every kind of value that text could spoil, and tables that refer to each other in a circle. */
const contents = `
  INSERT INTO detector (id, name, kind, last_run_number) VALUES ('${ids.detector}', 'demo', 'live', 7);
  INSERT INTO configuration (id, kind, name, detector_id) VALUES ('${ids.configuration}', 'acquisition', 'mode', '${ids.detector}');
  INSERT INTO configuration_version (id, configuration_id, version, hash, content, author)
    VALUES ('${ids.version}', '${ids.configuration}', 1, 'abc', '{"text": "tab\\t line\\n quote\\" \\\\ back", "n": 9007199254740993}', 'ada');
  UPDATE detector SET configuration_version_id = '${ids.version}';
  INSERT INTO run (id, detector_id, number, origin, started_at, started_ns, by, tags, comment, data_kinds)
    VALUES ('${ids.run}', '${ids.detector}', 7, 'live', '2026-02-03 04:05:06.789012+00', 9223372036854775807, 'ada',
            ARRAY['a,b', 'c"d', ''], E'two\\nlines\\tand \\\\N', '{}');
  INSERT INTO log_entry (detector_id, run_id, origin, author, text)
    SELECT '${ids.detector}', '${ids.run}', 'system', 'µ', 'line ' || n FROM generate_series(1, 1000) n;
  INSERT INTO app_user (id, name) VALUES (gen_random_uuid(), 'ada');
  INSERT INTO session (id, secret_hash, csrf_hash, user_id, expires_at) SELECT gen_random_uuid(), 's', 'c', id, now() FROM app_user;
`;

beforeEach(async () => {
  source = await createTestDatabase();
  target = await createTestDatabase();
  base = mkdtempSync(join(tmpdir(), 'countroom-backup-'));
  folder = join(base, 'backup');
  await source.query(contents);
});
afterEach(async () => {
  rmSync(base, { recursive: true });
  await source.drop();
  await target.drop();
});

const backup = (): Promise<Manifest> => makeBackup({ databaseUrl: source.url, folder, version: '0.1.0' });
const restore = (replace = false): Promise<Manifest> =>
  restoreBackup({ databaseUrl: target.url, folder, replace });

async function allRows(database: TestDatabase, manifest: Manifest): Promise<Record<string, unknown>> {
  const tables: Record<string, unknown> = {};
  for (const { name } of manifest.tables) {
    tables[name] = await database.query(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
  }
  return tables;
}

function changeManifest(change: (manifest: Manifest) => void): void {
  const file = join(folder, manifestFile);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
}

describe('backup and restore', () => {
  it('bring every row of every table into another database, to the last bit', async () => {
    const manifest = await backup();
    expect(manifest.tables.find(({ name }) => name === 'log_entry')?.rows).toBe(1000);
    await restore();
    expect(await allRows(target, manifest)).toEqual(await allRows(source, manifest));
    expect(await target.query(`SELECT started_ns::text, tags, comment FROM run`)).toEqual([
      { started_ns: '9223372036854775807', tags: ['a,b', 'c"d', ''], comment: 'two\nlines\tand \\N' },
    ]);
  });

  it('go on numbering where the source stood', async () => {
    await backup();
    await restore();
    await target.query(
      `INSERT INTO log_entry (detector_id, origin, author, text) VALUES ('${ids.detector}', 'system', 'x', 'next')`,
    );
    expect(await target.query('SELECT max(id)::text FROM log_entry')).toEqual([{ max: '1001' }]);
  });

  it('keep the keys between tables in force', async () => {
    await backup();
    await restore();
    await expect(target.query(`UPDATE run SET detector_id = gen_random_uuid()`)).rejects.toThrow(
      /foreign key/,
    );
  });

  it('leave sessions out, and let nobody else read the files', async () => {
    await backup();
    await restore();
    expect(await target.query('SELECT * FROM session')).toEqual([]);
    expect(statSync(folder).mode & 0o077).toBe(0);
    for (const file of readdirSync(join(folder, 'tables'))) {
      expect(statSync(join(folder, 'tables', file)).mode & 0o077).toBe(0);
      expect(file).not.toContain('session');
    }
  });

  it('take one moment, whatever is written meanwhile', async () => {
    const stop = new AbortController();
    const writer = (async () => {
      while (!stop.signal.aborted) {
        await source.query(`WITH a AS (INSERT INTO audit_entry (actor, action, target, outcome) VALUES ('x', 'x', 'x', 'x'))
          INSERT INTO log_entry (detector_id, origin, author, text) VALUES ('${ids.detector}', 'system', 'x', 'x')`);
      }
    })();
    const manifest = await backup();
    stop.abort();
    await writer;
    const rows = (name: string): number => manifest.tables.find((table) => table.name === name)!.rows;
    expect(rows('log_entry') - 1000).toBe(rows('audit_entry'));
    await restore();
  });

  it('do not overwrite anything unasked', async () => {
    await backup();
    await expect(backup()).rejects.toThrow(/exists already/);
    const again = { databaseUrl: source.url, version: '0.1.0', replace: true };
    await makeBackup({ ...again, folder });
    await expect(makeBackup({ ...again, folder: base })).rejects.toThrow(/is no backup, and is not replaced/);
    await target.query("INSERT INTO app_user (id, name) VALUES (gen_random_uuid(), 'grace')");
    await expect(restore()).rejects.toThrow(/not empty \(app_user\).*--force/);
    await restore(true);
    expect(await target.query('SELECT name FROM app_user')).toEqual([{ name: 'ada' }]);
  });

  it('find a damaged or missing file before anything is touched', async () => {
    const manifest = await backup();
    await target.query("INSERT INTO app_user (id, name) VALUES (gen_random_uuid(), 'grace')");
    appendFileSync(join(folder, manifest.tables[0]!.file), 'x');
    rmSync(join(folder, manifest.tables[1]!.file));
    await expect(restore(true)).rejects.toThrow(
      new RegExp(`damaged.*${manifest.tables[0]!.file} has changed.*${manifest.tables[1]!.file} is missing`),
    );
    expect(await target.query('SELECT name FROM app_user')).toEqual([{ name: 'grace' }]);
  });

  it('refuse a folder that is no backup, one of another version, and a path out of the folder', async () => {
    await expect(restore()).rejects.toThrow(/is no backup/);
    await backup();
    changeManifest((manifest) => manifest.migrations.push('29990101000000_future'));
    await expect(restore()).rejects.toThrow(/another version.*future/);
    changeManifest((manifest) => Object.assign(manifest.tables[0]!, { file: '../../etc/passwd' }));
    await expect(restore()).rejects.toThrow(/not the list of contents/);
  });

  it('leave nothing behind when a backup fails', async () => {
    const empty = await createTestDatabase({ empty: true });
    await expect(makeBackup({ databaseUrl: empty.url, folder, version: '0' })).rejects.toThrow();
    await empty.drop();
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(base)).toEqual([]);
  });
});
