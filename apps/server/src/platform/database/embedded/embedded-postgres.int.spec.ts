import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../../testing/test-server.js';
import { waitFor } from '../../testing/wait-for.js';
import { readCluster } from './cluster.js';
import { EmbeddedPostgres, runningDatabaseUrl } from './embedded-postgres.js';
import { postgresBinaries } from './postgres-binaries.js';
import { readPostmasterFile, serverProcesses } from './postmaster.js';
import { serviceAccount } from './service-account.js';

let base: string;
let dataFolder: string;
const opened: EmbeddedPostgres[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'countroom-postgres-'));
  chmodSync(base, 0o755);
  dataFolder = join(base, 'data');
});
afterEach(async () => {
  for (const postgres of opened.splice(0)) await postgres.stop();
  rmSync(base, { recursive: true, force: true });
});

function open(): EmbeddedPostgres {
  const postgres = EmbeddedPostgres.open({
    dataFolder,
    home: join(base, 'home'),
    settings: { fsync: 'off' },
  });
  opened.push(postgres);
  return postgres;
}

const folder = (): string => readCluster(dataFolder)!.folder;

describe('embedded PostgreSQL', () => {
  it('keeps its data over a stop, under a generated password that only the owner can read', async () => {
    const first = open();
    const url = await first.start();
    expect(new URL(url).hostname).toBe('127.0.0.1');
    await query(url, 'CREATE TABLE kept (n int)');
    expect(statSync(join(dataFolder, 'postgres.json')).mode & 0o777).toBe(0o600);
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
    expect(runningDatabaseUrl(dataFolder)).toBe(url);
    await first.stop();
    expect(runningDatabaseUrl(dataFolder)).toBeUndefined();
    expect(await query(await open().start(), 'SELECT count(*) FROM kept')).toEqual([{ count: '0' }]);
  });

  it('starts after a crash, whoever has the dead server’s process number now', async () => {
    const first = open();
    await first.start();
    process.kill(first.pid!, 'SIGKILL');
    await waitFor('its processes to end', () => serverProcesses(folder()).length === 0);
    const file = join(folder(), 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'));
    expect(await query(await open().start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes over from a server that outlived its supervisor', async () => {
    const first = open();
    await first.start();
    const second = open();
    await second.start();
    expect(second.pid).not.toBe(first.pid);
    expect(readPostmasterFile(folder())?.pid).toBe(second.pid);
  });

  it('refuses the data of another major version, and tells the way across', async () => {
    await open().start();
    await opened.pop()!.stop();
    writeFileSync(join(folder(), 'PG_VERSION'), '17\n');
    expect(open).toThrow(/made by PostgreSQL 17; this Countroom comes with PostgreSQL 18.*backup.*restore/);
  });

  it('finishes an initialisation that was interrupted', async () => {
    mkdirSync(join(dataFolder, 'database', 'postgres.new'), { recursive: true });
    expect(await query(await open().start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('names the missing password file instead of making a second database', async () => {
    await open().start();
    await opened.pop()!.stop();
    rmSync(join(dataFolder, 'postgres.json'));
    expect(open).toThrow(/postgres\.json with its password is missing/);
  });

  it('puts the server’s own words into the error when it does not start', async () => {
    const postgres = EmbeddedPostgres.open({
      dataFolder,
      home: join(base, 'home'),
      settings: { shared_buffers: 'lots' },
    });
    await expect(postgres.start()).rejects.toThrow(
      /did not start.*invalid value for parameter "shared_buffers"/s,
    );
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('as root runs as an unprivileged account, also from folders that this cannot enter', async () => {
    const locked = join(base, 'locked');
    mkdirSync(locked, { mode: 0o700 });
    dataFolder = join(locked, 'data');
    const postgres = open();
    expect(await query(await postgres.start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(folder().startsWith(join(base, 'home'))).toBe(true);
    expect(statSync(`/proc/${postgres.pid}`).uid).toBe(serviceAccount()!.uid);
    expect(existsSync(join(dataFolder, 'database'))).toBe(false);
    await postgres.stop();
    expect(await query(await open().start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  asRoot('says in one line when even its own folder cannot be entered', () => {
    const locked = join(base, 'locked');
    mkdirSync(locked, { mode: 0o700 });
    dataFolder = join(locked, 'data');
    expect(() => EmbeddedPostgres.open({ dataFolder, home: join(locked, 'home') })).toThrow(
      /^PostgreSQL runs as "\w+", which can reach neither .*set DATABASE_URL[^\n]*$/,
    );
  });
});

describe('postgresBinaries', () => {
  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('copies the programs to where the account can run them', () => {
    const account = serviceAccount();
    const home = join(base, 'home');
    const { postgres } = postgresBinaries(account, home);
    // Servers of other tests run from the package itself.
    const folder = join(base, 'package');
    cpSync(dirname(dirname(postgres)), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
    chmodSync(folder, 0o700);
    const copied = postgresBinaries(account, home, { folder, version: '1' });
    expect(copied.postgres.startsWith(home)).toBe(true);
    expect(postgresBinaries(account, home, { folder, version: '1' })).toEqual(copied);
  });
});

describe('serviceAccount', () => {
  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('prefers "postgres", falls back to "nobody", and says what to do without either', () => {
    const file = join(base, 'passwd');
    const root = 'root:x:0:0::/root:/bin/sh\n';
    writeFileSync(file, `${root}nobody:x:65534:65533::/:/bin/false\npostgres:x:101:104::/:/bin/sh\n`);
    expect(serviceAccount(file)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    writeFileSync(file, `${root}nobody:x:65534:65533::/:/bin/false\n`);
    expect(serviceAccount(file)).toEqual({ name: 'nobody', uid: 65534, gid: 65533 });
    writeFileSync(file, root);
    expect(() => serviceAccount(file)).toThrow(/Start Countroom as an ordinary user/);
  });
});
