import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config/load-config.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { waitFor } from '../testing/wait-for.js';
import { LeaseRepository } from './lease.repository.js';
import { LeaseKeeper } from './lease-keeper.js';
import { PrismaService } from './prisma.service.js';

let database: TestDatabase;
let prisma: PrismaService;
let leases: LeaseRepository;

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = new PrismaService(parseConfig({ DATABASE_URL: database.url }));
  leases = new LeaseRepository(prisma);
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const expire = (name: string) =>
  prisma.$executeRaw`UPDATE lease SET expires_at = now() - interval '1 s' WHERE name = ${name}`;

describe('LeaseRepository', () => {
  it('gives a free lease to exactly one of many', async () => {
    const got = await Promise.all(
      Array.from({ length: 8 }, (_, i) => leases.acquire('demo', `i${i}`, 60_000)),
    );
    expect(got.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('gives a lease that ran out to another, with a larger token, and fences the first', async () => {
    const first = await leases.acquire('a', 'one', 60_000);
    expect(await leases.acquire('a', 'two', 60_000)).toBeUndefined();
    await expire('a');
    const second = await leases.acquire('a', 'two', 60_000);
    expect(second!.token).toBeGreaterThan(first!.token);
    expect(await leases.renew(first!, 60_000)).toBe(false);
    expect(await prisma.$transaction((tx) => leases.isStillHeld(first!, tx))).toBe(false);
    expect(await prisma.$transaction((tx) => leases.isStillHeld(second!, tx))).toBe(true);
    await leases.release(first!);
    expect(await leases.acquire('a', 'three', 60_000)).toBeUndefined();
  });

  it('renews what ran out while nobody else looked', async () => {
    const lease = await leases.acquire('b', 'one', 60_000);
    await expire('b');
    expect(await leases.renew(lease!, 60_000)).toBe(true);
    expect(await leases.acquire('b', 'two', 60_000)).toBeUndefined();
  });

  it('keeps tokens growing after a release', async () => {
    const first = await leases.acquire('c', 'one', 60_000);
    await leases.release(first!);
    expect((await leases.acquire('c', 'two', 60_000))!.token).toBe(first!.token + 1n);
    expect((await leases.holder('c'))?.instanceId).toBe('two');
  });
});

describe('LeaseKeeper', () => {
  it('holds a lease for longer than its duration, and tells when it is lost', async () => {
    const lease = await leases.acquire('d', 'one', 300);
    const lost: bigint[] = [];
    const keeper = new LeaseKeeper(leases, lease!, {
      durationMs: 300,
      onLost: ({ token }) => lost.push(token),
      onError: (error) => expect.unreachable(String(error)),
    });
    const before = (await leases.holder('d'))!.expiresAt;
    await waitFor('a renewal', async () => (await leases.holder('d'))!.expiresAt > before);
    expect(lost).toEqual([]);
    await prisma.$executeRaw`UPDATE lease SET token = token + 1, instance_id = 'two' WHERE name = 'd'`;
    await waitFor('the loss', () => lost.length > 0);
    expect(lost).toEqual([lease!.token]);
    await keeper.release();
    expect((await leases.holder('d'))?.instanceId).toBe('two');
  });

  it('goes on through errors of the database', async () => {
    let calls = 0;
    const errors: unknown[] = [];
    const keeper = new LeaseKeeper(
      {
        renew: () => (++calls < 3 ? Promise.reject(new Error('away')) : Promise.resolve(true)),
        release: () => Promise.resolve(),
      },
      { name: 'e', instanceId: 'one', token: 1n },
      {
        durationMs: 15,
        onLost: () => expect.unreachable('not lost'),
        onError: (error) => errors.push(error),
      },
    );
    await waitFor('renewals after errors', () => calls >= 4);
    await keeper.release();
    expect(errors).toHaveLength(2);
  });
});
