import { type BusPublisher, openPublisher } from '@countroom/bus';
import { type ConnectionState, createLiveClient, type LiveClient } from '@countroom/client';
import { type RatesFrame, type ServerEvents, socketPath } from '@countroom/contracts';
import { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startTestApi, type TestApi } from '../http/testing/test-api.js';
import { hasRedis, startTestRedis, type TestRedis } from '../testing/redis-server.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { waitFor } from '../testing/wait-for.js';

const open: { close(): unknown }[] = [];
/** Closed after the test, however it ends: an api that stops waits for its connections. */
function closing<T extends { close(): unknown }>(connection: T): T {
  open.push(connection);
  return connection;
}
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});

const rates: RatesFrame = {
  run: 7,
  channels: [],
  totalHz: 12,
  bytesPerSecond: 0,
  deviceDeadFraction: 0,
  bufferDeadFraction: 0,
  bufferFill: 0,
  history: [],
  historyStepMs: 1000,
};

describe.each([
  ['over the database alone', false],
  ['with Redis', true],
])('two api processes %s', (_, withRedis) => {
  describe.skipIf(withRedis && !hasRedis)('and their viewers', () => {
    let redis: TestRedis | undefined;
    let database: TestDatabase;
    let bus: BusPublisher;
    let first: TestApi;
    let second: TestApi;

    beforeAll(async () => {
      redis = withRedis ? await startTestRedis() : undefined;
      database = await createTestDatabase();
      bus = await openPublisher({ addresses: ['tcp://127.0.0.1:0'] });
      const environment = {
        COUNTROOM_BUS_CONNECT: bus.addresses[0]!,
        ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
      };
      const shared = { url: database.url, drop: () => Promise.resolve() };
      first = await startTestApi(environment, shared);
      second = await startTestApi(environment, shared);
      await first.prisma.detector.create({ data: { name: 'demo', kind: 'live' } });
    });
    afterAll(async () => {
      await second.stop();
      await first.stop();
      await bus.close();
      await database.drop();
      await redis?.stop();
    });

    it('show the same frame of acquisition to a viewer of each', async () => {
      const person = await first.signIn('watcher', [{ role: 'viewer', detector: 'demo' }]);
      const token = await newToken(first, person);
      const seen: number[][] = [[], []];
      const viewers = [first, second].map(({ origin }) =>
        closing(createLiveClient({ baseUrl: origin, token })),
      );
      for (const [index, viewer] of viewers.entries()) {
        viewer.subscribe('detector.rates', { detector: 'demo' }, ({ header }) => {
          seen[index]!.push(header.totalHz);
        });
      }
      await waitFor('a frame at each', () => {
        bus.publish({
          topic: 'detector.rates',
          key: 'detector.rates:demo',
          header: rates,
          payload: new Uint8Array(0),
          dataAtMs: Date.now(),
        });
        return seen.every((frames) => frames.length > 0);
      });
      expect(seen.flat().every((totalHz) => totalHz === rates.totalHz)).toBe(true);
    });

    it('put out at the second who logs out at the first, and nobody else', async () => {
      const leaver = await first.signIn('leaver', [{ role: 'viewer', detector: null }]);
      const stayer = await first.signIn('stayer', [{ role: 'viewer', detector: null }]);
      const leaving = await connectWithCookie(second, leaver);
      const staying = await connectWithCookie(second, stayer);
      const reason = new Promise<string>((resolve) => leaving.once('session.ended', resolve));
      const closed = new Promise<string>((resolve) => leaving.once('disconnect', resolve));
      expect((await first.call('DELETE', '/session', { as: leaver })).status).toBe(204);
      expect(await reason).toMatch(/log in/i);
      expect(await closed).toBe('io server disconnect');
      expect(staying.connected).toBe(true);
    });

    it('put out at the second whose token is revoked at the first', async () => {
      const owner = await first.signIn('owner', [{ role: 'viewer', detector: 'demo' }]);
      const token = await newToken(first, owner);
      const program = closing(createLiveClient({ baseUrl: second.origin, token }));
      const states = statesOf(program);
      await waitFor('the connection', () => states.at(-1) === 'connected');
      const { id } = await first.prisma.apiToken.findFirstOrThrow({ where: { userId: owner.userId } });
      expect((await first.call('DELETE', `/tokens/${id}`, { as: owner })).status).toBe(204);
      await waitFor('the end', () => states.includes('refused'));
    });

    it('stop although somebody looks on', async () => {
      const environment = redis === undefined ? {} : { REDIS_URL: redis.url };
      const third = await startTestApi(environment, { url: database.url, drop: () => Promise.resolve() });
      const person = await third.signIn('loyal', [{ role: 'viewer', detector: null }]);
      const viewer = await connectWithCookie(third, person);
      const closed = new Promise((resolve) => viewer.once('disconnect', resolve));
      await third.stop();
      await closed;
    });

    it.runIf(withRedis)('listen to each other through Redis', async () => {
      const client = new Redis(redis!.url);
      const channel = 'socket.io-request#/#';
      expect(await client.pubsub('NUMSUB', channel)).toEqual([channel, 2]);
      client.disconnect();
    });
  });
});

async function newToken(api: TestApi, owner: Caller): Promise<string> {
  const { status, body } = await api.call('POST', '/tokens', {
    as: owner,
    body: { name: 'program', grants: [{ role: 'viewer', detector: 'demo' }], days: 1 },
  });
  expect(status).toBe(200);
  return (body as { secret: string }).secret;
}

/** As a browser does it: the session is in a cookie. */
async function connectWithCookie(api: TestApi, person: Caller): Promise<Socket<ServerEvents>> {
  const socket: Socket<ServerEvents> = closing(
    io(api.origin, {
      path: socketPath,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie: person.headers['cookie']! },
    }),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

function statesOf(client: LiveClient): ConnectionState['state'][] {
  const states: ConnectionState['state'][] = [];
  client.onConnection(({ state }) => void states.push(state));
  return states;
}
