import { describe, expect, it } from 'vitest';
import { putSample, sampleSchema } from '../../testing/sample-batches.js';
import { decodeBatch } from '../batch-codec.js';
import { Ring } from './ring.js';
import type { RingConsumer } from './ring-consumer.js';
import type { ConsumerPolicy } from './ring-layout.js';
import type { RingProducer } from './ring-producer.js';

const small = { slots: 16, bytes: 4096 };

function firstRow(record: { bytes: Uint8Array }): number {
  return Number((decodeBatch(sampleSchema, record.bytes).batch.columns[0]!.data[0] as bigint) - 2n ** 60n);
}

function takeAll(consumer: RingConsumer): number[] {
  const rows: number[] = [];
  for (let record = consumer.take(); record !== undefined; record = consumer.take())
    rows.push(firstRow(record));
  return rows;
}

function expectBalanced(consumer: RingConsumer): void {
  const { offered, delivered, dropped, lag, offeredRows, deliveredRows, droppedRows } = consumer.counters();
  expect(dropped).toBeGreaterThanOrEqual(0n);
  expect(offered).toBe(delivered + dropped + lag);
  if (lag === 0n) expect(offeredRows).toBe(deliveredRows + droppedRows);
}

/** Puts records in until there is no room; a ring that never gets full fails. */
function fillUp(producer: RingProducer, bytes: number): void {
  for (let put = 0; put < 10_000; put++) {
    if (producer.reserve(bytes) === undefined) return;
    producer.publish(1, 0, 0n);
  }
  throw new RangeError('the ring never gets full');
}

