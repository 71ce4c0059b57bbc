import type { NotificationChannel } from '@countroom/contracts';
import pg from 'pg';

/**
 * Called with each payload; with null when the connection was (re)made and notifications may have been
 * missed: look at the tables again.
 */
export type NotificationHandler = (payload: string | null) => void;

export interface ListenerOptions {
  readonly databaseUrl: string;
  readonly onError: (error: Error) => void;
  /** Time between looks whether the server still answers on this connection. */
  readonly checkMs?: number;
}

const retryMs = { first: 100, last: 5_000 };

/** One connection that LISTENs for all subscribed channels and comes back by itself when it is lost. */
export class NotificationListener {
  private readonly handlers = new Map<NotificationChannel, Set<NotificationHandler>>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private delay = retryMs.first;
  private state: 'idle' | 'running' | 'closed' = 'idle';

  constructor(private readonly options: ListenerOptions) {}

  /** Returns the function that ends the subscription. */
  subscribe(channel: NotificationChannel, handler: NotificationHandler): () => void {
    const known = this.handlers.get(channel);
    if (known !== undefined) known.add(handler);
    else this.handlers.set(channel, new Set([handler]));
    if (this.state === 'idle') {
      this.state = 'running';
      void this.connect();
    } else if (this.client !== undefined) {
      this.listen(this.client, channel).then(() => handler(null), this.options.onError);
    }
    return () => this.handlers.get(channel)?.delete(handler);
  }

  async close(): Promise<void> {
    this.state = 'closed';
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(this.options.onError);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () =>
      this.lost(client, new Error('The notification connection was closed by the server.')),
    );
    client.on('notification', ({ channel, payload }) => this.dispatch(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await this.listen(client, channel);
    } catch (error) {
      client.removeAllListeners('end');
      client.end().catch(() => undefined);
      this.retry(error as Error);
      return;
    }
    if (this.state === 'closed') return void client.end().catch(() => undefined);
    this.client = client;
    this.delay = retryMs.first;
    this.scheduleCheck(client);
    for (const channel of this.handlers.keys()) this.dispatch(channel, null);
  }

  private async listen(client: pg.Client, channel: NotificationChannel): Promise<void> {
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  private dispatch(channel: string, payload: string | null): void {
    for (const handler of this.handlers.get(channel as NotificationChannel) ?? []) {
      try {
        handler(payload);
      } catch (error) {
        this.options.onError(error as Error);
      }
    }
  }

  /** A connection cut without a word (a pulled cable) is noticed only by asking. */
  private scheduleCheck(client: pg.Client): void {
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.client === client && this.scheduleCheck(client),
        (error: unknown) => this.lost(client, error as Error),
      );
    }, this.options.checkMs ?? 15_000);
  }

  private lost(client: pg.Client, error: Error): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    this.retry(error);
  }

  private retry(error: Error): void {
    if (this.state === 'closed') return;
    this.options.onError(error);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect(), this.delay);
    this.delay = Math.min(this.delay * 2, retryMs.last);
  }
}
