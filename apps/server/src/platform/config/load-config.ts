import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AppConfig } from './app-config.js';
import { type Values, type Variable, type VariableName, variables } from './variables.js';
import { workspaceRoot } from './workspace-root.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong with the environment, each with its name, its value and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  }
}

/** Settings of this process: its environment over an optional .env file in the checkout. */
export function loadConfig(overrides: Environment = {}): AppConfig {
  const file = join(workspaceRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return parseConfig({ ...process.env, ...overrides });
}

export function parseConfig(environment: Environment): AppConfig {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(variables) as [VariableName, Variable<unknown>][]) {
    const text = environment[name] === '' ? undefined : environment[name];
    const parsed = definition.schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name} is ${show(text, definition)}; expected ${definition.expects}`);
  }
  const read = values as Partial<Values>;
  if (
    read.COUNTROOM_AUTH === 'off' &&
    read.COUNTROOM_HOST !== undefined &&
    !isLoopback(read.COUNTROOM_HOST)
  ) {
    faults.push(
      `COUNTROOM_AUTH is "off" while COUNTROOM_HOST is "${read.COUNTROOM_HOST}"; expected a loopback address such as 127.0.0.1`,
    );
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return freeze(assemble(values as Values));
}

/** The environment that gives a child process the same settings. */
export function childEnvironment(overrides: Environment): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides };
}

function assemble(values: Values): AppConfig {
  const dataFolder = resolve(workspaceRoot, values.COUNTROOM_DATA ?? 'data');
  const gib = 2 ** 30;
  return {
    dataFolder,
    logFolder: join(dataFolder, 'logs'),
    importFolder: values.COUNTROOM_IMPORT_FOLDER ?? join(dataFolder, 'import'),
    stores: { data: join(dataFolder, 'files'), ...values.COUNTROOM_STORES },
    host: values.COUNTROOM_HOST,
    port: values.COUNTROOM_PORT,
    publicUrl: values.COUNTROOM_PUBLIC_URL,
    trustedProxies: values.COUNTROOM_TRUSTED_PROXY,
    auth: values.COUNTROOM_AUTH,
    databaseUrl: values.DATABASE_URL,
    databasePool: values.COUNTROOM_DATABASE_POOL,
    redisUrl: values.REDIS_URL,
    logLevel: values.COUNTROOM_LOG_LEVEL,
    diskReserveBytes: values.COUNTROOM_DISK_RESERVE_GIB * gib,
    uploadLimitBytes: values.COUNTROOM_UPLOAD_LIMIT_GIB * gib,
    roles: values.COUNTROOM_ROLES,
    detectors: values.COUNTROOM_DETECTORS,
    workers: {
      processes: values.COUNTROOM_WORKERS,
      concurrency: values.COUNTROOM_WORKER_CONCURRENCY,
      threads: values.COUNTROOM_WORKER_THREADS,
    },
    bus: {
      folder: values.COUNTROOM_BUS_FOLDER ?? defaultBusFolder(dataFolder),
      listen: values.COUNTROOM_BUS_LISTEN,
      connect: values.COUNTROOM_BUS_CONNECT,
      keyFile: values.COUNTROOM_BUS_KEY_FILE,
    },
  };
}

/** Short whatever the data folder's path is: socket paths end at 107 bytes. */
function defaultBusFolder(dataFolder: string): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 10);
  const base = tmpdir().length <= 40 ? tmpdir() : '/tmp';
  return join(base, `countroom-${process.getuid?.() ?? 0}-${name}`);
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function show(text: string | undefined, definition: Variable<unknown>): string {
  if (text === undefined) return 'not set';
  return definition.secret === true ? 'set (not shown: it may hold a password)' : JSON.stringify(text);
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) freeze(inner as object);
  return Object.freeze(value);
}
