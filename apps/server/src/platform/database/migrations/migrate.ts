import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { migrationNames, migrationsFolder, readMigrations } from './migration-files.js';
import { type SchemaEngine, withSchemaEngine } from './schema-engine.js';

export interface MigrateOptions {
  readonly folder?: string;
  /** These migrations and no later ones; all of the folder when not given. */
  readonly upTo?: readonly string[];
}

export interface MigrationResult {
  /** Names of the migrations applied by this call, oldest first. */
  readonly applied: readonly string[];
  /** Names of migrations that had failed before and were tried again. */
  readonly retried: readonly string[];
}

/** Ours, around the engine's own lock, which does not cover the look at what failed before. */
const migrationLock = 0x636f_756e;

/**
 * Brings a database to the newest schema. Any number of processes may call it at once: one applies, the
 * others wait and find nothing left to do. A migration that failed was rolled back wholly, so it is tried again.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<MigrationResult> {
  const { folder = migrationsFolder } = options;
  const names = options.upTo ?? migrationNames(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await withSchemaEngine(databaseUrl, (engine) => applyAll(engine, readMigrations(folder, names)));
  } finally {
    await client.end();
  }
}

const filters = { externalTables: [], externalEnums: [] };

async function applyAll(engine: SchemaEngine, migrationsList: MigrationList): Promise<MigrationResult> {
  const found = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters,
  });
  refuseNewerDatabase(found.history);
  for (const migrationName of found.failedMigrationNames)
    await engine.markMigrationRolledBack({ migrationName });
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
  return { applied: appliedMigrationNames, retried: found.failedMigrationNames };
}

type History = Awaited<ReturnType<SchemaEngine['diagnoseMigrationHistory']>>['history'];

function refuseNewerDatabase(history: History): void {
  if (history === null || history.diagnostic === 'databaseIsBehind') return;
  const unknown = history.unpersistedMigrationNames;
  throw new Error(
    `The database was brought up to date by another version of Countroom (it has ${unknown.join(', ')}, unknown here). ` +
      'Start that version, or restore a backup made by this one.',
  );
}
