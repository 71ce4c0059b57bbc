import { describe, expect, it } from 'vitest';
import { putSample } from '../../testing/sample-batches.js';
import { Ring } from './ring.js';
import type { RingMember } from './ring-group.js';

const second = 1_000_000_000n;
const size = { slots: 16, bytes: 65_536 };

function takeOne(member: RingMember): bigint | undefined {
  return member.take()?.sequence;
}

describe('a work group', () => {
  it('gives each record to one of its members, and frees slots strictly in order', () => {
    const ring = Ring.create({ slots: 4, bytes: 65_536 });
    const producer = ring.producer();
    const group = ring.attachGroup('filter');
    const [a, b] = [ring.join(group, 'filter 1'), ring.join(group, 'filter 2')] as const;
    for (let i = 0; i < 4; i++) putSample(producer, i, 2);
    expect([takeOne(a), takeOne(b), takeOne(b)]).toEqual([0n, 1n, 2n]);
    expect(producer.reserve(64), 'a still holds the oldest').toBeUndefined();
    a.release();
    expect(producer.reserve(64)).toBeDefined();
    producer.publish(1, 1, 0n);
    expect([takeOne(a), takeOne(b), takeOne(a)]).toEqual([3n, 4n, undefined]);
    producer.close();
    b.release();
    expect(a.ended).toBe(true);
    const [counters] = ring.consumers().map((one) => one.counters());
    expect(counters).toMatchObject({
      name: 'filter',
      delivered: 5n,
      deliveredRows: 9n,
      dropped: 0n,
      lag: 0n,
      members: 2,
    });
    expect(a.delivered + b.delivered).toBe(5n);
  });

  it('is refused where there is none', () => {
    const ring = Ring.create(size);
    const alone = ring.attach('spool', { kind: 'obligatory' });
    expect(() => ring.join(alone.id, 'x')).toThrow(/no work group/);
  });
});

describe('writers that share a ring', () => {
  it('take turns', () => {
    const ring = Ring.create(size);
    const consumer = ring.attach('sink', { kind: 'obligatory' });
    const [a, b] = [ring.producer({ shared: true }), ring.producer({ shared: true })];
    putSample(a, 0, 1);
    putSample(b, 1, 1);
    putSample(a, 2, 1);
    const rows: number[] = [];
    for (let record = consumer.take(); record !== undefined; record = consumer.take()) rows.push(record.rows);
    expect(rows).toEqual([1, 1, 1]);
    for (let i = 3; i < 40 && a.reserve(64) !== undefined; i++) a.publish(1, 0, 0n);
    expect(b.reserve(64), 'a full ring leaves the lock open').toBeUndefined();
    expect(a.reserve(64)).toBeUndefined();
  });
});

describe('policies of displays', () => {
  it('random: gets the first record after it asked, never an older one', () => {
    const ring = Ring.create(size);
    const producer = ring.producer();
    const display = ring.attach('display', { kind: 'random' });
    putSample(producer, 0, 1);
    expect(display.take()).toBeUndefined();
    putSample(producer, 1, 1);
    putSample(producer, 2, 1);
    expect(display.take()?.sequence).toBe(1n);
    putSample(producer, 3, 1);
    expect(display.take()).toBeUndefined();
    putSample(producer, 4, 1);
    expect(display.take()?.sequence).toBe(4n);
    expect(display.counters()).toMatchObject({ offered: 5n, delivered: 2n, dropped: 3n, lag: 0n });
  });

  it('paced: gets the newest, and not more often than agreed', async () => {
    const ring = Ring.create(size);
    const producer = ring.producer();
    const display = ring.attach('display', { kind: 'paced', perSecond: 20 });
    for (let i = 0; i < 5; i++) putSample(producer, i, 1);
    expect(display.take()?.sequence).toBe(4n);
    putSample(producer, 5, 1);
    expect(display.take()).toBeUndefined();
    expect(await display.wait(10_000)).toBe(true);
    expect(display.take()?.sequence).toBe(5n);
    expect(() => ring.attach('x', { kind: 'paced', perSecond: 0 })).toThrow(/must be 1 or more/);
  });
});

