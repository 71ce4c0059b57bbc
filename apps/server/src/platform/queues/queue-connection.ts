import { type BackendFactory, createPostgresBackend, createRedisBackend, type IQueueBackend } from 'bullmq';

/** Where the queue lives; one port, two backends. */
export interface QueueConnection {
  readonly kind: 'postgres' | 'redis';
  readonly connection: object;
  readonly backend: BackendFactory<IQueueBackend, object>;
}

export interface QueueAddresses {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
}

const schema = 'queue';

/** Redis when it is configured, PostgreSQL (a schema of its own in the same database) otherwise. */
export function queueConnection(addresses: QueueAddresses): QueueConnection {
  if (addresses.redisUrl !== undefined) {
    return {
      kind: 'redis',
      connection: redisOptions(addresses.redisUrl),
      backend: createRedisBackend,
    };
  }
  return {
    kind: 'postgres',
    connection: { connectionString: addresses.databaseUrl, schema, migrate: true, max: 4, keepAlive: true },
    backend: createPostgresBackend as unknown as BackendFactory<IQueueBackend, object>,
  };
}

function redisOptions(url: string): object {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? 6379 : Number(port),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    db: Number(pathname.slice(1)) || 0,
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
    maxRetriesPerRequest: null,
  };
}
