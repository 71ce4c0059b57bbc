import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { logLevels, roles, Values } from './variables.js';
import { workspaceRoot } from './workspace-root.js';

export type Role = (typeof roles)[number];
export type LogLevel = (typeof logLevels)[number];

const gib = 2 ** 30;

/** Deployment settings, read once from the environment and frozen. Also the token they are injected by. */
export class AppConfig {
  readonly dataFolder: string;
  readonly logFolder: string;
  readonly importFolder: string;
  /** Folder of consumer modules; undefined: none may be named. */
  readonly consumerFolder: string | undefined;
  /** Folder of each store on this machine; "data" is always there. */
  readonly stores: Readonly<Record<string, string>>;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly auth: 'on' | 'off';
  /** Undefined only in the supervisor, before it has started the embedded server. */
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly redisUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly diskReserveBytes: number;
  readonly uploadLimitBytes: number;
  readonly roles: readonly Role[];
  /** Detectors whose acquisition runs here; undefined for all. */
  readonly detectors: readonly string[] | undefined;
  readonly workers: { readonly processes: number; readonly concurrency: number; readonly threads: number };
  readonly bus: {
    readonly folder: string;
    /** The folder is one below the temporary folder that only this data folder's processes use. */
    readonly isOwn: boolean;
    readonly listen: string | undefined;
    readonly connect: readonly string[];
    readonly keyFile: string | undefined;
  };

  constructor(values: Values) {
    this.dataFolder = resolve(workspaceRoot, values.COUNTROOM_DATA ?? 'data');
    this.logFolder = join(this.dataFolder, 'logs');
    this.importFolder = values.COUNTROOM_IMPORT_FOLDER ?? join(this.dataFolder, 'import');
    this.consumerFolder = values.COUNTROOM_CONSUMERS;
    this.stores = { data: join(this.dataFolder, 'files'), ...values.COUNTROOM_STORES };
    this.host = values.COUNTROOM_HOST;
    this.port = values.COUNTROOM_PORT;
    this.publicUrl = values.COUNTROOM_PUBLIC_URL;
    this.trustedProxies = values.COUNTROOM_TRUSTED_PROXY;
    this.auth = values.COUNTROOM_AUTH;
    this.databaseUrl = values.DATABASE_URL;
    this.databasePool = values.COUNTROOM_DATABASE_POOL;
    this.redisUrl = values.REDIS_URL;
    this.logLevel = values.COUNTROOM_LOG_LEVEL;
    this.diskReserveBytes = values.COUNTROOM_DISK_RESERVE_GIB * gib;
    this.uploadLimitBytes = values.COUNTROOM_UPLOAD_LIMIT_GIB * gib;
    this.roles = values.COUNTROOM_ROLES;
    this.detectors = values.COUNTROOM_DETECTORS;
    this.workers = {
      processes: values.COUNTROOM_WORKERS,
      concurrency: values.COUNTROOM_WORKER_CONCURRENCY,
      threads: values.COUNTROOM_WORKER_THREADS,
    };
    this.bus = {
      folder: values.COUNTROOM_BUS_FOLDER ?? defaultBusFolder(this.dataFolder),
      isOwn: values.COUNTROOM_BUS_FOLDER === undefined,
      listen: values.COUNTROOM_BUS_LISTEN,
      connect: values.COUNTROOM_BUS_CONNECT,
      keyFile: values.COUNTROOM_BUS_KEY_FILE,
    };
  }
}

/** Short whatever the data folder's path is: socket paths end at 107 bytes. */
function defaultBusFolder(dataFolder: string): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 10);
  const base = tmpdir().length <= 40 ? tmpdir() : '/tmp';
  return join(base, `countroom-${process.getuid?.() ?? 0}-${name}`);
}
