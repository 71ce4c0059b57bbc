import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { HashingStream } from '../../platform/files/checksum.js';
import { BackupError } from './backup.errors.js';
import { type Manifest, manifestFile, type TableEntry } from './backup.manifest.js';
import { BackupRepository, type TableShape } from './backup.repository.js';

export interface BackupOptions {
  readonly databaseUrl: string;
  /** A folder that does not exist yet, or with `replace` an older backup. */
  readonly folder: string;
  readonly version: string;
  readonly replace?: boolean;
}

/** Copies the run database as of one moment into a folder; the folder gets its name when it is complete. */
export async function makeBackup({
  databaseUrl,
  folder,
  version,
  replace,
}: BackupOptions): Promise<Manifest> {
  const final = resolve(folder);
  checkTarget(final, replace === true);
  const partial = `${final}.partial-${process.pid}`;
  mkdirSync(join(partial, 'tables'), { recursive: true, mode: 0o700 });
  try {
    const manifest = await copyAll(databaseUrl, partial, version);
    writeFileSync(join(partial, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    if (existsSync(final)) rmSync(final, { recursive: true });
    renameSync(partial, final);
    return manifest;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
}

function checkTarget(final: string, replace: boolean): void {
  if (!existsSync(final)) return;
  if (!replace) {
    throw new BackupError(
      `${final} exists already; choose a new folder, or give --force to replace that backup.`,
    );
  }
  if (!existsSync(join(final, manifestFile))) {
    throw new BackupError(`${final} is no backup, and is not replaced by one; choose another folder.`);
  }
}

async function copyAll(databaseUrl: string, folder: string, version: string): Promise<Manifest> {
  const database = await BackupRepository.connect(databaseUrl);
  try {
    await database.beginSnapshot();
    const migrations = await database.migrations();
    if (migrations.length === 0)
      throw new BackupError('The database holds no tables of Countroom; there is nothing to back up.');
    const tables: TableEntry[] = [];
    for (const shape of await database.tables()) tables.push(await copyTable(database, shape, folder));
    const manifest: Manifest = {
      format: 'countroom-backup',
      formatVersion: 1,
      madeAt: new Date().toISOString(),
      countroom: version,
      postgres: await database.serverVersion(),
      migrations,
      tables,
      sequences: await database.sequences(),
    };
    await database.commit();
    return manifest;
  } finally {
    await database.close();
  }
}

async function copyTable(database: BackupRepository, shape: TableShape, folder: string): Promise<TableEntry> {
  const file = `tables/${shape.name}.copy.gz`;
  const path = join(folder, file);
  const hash = new HashingStream();
  const rows = await database.count(shape.name);
  await pipeline(database.copyOut(shape), createGzip(), hash, createWriteStream(path, { mode: 0o600 }));
  await flush(path);
  return { name: shape.name, columns: [...shape.columns], rows, file, sha256: hash.hex() };
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
