import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { uuidV7 } from '../../platform/database/uuid-v7.js';

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

  /** Whether nobody wants anything of a detector and it was doing nothing when it was last heard of. */
  async isIdle(detector: string): Promise<boolean> {
    const rows = await this.query(
      `SELECT 1 FROM detector
       LEFT JOIN detector_actual actual ON actual.detector_id = detector.id
       LEFT JOIN detector_goal goal ON goal.detector_id = detector.id
       WHERE detector.name = $1 AND coalesce(actual.state, 'STOP') = 'STOP' AND coalesce(actual.phase, 'idle') = 'idle'
         AND coalesce(goal.state, 'STOP') = 'STOP'`,
      [detector],
    );
    return rows.length > 0;
  }

  /** Subjects of open alarms of a code that concern no detector. */
  async openAlarms(code: string, subjectPrefix: string): Promise<string[]> {
    const rows = await this.query<{ subject: string }>(
      `SELECT subject FROM alarm
       WHERE cleared_at IS NULL AND detector_id IS NULL AND code = $1 AND starts_with(subject, $2)`,
      [code, subjectPrefix],
    );
    return rows.map(({ subject }) => subject);
  }

  async raiseAlarm(alarm: {
    readonly subject: string;
    readonly code: string;
    readonly message: string;
  }): Promise<void> {
    await this.query(
      `WITH raised AS (
         INSERT INTO alarm (id, subject, code, severity, message) VALUES ($1, $2, $3, 'alarm', $4)
         ON CONFLICT (detector_id, subject, code) WHERE cleared_at IS NULL
         DO UPDATE SET message = excluded.message, occurrences = alarm.occurrences + 1
         RETURNING id::text)
       SELECT pg_notify('alarms', id) FROM raised`,
      [uuidV7(), alarm.subject, alarm.code, alarm.message],
    );
  }

  async clearAlarm(code: string, subject: string): Promise<void> {
    await this.query(
      `WITH cleared AS (
         UPDATE alarm SET cleared_at = clock_timestamp()
         WHERE cleared_at IS NULL AND detector_id IS NULL AND code = $1 AND subject = $2
         RETURNING id::text)
       SELECT pg_notify('alarms', id) FROM cleared`,
      [code, subject],
    );
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