describe('Ring', () => {
  it('gives an obligatory consumer every record once, in order, and wraps around', () => {
    const ring = Ring.create(small);
    const producer = ring.producer();
    const consumer = ring.attach('spool', { kind: 'obligatory' });
    const got: number[] = [];
    for (let i = 0; i < 200; i++) {
      putSample(producer, i, 1 + (i % 7));
      if (i % 3 === 0) got.push(...takeAll(consumer));
    }
    got.push(...takeAll(consumer));
    expect(got).toEqual(Array.from({ length: 200 }, (_, i) => i));
    expect(consumer.counters()).toMatchObject({
      name: 'spool',
      offered: 200n,
      delivered: 200n,
      dropped: 0n,
      lag: 0n,
    });
  });

  it('goes on with a single slot', () => {
    const ring = Ring.create({ slots: 1, bytes: 65_536 });
    const producer = ring.producer();
    const [spool, display] = [
      ring.attach('spool', { kind: 'obligatory' }),
      ring.attach('x', { kind: 'lossy' }),
    ];
    for (let i = 0; i < 5; i++) {
      putSample(producer, i, 1);
      expect(producer.reserve(8)).toBeUndefined();
      expect(takeAll(spool)).toEqual([i]);
    }
    expect(takeAll(display)).toEqual([4]);
    expectBalanced(display);
  });

  it('has no room while all slots wait for an obligatory consumer, and has it again when one is given back', () => {
    const ring = Ring.create({ slots: 16, bytes: 65_536 });
    const producer = ring.producer();
    const consumer = ring.attach('spool', { kind: 'obligatory' });
    for (let i = 0; i < 16; i++) putSample(producer, i, 1);
    expect(producer.reserve(64)).toBeUndefined();
    expect(ring.fill()).toBe(1);
    consumer.take();
    expect(producer.reserve(64)).toBeUndefined();
    consumer.release();
    expect(producer.reserve(64)).toBeDefined();
    expect(ring.fill()).toBeLessThan(1);
  });

  it('keeps bytes that a consumer holds, whatever is put in behind', () => {
    const ring = Ring.create(small);
    const producer = ring.producer();
    const consumer = ring.attach('spool', { kind: 'obligatory' });
    putSample(producer, 42, 3);
    const held = consumer.take()!;
    const before = held.bytes.slice();
    let put = 0;
    while (producer.reserve(512) !== undefined && put < 100) {
      producer.publish(1, 0, 0n);
      put += 1;
    }
    expect(put).toBeGreaterThan(0);
    expect(put).toBeLessThan(100);
    expect(held.bytes).toEqual(before);
  });

  it('drops the oldest for a lossy consumer that is lapped, and counts records and rows', () => {
    const ring = Ring.create(small);
    const producer = ring.producer();
    const consumer = ring.attach('monitor', { kind: 'lossy' });
    for (let i = 0; i < 50; i++) putSample(producer, i, 2);
    const got = takeAll(consumer);
    expect(got.at(-1)).toBe(49);
    expect(got).toEqual(got.map((_, i) => 50 - got.length + i));
    const { delivered, dropped, droppedRows } = consumer.counters();
    expect(Number(delivered)).toBe(got.length);
    expect(Number(dropped)).toBe(50 - got.length);
    expect(Number(droppedRows)).toBe(2 * (50 - got.length));
  });

  it('gives the newest only, or every n-th', () => {
    const ring = Ring.create({ slots: 64, bytes: 65_536 });
    const producer = ring.producer();
    const latest = ring.attach('view', { kind: 'latest' });
    const sampled = ring.attach('sample', { kind: 'sampled', every: 4 });
    for (let i = 0; i < 10; i++) putSample(producer, i, 1);
    expect(takeAll(latest)).toEqual([9]);
    expect(takeAll(sampled)).toEqual([0, 4, 8]);
    expect(latest.counters()).toMatchObject({ delivered: 1n, dropped: 9n, lag: 0n });
    expect(sampled.counters()).toMatchObject({ delivered: 3n, dropped: 7n, lag: 0n });
    for (const consumer of [latest, sampled]) expectBalanced(consumer);
  });

  it('never slows the producer for consumers that may lose, and frees what a detached one held', () => {
    const ring = Ring.create(small);
    const producer = ring.producer();
    ring.attach('a', { kind: 'lossy' });
    const dead = ring.attach('dead', { kind: 'obligatory' });
    for (let i = 0; i < 5; i++) putSample(producer, i, 1);
    dead.take();
    fillUp(producer, 256);
    dead.detach();
    expect(producer.reserve(256)).toBeDefined();
    expect(ring.consumers().map(({ name }) => name)).toEqual(['a']);
  });

  it('begins a late consumer at what comes after it', () => {
    const ring = Ring.create(small);
    const producer = ring.producer();
    putSample(producer, 1, 3);
    const late = ring.attach('late', { kind: 'obligatory' });
    putSample(producer, 2, 1);
    expect(takeAll(late)).toEqual([2]);
    expect(late.counters()).toMatchObject({
      offered: 1n,
      offeredRows: 1n,
      deliveredRows: 1n,
      droppedRows: 0n,
    });
  });

  it('ends for a consumer when it is closed and empty', async () => {
    const ring = Ring.create(small);
    const producer = ring.producer();
    const consumer = ring.attach('spool', { kind: 'obligatory' });
    putSample(producer, 0, 1);
    expect(await consumer.wait(1000)).toBe(true);
    producer.close();
    expect(consumer.ended).toBe(false);
    takeAll(consumer);
    expect(consumer.ended).toBe(true);
    expect(await consumer.wait(1000)).toBe(true);
  });

  it('wakes a consumer and a producer that wait', async () => {
    const ring = Ring.create({ slots: 16, bytes: 65_536 });
    const producer = ring.producer();
    const consumer = ring.attach('spool', { kind: 'obligatory' });
    const woken = consumer.wait(60_000);
    putSample(producer, 0, 1);
    expect(await woken).toBe(true);
    fillUp(producer, 64);
    const space = producer.waitForSpace(60_000);
    consumer.take();
    consumer.release();
    expect(await space).toBe(true);
  });

  it('keeps its balance under any order of puts and takes', () => {
    let seed = 12_345;
    const random = (limit: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * limit);
    };
    const policies: ConsumerPolicy[] = [
      { kind: 'obligatory' },
      { kind: 'lossy' },
      { kind: 'latest' },
      { kind: 'sampled', every: 3 },
    ];
    const ring = Ring.create(small);
    const producer = ring.producer();
    const consumers = policies.map((policy) => ring.attach(policy.kind, policy));
    const seen = policies.map(() => -1);
    let put = 0;
    for (let step = 0; step < 5000; step++) {
      const who = random(8);
      const consumer = consumers[who];
      if (consumer === undefined) {
        const bytes = 64 + 8 * random(60);
        const room = producer.reserve(bytes);
        if (room === undefined) continue;
        new DataView(room.buffer, room.byteOffset).setFloat64(0, put);
        producer.publish(1, random(5), 0n);
        put += 1;
      } else {
        const record = consumer.take();
        if (record !== undefined) {
          const number = new DataView(record.bytes.buffer, record.bytes.byteOffset).getFloat64(0);
          expect(number).toBe(Number(record.sequence));
          expect(number).toBeGreaterThan(seen[who]!);
          if (policies[who]!.kind === 'obligatory') expect(number).toBe(seen[who]! + 1);
          seen[who] = number;
        }
        expectBalanced(consumer);
      }
    }
    expect(put).toBeGreaterThan(400);
  });

  it('says what sizes, names and records it does not take', () => {
    expect(() => Ring.create({ slots: 0 })).toThrow(/1 to 65536 slots, not 0/);
    expect(() => Ring.create({ bytes: 5001 })).toThrow(/multiples of 8/);
    const ring = Ring.create(small);
    expect(() => ring.producer().reserve(2048)).toThrow(/does not fit; at most 1024/);
    expect(() => ring.producer().publish(0, 0, 0n)).toThrow(/nothing was reserved/);
    expect(() => ring.attach('x', { kind: 'sampled', every: 0 })).toThrow(/must be 1 or more/);
    for (let i = 0; i < 32; i++) ring.attach(`c${i}`, { kind: 'lossy' });
    expect(() => ring.attach('one more', { kind: 'lossy' })).toThrow(/one more finds no place/);
  });
});
