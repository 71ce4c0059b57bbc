import { availableParallelism } from 'node:os';
import { isAbsolute } from 'node:path';
import { z } from 'zod';

/** How one environment variable is read; `expects` completes "expected ..." in the list of faults. */
export interface Variable<T> {
  readonly schema: z.ZodType<T>;
  readonly expects: string;
  readonly about: string;
  /** Shown in .env.example, commented out: the default, or an example where there is none. */
  readonly example: string;
  readonly secret?: boolean;
}

function variable<T>(definition: Variable<T>): Variable<T> {
  return definition;
}

const wholeNumber = (min: number, max: number): z.ZodType<number> =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));

const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(z.array(z.string().min(1)));

const urlOf = (...protocols: string[]): z.ZodType<string> =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

const absoluteFolder = z.string().refine(isAbsolute);

const stores = list.transform((entries, context) => {
  const folders: Record<string, string> = {};
  for (const entry of entries) {
    const [, name, folder] = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(entry) ?? [];
    if (name === undefined || folder === undefined || !isAbsolute(folder) || name in folders) {
      context.addIssue({ code: 'custom', message: entry });
      return z.NEVER;
    }
    folders[name] = folder;
  }
  return folders;
});

export const roles = ['api', 'acquisition', 'worker'] as const;
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every variable the server reads, in the order of .env.example. */
export const variables = {
  COUNTROOM_DATA: variable({
    schema: z.string().min(1).optional(),
    expects: 'a folder',
    about: 'Folder of recorded files, the embedded database and logs.',
    example: './data',
  }),
  COUNTROOM_HOST: variable({
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default('127.0.0.1'),
    expects: 'an IP address or host name to listen on',
    about: 'Address the web page and API listen on. 0.0.0.0 lets other machines in.',
    example: '127.0.0.1',
  }),
  COUNTROOM_PORT: variable({
    schema: wholeNumber(0, 65535).default(8420),
    expects: 'a port number from 0 (any free one) to 65535',
    about: 'Port of the web page and API.',
    example: '8420',
  }),
  COUNTROOM_PUBLIC_URL: variable({
    schema: urlOf('http:', 'https:').optional(),
    expects: 'an http or https address',
    about: 'Address that browsers use, when a reverse proxy stands in front.',
    example: 'https://countroom.example.org',
  }),
  COUNTROOM_TRUSTED_PROXY: variable({
    schema: list.default([]),
    expects: 'addresses or networks separated by commas',
    about: 'Reverse proxies whose X-Forwarded headers are believed.',
    example: '127.0.0.1,10.0.0.0/8',
  }),
  COUNTROOM_AUTH: variable({
    schema: z.enum(['on', 'off']).default('on'),
    expects: '"on" or "off"',
    about: 'Log-in. "off" makes everybody administrator and is allowed on a loopback address only.',
    example: 'on',
  }),
  DATABASE_URL: variable({
    schema: urlOf('postgres:', 'postgresql:').optional(),
    expects: 'a postgresql:// address',
    about: 'A PostgreSQL server (16 or newer) of your own, instead of the embedded one.',
    example: 'postgresql://countroom:password@db.example.org:5432/countroom',
    secret: true,
  }),
  COUNTROOM_DATABASE_POOL: variable({
    schema: wholeNumber(2, 200).default(10),
    expects: 'a number of connections from 2 to 200',
    about: 'Most database connections of one process.',
    example: '10',
  }),
  REDIS_URL: variable({
    schema: urlOf('redis:', 'rediss:').optional(),
    expects: 'a redis:// or rediss:// address',
    about: 'A Redis server for the job queue and several api processes, instead of PostgreSQL.',
    example: 'redis://redis.example.org:6379',
    secret: true,
  }),
  COUNTROOM_LOG_LEVEL: variable({
    schema: z.enum(logLevels).default('info'),
    expects: `one of ${logLevels.join(', ')}`,
    about: 'Least important log lines that are written.',
    example: 'info',
  }),
  COUNTROOM_CONSUMERS: variable({
    schema: absoluteFolder.optional(),
    expects: 'an absolute path',
    about: 'Folder of JavaScript modules that detector configurations may name as consumers of events.',
    example: '/srv/countroom/consumers',
  }),
  COUNTROOM_IMPORT_FOLDER: variable({
    schema: absoluteFolder.optional(),
    expects: 'an absolute folder',
    about: 'Folder of recorded files that the web page may import from (import/ in the data folder).',
    example: '/srv/recorded',
  }),
  COUNTROOM_STORES: variable({
    schema: stores.default({}),
    expects: 'name=/absolute/folder pairs separated by commas, names in lower case',
    about: 'Where further stores of data files lie on this machine.',
    example: 'archive=/mnt/archive',
  }),
  COUNTROOM_DISK_RESERVE_GIB: variable({
    schema: wholeNumber(0, 1_000_000).default(1),
    expects: 'a whole number of GiB',
    about: 'Free disk space below which a run is stopped with an alarm.',
    example: '1',
  }),
  COUNTROOM_UPLOAD_LIMIT_GIB: variable({
    schema: wholeNumber(1, 1_000_000).default(100),
    expects: 'a whole number of GiB',
    about: 'Largest file that can be uploaded.',
    example: '100',
  }),
  COUNTROOM_ROLES: variable({
    schema: list.pipe(z.array(z.enum(roles)).min(1)).default([...roles]),
    expects: `some of ${roles.join(', ')}, separated by commas`,
    about: 'Which processes "up" runs on this machine.',
    example: roles.join(','),
  }),
  COUNTROOM_DETECTORS: variable({
    schema: list.optional(),
    expects: 'detector names separated by commas',
    about: 'Detectors whose acquisition runs on this machine (all that are configured).',
    example: 'demo',
  }),
  COUNTROOM_WORKERS: variable({
    schema: wholeNumber(1, 64).default(1),
    expects: 'a number of processes from 1 to 64',
    about: 'Worker processes on this machine.',
    example: '1',
  }),
  COUNTROOM_WORKER_CONCURRENCY: variable({
    schema: wholeNumber(1, 64).default(1),
    expects: 'a number of jobs from 1 to 64',
    about: 'Jobs that one worker process runs at a time.',
    example: '1',
  }),
  COUNTROOM_WORKER_THREADS: variable({
    schema: wholeNumber(1, 1024).default(availableParallelism()),
    expects: 'a number of threads from 1 to 1024',
    about: 'Threads that one job may use (the number of processors).',
    example: '4',
  }),
  COUNTROOM_BUS_FOLDER: variable({
    schema: absoluteFolder.refine((folder) => folder.length <= 60).optional(),
    expects: 'an absolute folder of at most 60 characters (socket paths have a length limit)',
    about: 'Folder of the sockets between processes of this machine (one below the temporary folder).',
    example: '/run/countroom',
  }),
  COUNTROOM_BUS_LISTEN: variable({
    schema: z
      .string()
      .regex(/^tcp:\/\/[^/]+:\d+$/)
      .optional(),
    expects: 'tcp://address:port',
    about: 'Where acquisition publishes live frames for api processes on other machines.',
    example: 'tcp://0.0.0.0:8421',
  }),
  COUNTROOM_BUS_CONNECT: variable({
    schema: list.pipe(z.array(z.string().regex(/^tcp:\/\/[^/]+:\d+$/))).default([]),
    expects: 'tcp://address:port, several separated by commas',
    about: 'Acquisition processes on other machines whose live frames this api shows.',
    example: 'tcp://daq1.example.org:8421',
  }),
  COUNTROOM_BUS_KEY_FILE: variable({
    schema: absoluteFolder.optional(),
    expects: 'the absolute path of a file',
    about: 'CURVE keys of the bus between machines; the same file on each of them.',
    example: '/etc/countroom/bus.json',
  }),
} as const;

export type VariableName = keyof typeof variables;
export type Values = { [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> };