describe('the watchdog', () => {
  /** A ring that is full because its obligatory consumer does nothing. */
  function stuck(options: { takes: number; deadlineNs?: bigint }) {
    const ring = Ring.create(size);
    const producer = ring.producer();
    const consumer = ring.attach(
      'analysis',
      { kind: 'obligatory' },
      { deadlineNs: options.deadlineNs ?? 5n * second },
    );
    const beganNs = process.hrtime.bigint();
    let rows = 0;
    for (let i = 0; i < 16; i++) {
      putSample(producer, rows, 3);
      rows += 3;
    }
    for (let i = 0; i < options.takes; i++) consumer.take();
    expect(producer.reserve(64)).toBeUndefined();
    return { ring, producer, consumer, beganNs };
  }

  it('drops a dead obligatory consumer, says exactly what it lost, and the run goes on', () => {
    const { ring, producer, consumer, beganNs } = stuck({ takes: 1 });
    const watchdog = ring.watchdog();
    // The ring is full for ten seconds of the clock that is handed in.
    const looks = Array.from({ length: 11 }, (_, s) => watchdog.look(beganNs + BigInt(s) * second));
    const found = looks.flat();
    expect(looks.findIndex((list) => list.length > 0)).toBe(6);
    expect(found).toMatchObject([
      { name: 'analysis', lostRecords: 15n, lostRows: 45n, unfinishedRecords: 1n },
    ]);
    expect(found[0]!.reason).toMatch(/no sign of life for 6\.0 s .* \(limit 5\.0 s\)/);
    expect(producer.reserve(64)).toBeDefined();
    producer.publish(1, 0, 0n);
    expect(() => consumer.take()).toThrow(/was dropped from the ring/);
    expect(consumer.counters()).toMatchObject({
      attached: false,
      offered: 16n,
      delivered: 1n,
      dropped: 15n,
      droppedRows: 45n,
      lag: 0n,
    });
    expect(ring.consumers()).toEqual([]);
    expect(ring.dropped().map(({ name }) => name)).toEqual(['analysis']);
  });

  it('leaves alone who shows signs of life, has nothing to do, or has no deadline', () => {
    const { ring, producer, consumer, beganNs } = stuck({ takes: 1 });
    const watchdog = ring.watchdog();
    const later = process.hrtime.bigint();
    consumer.beat();
    expect(watchdog.look(later + 4n * second)).toEqual([]);
    for (let record = consumer.take(); record !== undefined; record = consumer.take()) continue;
    expect(watchdog.look(later + 60n * second)).toEqual([]);
    putSample(producer, 0, 1);
    const waits = stuck({ takes: 0, deadlineNs: 0n });
    expect(waits.ring.watchdog().look(beganNs + 1000n * second)).toEqual([]);
  });

  it('drops a member alone, so that the others of its group go on', () => {
    const ring = Ring.create(size);
    const producer = ring.producer();
    const group = ring.attachGroup('filter', { deadlineNs: second });
    const [dead, alive] = [ring.join(group, 'dead'), ring.join(group, 'alive')] as const;
    for (let i = 0; i < 8; i++) putSample(producer, i, 1);
    dead.take();
    const takenNs = process.hrtime.bigint();
    for (let i = 0; i < 7; i++) alive.take();
    alive.take();
    expect(ring.watchdog().look(takenNs + 3n * second)).toMatchObject([
      { name: 'dead', unfinishedRecords: 1n, lostRecords: 0n },
    ]);
    expect(ring.fill()).toBe(0);
    expect(() => dead.take()).toThrow(/dropped/);
    expect(alive.attached).toBe(true);
  });

  it('gives a place away again without the old owner noticing a thing', () => {
    const { ring, consumer } = stuck({ takes: 1 });
    expect(ring.watchdog().drop(consumer.id, 'operator')).toMatchObject({ reason: 'operator' });
    for (let i = 0; i < 32; i++) ring.attach(`new ${i}`, { kind: 'lossy' });
    const successor = ring.consumers().find(({ id }) => id === consumer.id)!;
    consumer.release();
    consumer.detach();
    expect(successor.attached).toBe(true);
    expect(() => consumer.take()).toThrow(/dropped/);
    expect(ring.watchdog().drop(99 % 32, 'x')).toBeDefined();
  });
});
