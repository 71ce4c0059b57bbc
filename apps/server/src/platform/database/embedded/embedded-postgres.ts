import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { bareEnvironment } from '../../config/load-config.js';
import { type Cluster, clusterDatabase, clusterUser, openCluster, readCluster } from './cluster.js';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { clearDataFolder, readPostmasterFile, serverProcesses } from './postmaster.js';
import { runAs, type ServiceAccount, serviceAccount } from './service-account.js';

export interface EmbeddedPostgresOptions {
  /** Countroom's data folder; the database lies in it where its account can reach it. */
  readonly dataFolder: string;
  /** Server settings on top of the built-in ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where programs and data go when root starts this and the account cannot reach them in place. */
  readonly home?: string;
}

const defaultHome = '/var/lib/countroom';
const startDeadlineMs = 60_000;

/**
 * PostgreSQL as a child in a process group of its own, so that Ctrl-C in a terminal does not end it before
 * those who still have to write. Listens on a free port of the loopback address only.
 */
export class EmbeddedPostgres {
  private child: ChildProcess | undefined;
  private port: number | undefined;

  private constructor(
    private readonly cluster: Cluster,
    private readonly binaries: PostgresBinaries,
    private readonly account: ServiceAccount | undefined,
    private readonly options: EmbeddedPostgresOptions,
  ) {}

  static open(options: EmbeddedPostgresOptions): EmbeddedPostgres {
    const home = options.home ?? defaultHome;
    const account = serviceAccount();
    const binaries = postgresBinaries(account, home);
    const cluster = openCluster(options.dataFolder, binaries, account, home);
    return new EmbeddedPostgres(cluster, binaries, account, options);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get url(): string {
    if (this.port === undefined) throw new Error('PostgreSQL has not been started.');
    return databaseUrl(this.cluster, this.port, clusterDatabase);
  }

  /** Resolves when the server answers and the database exists. After a crash it comes back on the same port. */
  async start(): Promise<string> {
    await clearDataFolder(this.cluster.folder);
    this.port ??= await freePort();
    const logged = this.logSize();
    const child = this.launch(this.port);
    this.child = child;
    try {
      await this.waitUntilAnswering(child, logged);
    } catch (error) {
      child.kill('SIGQUIT');
      throw error;
    }
    return this.url;
  }

  onExit(listener: (reason: string) => void): void {
    this.child?.once('exit', (code, signal) => listener(signal ?? `exit code ${code ?? 'unknown'}`));
  }

  /** Ends sessions, writes everything to disk, waits until all its processes are gone. */
  async stop(): Promise<void> {
    if (this.child === undefined) return;
    this.child = undefined;
    await clearDataFolder(this.cluster.folder, startDeadlineMs);
  }

  private launch(port: number): ChildProcess {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '200',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_line_prefix: '%m [%p] ',
      ...this.options.settings,
    };
    const log = openSync(this.logFile(), 'a', 0o600);
    try {
      return spawn(
        this.binaries.postgres,
        [
          '-D',
          this.cluster.folder,
          ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
        ],
        {
          cwd: '/',
          env: bareEnvironment({ LC_ALL: 'C' }),
          stdio: ['ignore', log, log],
          detached: true,
          ...runAs(this.account),
        },
      );
    } finally {
      closeSync(log);
    }
  }

  private logFile(): string {
    const folder = join(this.options.dataFolder, 'logs');
    mkdirSync(folder, { recursive: true });
    return join(folder, 'postgres.log');
  }

  private logSize(): number {
    return statSync(this.logFile(), { throwIfNoEntry: false })?.size ?? 0;
  }

  private async waitUntilAnswering(child: ChildProcess, logged: number): Promise<void> {
    let failure: string | undefined;
    child.once('error', (error) => {
      failure = error.message;
    });
    child.once('exit', (code, signal) => {
      failure = `it ended with ${signal ?? `code ${code ?? 'unknown'}`}`;
    });
    const end = Date.now() + startDeadlineMs;
    while (!(await this.answers())) {
      if (failure !== undefined || Date.now() > end) {
        const said = readFileSync(this.logFile(), 'utf8')
          .slice(logged)
          .trim()
          .split('\n')
          .slice(-5)
          .join('\n');
        throw new Error(
          `PostgreSQL did not start in ${this.cluster.folder}: ${failure ?? 'no answer within a minute'}. ` +
            `Its log ${this.logFile()} says:\n${said}`,
        );
      }
      await sleep(25);
    }
  }

  private async answers(): Promise<boolean> {
    if (this.port === undefined || readPostmasterFile(this.cluster.folder)?.port !== this.port) return false;
    const client = new pg.Client({ connectionString: databaseUrl(this.cluster, this.port, 'postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [clusterDatabase]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${clusterDatabase}`);
      return true;
    } catch (error) {
      // 57P03: still starting up; a refused connection: not listening yet.
      const code = (error as { code?: string }).code ?? '';
      if (['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(code)) return false;
      throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Address of the database of a data folder while somebody else (a running supervisor) serves it. */
export function runningDatabaseUrl(dataFolder: string): string | undefined {
  const cluster = readCluster(dataFolder);
  if (cluster === undefined) return undefined;
  const file = readPostmasterFile(cluster.folder);
  if (file === undefined || !serverProcesses(cluster.folder).includes(file.pid)) return undefined;
  return databaseUrl(cluster, file.port, clusterDatabase);
}

function databaseUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${clusterUser}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
