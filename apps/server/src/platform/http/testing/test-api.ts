import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiPrefix, type Grant } from '@countroom/contracts';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApi } from '../../../create-api.js';
import { csrfTokenOf, hashSecret, newSecret } from '../../auth/secrets.js';
import { sessionCookieName } from '../../auth/session-cookie.js';
import { parseConfig } from '../../config/load-config.js';
import { PrismaService } from '../../database/prisma.service.js';
import { createLog } from '../../logging/create-log.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';

export interface Caller {
  readonly userId: string;
  readonly headers: Readonly<Record<string, string>>;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}
export interface CallOptions {
  readonly as?: Caller;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real API on a port and a database of its own. */
export interface TestApi {
  readonly app: NestExpressApplication;
  readonly prisma: PrismaService;
  readonly origin: string;
  /** Calls a path below /api/v1 (or any that begins with /api or a slash of `raw`). */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** A new user with these grants, logged in. */
  signIn(name: string, grants: readonly Grant[]): Promise<Caller>;
  stop(): Promise<void>;
}

/** On a database of its own, unless one is given. */
export async function startTestApi(
  environment: Record<string, string> = {},
  given?: Pick<TestDatabase, 'url' | 'drop'>,
): Promise<TestApi> {
  const database = given ?? (await createTestDatabase());
  const busFolder = join(tmpdir(), `cr-bus-${randomUUID().slice(0, 8)}`);
  const config = parseConfig({
    DATABASE_URL: database.url,
    COUNTROOM_PORT: '0',
    COUNTROOM_BUS_FOLDER: busFolder,
    ...environment,
  });
  const app = await createApi({ config, log: createLog('api', 'silent'), options: { answersMustFit: true } });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const prisma = app.get(PrismaService);
  return {
    app,
    prisma,
    origin,
    call: (method, path, options) => callApi(`${origin}${prefixed(path)}`, method, options),
    signIn: (name, grants) => signIn(prisma, name, grants),
    stop: async () => {
      await app.close();
      await database.drop();
      rmSync(busFolder, { recursive: true, force: true });
    },
  };
}

function prefixed(path: string): string {
  return path.startsWith('/api/') ? path : `${apiPrefix}${path}`;
}

async function callApi(url: string, method: string, options: CallOptions = {}): Promise<Answer> {
  const { body, as, headers = {} } = options;
  const typed = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...typed, ...as?.headers, ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** Straight into the database: a password hash per caller would take a quarter of a second each. */
async function signIn(prisma: PrismaService, name: string, grants: readonly Grant[]): Promise<Caller> {
  const rows = [];
  for (const { role, detector } of grants) {
    const found =
      detector === null ? null : await prisma.detector.findUniqueOrThrow({ where: { name: detector } });
    rows.push({ role, detectorId: found?.id ?? null });
  }
  const secret = newSecret();
  const user = await prisma.user.create({
    data: {
      name,
      grants: { create: rows },
      sessions: {
        create: {
          secretHash: hashSecret(secret),
          csrfHash: hashSecret(csrfTokenOf(secret)),
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      },
    },
  });
  return {
    userId: user.id,
    headers: { cookie: `${sessionCookieName(false)}=${secret}`, 'x-csrf-token': csrfTokenOf(secret) },
  };
}
