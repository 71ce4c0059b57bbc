/**
 * Writes the next migration: the difference between the schema that the migrations lead to and
 * prisma/schema.prisma, computed offline (no database, no engine binary).
 *
 *   node tools/migrate/author.mjs <name>     writes prisma/migrations/<time>_<name>/migration.sql
 *   node tools/migrate/author.mjs --check    fails when the schema has changes without a migration
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { diffSchemas } from './schema-engine.mjs';
import {
  listMigrations,
  migratedSchemaFile,
  migrationsFolder,
  readSchema,
  root,
  schemaFile,
} from './schema-files.mjs';

const [argument] = process.argv.slice(2);
if (argument === undefined || !/^(--check|[a-z0-9]+(_[a-z0-9]+)*)$/.test(argument)) {
  process.stderr.write('Usage: node tools/migrate/author.mjs <name_in_lower_case | --check>\n');
  process.exit(2);
}

const before = listMigrations().length === 0 ? [] : readSchema(migratedSchemaFile);
const script = await diffSchemas(before, readSchema(schemaFile));

if (argument === '--check') {
  if (script !== '') {
    process.stderr.write(
      `prisma/schema.prisma has changes without a migration; write one with\n  node tools/migrate/author.mjs <name>\n\n${script}\n`,
    );
    process.exit(1);
  }
} else if (script === '') {
  process.stdout.write('The migrations already lead to prisma/schema.prisma; nothing written.\n');
} else {
  const time = new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const folder = join(migrationsFolder, `${time}_${argument}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), `${script}\n`);
  writeFileSync(join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  writeFileSync(migratedSchemaFile, readFileSync(schemaFile, 'utf8'));
  process.stdout.write(`${relative(root, folder)}/migration.sql\n`);
}
