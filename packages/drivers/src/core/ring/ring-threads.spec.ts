import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { workerEntry } from '../worker-entry.js';
import { Ring } from './ring.js';
import type { ConsumerPolicy } from './ring-layout.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

interface Checked {
  readonly taken: number;
  readonly torn: number;
}

function check(ring: Ring, consumer: number): Promise<Checked> {
  const entry = workerEntry('../../testing/ring-checker.js', import.meta.url);
  const worker = new Worker(entry, { workerData: { ring: ring.buffer, consumer } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

describe('a ring between threads', () => {
  const policies: ConsumerPolicy[] = [{ kind: 'obligatory' }, { kind: 'lossy' }, { kind: 'latest' }];

  it.each(policies)('never gives a $kind consumer a record that is being overwritten', async (policy) => {
    const ring = Ring.create({ slots: 16, bytes: 8192 });
    const consumer = ring.attach('checker', policy);
    const checked = check(ring, consumer.id);
    const producer = ring.producer();
    const records = 50_000;
    for (let i = 0; i < records; i++) {
      const bytes = 64 + 8 * (i % 200);
      let room = producer.reserve(bytes);
      while (room === undefined) {
        await producer.waitForSpace(20);
        room = producer.reserve(bytes);
      }
      room.fill(i % 256);
      producer.publish(1, 1, process.hrtime.bigint());
      // Lets the checking thread come up before everything is over.
      if (i % 5000 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    producer.close();
    const { taken, torn } = await checked;
    expect(torn).toBe(0);
    const { offered, delivered, dropped, lag } = consumer.counters();
    expect(offered).toBe(BigInt(records));
    expect(delivered).toBe(BigInt(taken));
    expect(delivered + dropped).toBe(offered);
    expect(lag).toBe(0n);
    if (policy.kind === 'obligatory') expect(dropped).toBe(0n);
  });
});
