import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigModule } from '../config/config.module.js';
import { parseConfig } from '../config/load-config.js';
import { DatabaseModule } from '../database/database.module.js';
import { createLog } from '../logging/create-log.js';
import { LoggingModule } from '../logging/logging.module.js';
import { NestLog } from '../logging/nest-log.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { HealthModule } from './health.module.js';

let database: TestDatabase;
let app: INestApplication;
let address: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const config = parseConfig({ DATABASE_URL: database.url, COUNTROOM_DATA: '/tmp' });
  const log = createLog('test', 'silent');
  @Module({
    imports: [
      ConfigModule.forRoot(config),
      LoggingModule.forRoot(log),
      DatabaseModule,
      QueuesModule.forProducers(),
      HealthModule,
      MetricsModule,
    ],
  })
  class Root {}
  app = await NestFactory.create(Root);
  app.useLogger(new NestLog(log));
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('the platform modules together', () => {
  it('answers that it lives', async () => {
    const response = await fetch(`${address}/api/v1/health/live`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('serves metrics, with the requests and the queue', async () => {
    await fetch(`${address}/api/v1/health/live`);
    const text = await (await fetch(`${address}/api/metrics`)).text();
    expect(text).toMatch(/^countroom_http_request_seconds_count\{.*status="200"\} \d+$/m);
    expect(text).toMatch(/^countroom_queue_jobs\{name="process-stage",state="waiting"\} 0$/m);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('is ready while the database answers, and not ready when it has gone', async () => {
    expect((await fetch(`${address}/api/v1/health/ready`)).status).toBe(200);
    await database.drop();
    const response = await fetch(`${address}/api/v1/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: 'unavailable',
      checks: [{ name: 'database', ok: false }, { ok: true }],
    });
    expect((await fetch(`${address}/api/v1/health/live`)).status).toBe(200);
  });
});
