import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const schemaFile = join(root, 'prisma', 'schema.prisma');
export const migrationsFolder = join(root, 'prisma', 'migrations');
/** The schema as the last migration left it: what the next migration starts from. */
export const migratedSchemaFile = join(migrationsFolder, 'schema.migrated.prisma');

/** Paths are relative and the same on every machine, so that a generated client is the same everywhere. */
export function readSchema(file) {
  return existsSync(file) ? [{ path: relative(root, file), content: readFileSync(file, 'utf8') }] : [];
}

export function listMigrations() {
  if (!existsSync(migrationsFolder)) return [];
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(migrationsFolder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort();
}

export function sha256(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}
