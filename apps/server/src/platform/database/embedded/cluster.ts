import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { bareEnvironment } from '../../config/load-config.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { canWriteTo, runAs, type ServiceAccount } from './service-account.js';

/** An initialised database folder and how to log in to it. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

const recordSchema = z.object({ folder: z.string(), password: z.string().min(1) });
const recordFile = (dataFolder: string): string => join(dataFolder, 'postgres.json');

export const clusterUser = 'countroom';
export const clusterDatabase = 'countroom';

/** The cluster that belongs to a data folder, or undefined when none was made yet. */
export function readCluster(dataFolder: string): Cluster | undefined {
  const file = recordFile(dataFolder);
  if (!existsSync(file)) return undefined;
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(
      `${file} (where the database is and its password) cannot be read. Restore it from a backup of that file.`,
      { cause },
    );
  }
}

/** Opens the cluster of a data folder, making it first when there is none. */
export function openCluster(
  dataFolder: string,
  binaries: PostgresBinaries,
  account: ServiceAccount | undefined,
  home: string,
): Cluster {
  const known = readCluster(dataFolder);
  if (known !== undefined) {
    // Interrupted between writing the record and giving the new folder its name.
    if (!existsSync(known.folder) && existsSync(`${known.folder}.new`))
      renameSync(`${known.folder}.new`, known.folder);
    checkMajorVersion(known.folder, binaries.major);
    return known;
  }
  const parent = clusterParent(dataFolder, account, home);
  const folder = join(parent, 'postgres');
  if (existsSync(folder)) {
    throw new Error(
      `${folder} holds a database, but ${recordFile(dataFolder)} with its password is missing. ` +
        'Put that file back, or move the folder away to begin with an empty database.',
    );
  }
  const cluster = { folder, password: randomBytes(24).toString('base64url') };
  initialise(cluster, binaries, account);
  writeFileSync(recordFile(dataFolder), `${JSON.stringify(cluster, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${folder}.new`, folder);
  return cluster;
}

/** The data folder itself, or for root, when the account cannot get there, a folder of its own below `home`. */
function clusterParent(dataFolder: string, account: ServiceAccount | undefined, home: string): string {
  const inside = join(dataFolder, 'database');
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  if (account === undefined) return inside;
  chownSync(inside, account.uid, account.gid);
  if (canWriteTo(inside, account)) return inside;
  rmSync(inside, { recursive: true });
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12);
  const outside = join(home, `data-${name}`);
  try {
    mkdirSync(outside, { recursive: true, mode: 0o755 });
    chownSync(outside, account.uid, account.gid);
    chmodSync(outside, 0o700);
  } catch (cause) {
    throw new Error(`The database folder ${outside} cannot be made: ${(cause as Error).message}`, { cause });
  }
  if (canWriteTo(outside, account)) return outside;
  throw new Error(
    `PostgreSQL runs as "${account.name}", which can reach neither ${dataFolder} nor ${outside}. ` +
      `Let that account enter ${home} (chmod o+x on the folders above), or set DATABASE_URL to a server of your own.`,
  );
}

function initialise(cluster: Cluster, binaries: PostgresBinaries, account: ServiceAccount | undefined): void {
  const folder = `${cluster.folder}.new`;
  const passwordFile = `${cluster.folder}.password`;
  rmSync(folder, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  try {
    const options = [
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const result = spawnSync(
      binaries.initdb,
      ['-D', folder, '-U', clusterUser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...options],
      { cwd: '/', env: bareEnvironment({ LC_ALL: 'C', TZ: 'UTC' }), encoding: 'utf8', ...runAs(account) },
    );
    if (result.status !== 0) {
      throw new Error(
        `The database could not be made in ${folder}: ${(result.error?.message ?? result.stderr).trim()}`,
      );
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function checkMajorVersion(folder: string, major: number): void {
  const file = join(folder, 'PG_VERSION');
  if (!existsSync(file)) {
    throw new Error(
      `The database folder ${folder} is missing or not a PostgreSQL one. Put it back, or restore a backup.`,
    );
  }
  const found = readFileSync(file, 'utf8').trim();
  if (Number(found) === major) return;
  throw new Error(
    `The database in ${folder} was made by PostgreSQL ${found}; this Countroom comes with PostgreSQL ${major}. ` +
      'The way across: with the Countroom that made it run "./countroom backup FOLDER", move the data folder away, ' +
      'then with this one run "./countroom restore FOLDER".',
  );
}
