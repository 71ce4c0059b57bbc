import { createLiveClient } from '@countroom/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../http/testing/test-api.js';
import { hasRedis, startTestRedis, type TestRedis } from '../testing/redis-server.js';
import { waitFor } from '../testing/wait-for.js';

describe.skipIf(!hasRedis)('the live socket with Redis', () => {
  let redis: TestRedis;
  let api: TestApi;

  beforeAll(async () => {
    redis = await startTestRedis();
    api = await startTestApi({ REDIS_URL: redis.url, COUNTROOM_AUTH: 'off' });
  });
  afterAll(async () => {
    await api.stop();
    await redis.stop();
  });

  it('lets viewers in and shows them what happens', async () => {
    await api.prisma.detector.create({ data: { name: 'demo', kind: 'live' } });
    const live = createLiveClient({ baseUrl: api.origin });
    const seen: string[] = [];
    live.subscribe('detector.status', { detector: 'demo' }, ({ header }) => void seen.push(header.health));
    await waitFor('the status', () => seen.length > 1);
    expect(seen[0]).toBe('unreachable');
    live.close();
  });
});
