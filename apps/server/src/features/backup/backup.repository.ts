import type { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { leftOut } from './backup.manifest.js';

export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

const quote = pg.escapeIdentifier;

/** One database session on which a whole backup or restore happens. */
export class BackupRepository {
  private constructor(private readonly client: pg.Client) {}

  static async connect(databaseUrl: string): Promise<BackupRepository> {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new BackupRepository(client);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  /** Everything read until `commit` is of one moment, whatever goes on meanwhile. */
  async beginSnapshot(): Promise<void> {
    await this.client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  }

  async begin(): Promise<void> {
    await this.client.query('BEGIN');
  }

  async commit(): Promise<void> {
    await this.client.query('COMMIT');
  }

  async serverVersion(): Promise<string> {
    const { rows } = await this.client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? '';
  }

  async migrations(): Promise<string[]> {
    const { rows } = await this.client.query<{ migration_name: string }>(
      `SELECT migration_name FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
    );
    return rows.map((row) => row.migration_name);
  }

  async tables(): Promise<TableShape[]> {
    const { rows } = await this.client.query<{ name: string; columns: string[] }>(
      `SELECT c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
       FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
         AND NOT c.table_name = ANY($1)
       GROUP BY c.table_name ORDER BY c.table_name`,
      [leftOut],
    );
    return rows;
  }

  async sequences(): Promise<{ name: string; lastValue: string | null }[]> {
    const { rows } = await this.client.query<{ name: string; last: string | null }>(
      `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
    );
    return rows.map(({ name, last }) => ({ name, lastValue: last }));
  }

  async setSequence(name: string, lastValue: string | null): Promise<void> {
    if (lastValue !== null)
      await this.client.query('SELECT setval($1::regclass, $2::bigint)', [
        `public.${quote(name)}`,
        lastValue,
      ]);
  }

  /** PostgreSQL's text form of COPY, which later major versions read too. */
  copyOut({ name, columns }: TableShape): Readable {
    return this.client.query(copyTo(`COPY ${target(name, columns)} TO STDOUT`));
  }

  copyIn({ name, columns }: TableShape): Writable {
    return this.client.query(copyFrom(`COPY ${target(name, columns)} FROM STDIN`));
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.client.query<{ count: string }>(
      `SELECT count(*) FROM public.${quote(table)}`,
    );
    return Number(rows[0]?.count);
  }

  /** Names of the tables that hold anything. */
  async filledTables(): Promise<string[]> {
    const filled: string[] = [];
    for (const { name } of await this.tables()) {
      const { rowCount } = await this.client.query(`SELECT 1 FROM public.${quote(name)} LIMIT 1`);
      if (rowCount !== 0) filled.push(name);
    }
    return filled;
  }

  /** Removes all tables, the queue's included: its entries belong to jobs that are not there any more. */
  async empty(): Promise<void> {
    await this.client.query(
      'DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS queue CASCADE',
    );
  }

  /** Tables refer to each other in circles: keys are taken off for the load, and checked when they are put back. */
  async dropForeignKeys(): Promise<ForeignKey[]> {
    const { rows } = await this.client.query<ForeignKey>(
      `SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace`,
    );
    for (const { table, name } of rows) {
      await this.client.query(`ALTER TABLE public.${quote(table)} DROP CONSTRAINT ${quote(name)}`);
    }
    return rows;
  }

  async addForeignKeys(keys: readonly ForeignKey[]): Promise<void> {
    for (const { table, name, definition } of keys) {
      await this.client.query(
        `ALTER TABLE public.${quote(table)} ADD CONSTRAINT ${quote(name)} ${definition}`,
      );
    }
  }
}

function target(name: string, columns: readonly string[]): string {
  return `public.${quote(name)} (${columns.map(quote).join(', ')})`;
}
