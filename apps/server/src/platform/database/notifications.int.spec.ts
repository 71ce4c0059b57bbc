import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config/load-config.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { waitFor } from '../testing/wait-for.js';
import { NotificationsService } from './notifications.service.js';
import { PrismaService } from './prisma.service.js';

let database: TestDatabase;
let prisma: PrismaService;
let notifications: NotificationsService;

beforeAll(async () => {
  database = await createTestDatabase();
  const config = parseConfig({ DATABASE_URL: database.url });
  prisma = new PrismaService(config);
  notifications = new NotificationsService(config, prisma);
});
afterAll(async () => {
  await notifications.onApplicationShutdown();
  await prisma.$disconnect();
  await database.drop();
});

async function listenTo(channel: 'intents' | 'jobs'): Promise<(string | null)[]> {
  const seen: (string | null)[] = [];
  notifications.subscribe(channel, (payload) => seen.push(payload));
  await waitFor('the subscription', () => seen.length > 0);
  return seen;
}

describe('NotificationsService', () => {
  it('carries a payload to every subscriber of the channel only', async () => {
    const intents = await listenTo('intents');
    const jobs = await listenTo('jobs');
    await notifications.notify('intents', 'a');
    await waitFor('the notification', () => intents.includes('a'));
    expect(jobs).toEqual([null]);
  });

  it('tells nothing of a transaction that was rolled back', async () => {
    const seen = await listenTo('jobs');
    await prisma
      .$transaction(async (tx) => {
        await notifications.notify('jobs', 'never', tx);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await notifications.notify('jobs', 'after');
    await waitFor('the later one', () => seen.includes('after'));
    expect(seen).not.toContain('never');
  });

  it('comes back after the connection was cut, and says that something may have been missed', async () => {
    const seen = await listenTo('intents');
    const cut = await prisma.$queryRaw<unknown[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`;
    expect(cut).toHaveLength(1);
    await waitFor('the sign of reconnection', () => seen.filter((payload) => payload === null).length >= 2);
    await notifications.notify('intents', 'b');
    await waitFor('a notification on the new connection', () => seen.includes('b'));
  });
});
