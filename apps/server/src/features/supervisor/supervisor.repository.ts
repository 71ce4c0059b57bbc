import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

export const setupTokenMinutes = 15;

/** The few questions the supervisor has; it keeps no connection open for them. */
export class SupervisorRepository {
  constructor(private readonly databaseUrl: string) {}

  /** Detectors that want an acquisition process. */
  async liveDetectors(): Promise<string[]> {
    const rows = await this.query<{ name: string }>(
      "SELECT name FROM detector WHERE enabled AND kind = 'live' ORDER BY created_at, name",
    );
    return rows.map(({ name }) => name);
  }

  async hasUsers(): Promise<boolean> {
    return (await this.query('SELECT 1 FROM app_user LIMIT 1')).length > 0;
  }

  /** A new token for the set-up page; the ones before it are void from now on. Only its hash is stored. */
  async createSetupToken(): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const hash = createHash('sha256').update(token).digest('hex');
    await this.query(
      `WITH voided AS (DELETE FROM setup_token WHERE used_at IS NULL)
       INSERT INTO setup_token (id, secret_hash, expires_at)
       VALUES (gen_random_uuid(), $1, now() + $2 * interval '1 minute')`,
      [hash, setupTokenMinutes],
    );
    return token;
  }

  private async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl, connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }
}
