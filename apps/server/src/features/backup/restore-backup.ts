import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { migrate } from '../../platform/database/migrations/migrate.js';
import { migrationNames } from '../../platform/database/migrations/migration-files.js';
import { sha256OfFile } from '../../platform/files/checksum.js';
import { BackupError } from './backup.errors.js';
import { type Manifest, manifestFile, manifestSchema } from './backup.manifest.js';
import { BackupRepository } from './backup.repository.js';

export interface RestoreOptions {
  readonly databaseUrl: string;
  readonly folder: string;
  /** Replace what the database holds; refused otherwise. */
  readonly replace: boolean;
}

/**
 * Puts a backup into the database: checks every file first, makes the tables as they were, fills them in one
 * transaction, and then brings them to this version's shape.
 */
export async function restoreBackup({ databaseUrl, folder, replace }: RestoreOptions): Promise<Manifest> {
  const source = resolve(folder);
  const manifest = readManifest(source);
  await checkFiles(source, manifest);
  checkMigrations(manifest);

  await prepare(databaseUrl, replace);
  await migrate(databaseUrl, { upTo: manifest.migrations });
  const database = await BackupRepository.connect(databaseUrl);
  try {
    await fill(database, source, manifest);
  } finally {
    await database.close();
  }
  await migrate(databaseUrl);
  return manifest;
}

export function readManifest(folder: string): Manifest {
  const file = join(folder, manifestFile);
  if (!existsSync(file)) throw new BackupError(`${folder} is no backup: it has no ${manifestFile}.`);
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new BackupError(`${file} is not the list of contents of a backup that this version can read.`, {
      cause,
    });
  }
}

async function checkFiles(folder: string, manifest: Manifest): Promise<void> {
  const faults: string[] = [];
  for (const { file, sha256 } of manifest.tables) {
    const path = join(folder, file);
    if (!existsSync(path)) faults.push(`${file} is missing`);
    else if ((await sha256OfFile(path)) !== sha256)
      faults.push(`${file} has changed since the backup was made`);
  }
  if (faults.length > 0)
    throw new BackupError(`The backup ${folder} is damaged, and nothing was restored: ${faults.join('; ')}.`);
}

function checkMigrations(manifest: Manifest): void {
  const known = new Set(migrationNames());
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new BackupError(
    `The backup was made by another version of Countroom (${manifest.countroom}, with ${unknown.join(', ')}). Restore it with that version.`,
  );
}

async function prepare(databaseUrl: string, replace: boolean): Promise<void> {
  const database = await BackupRepository.connect(databaseUrl);
  try {
    const filled = await database.filledTables();
    if (filled.length > 0 && !replace) {
      throw new BackupError(
        `The database is not empty (${filled.slice(0, 4).join(', ')}${filled.length > 4 ? ', ...' : ''}). ` +
          'Restore into a new data folder, or give --force to lose what is there.',
      );
    }
    await database.empty();
  } finally {
    await database.close();
  }
}

async function fill(database: BackupRepository, folder: string, manifest: Manifest): Promise<void> {
  await database.begin();
  const keys = await database.dropForeignKeys();
  for (const { name, columns, file, rows } of manifest.tables) {
    await pipeline(createReadStream(join(folder, file)), createGunzip(), database.copyIn({ name, columns }));
    const found = await database.count(name);
    if (found !== rows)
      throw new BackupError(`${file} holds ${found} rows and not ${rows}; nothing of it was kept.`);
  }
  await database.addForeignKeys(keys);
  for (const { name, lastValue } of manifest.sequences) await database.setSequence(name, lastValue);
  await database.commit();
}
