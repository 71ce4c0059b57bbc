import { describe, expect, it } from 'vitest';
import { LeaseLostError } from './fenced-writes.repository.js';
import { ReportQueue, type ReportQueueOptions, type ReportWrite } from './report-queue.js';

const away = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

function queueOf(write: (work: ReportWrite) => Promise<void>) {
  const told: string[] = [];
  const options: ReportQueueOptions = {
    write,
    onLost: () => told.push('lost'),
    onDropped: (what) => told.push(`dropped ${what}`),
    onReachable: (reachable) => told.push(reachable ? 'back' : 'away'),
  };
  return { queue: new ReportQueue(options), told };
}

describe('ReportQueue', () => {
  it('writes in order, waits while the database is away, and tells of both', async () => {
    const written: string[] = [];
    let failures = 2;
    const { queue, told } = queueOf(async (work) => {
      if (failures-- > 0) throw away();
      await work(undefined as never);
    });
    const done: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      queue.push(
        name,
        () => {
          written.push(name);
          return Promise.resolve();
        },
        () => done.push(name),
      );
    }
    expect(await queue.flush(5000)).toBe(true);
    expect(written).toEqual(['a', 'b', 'c']);
    expect(done).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['away', 'back']);
  });

  it('asks again, then leaves out what can never be written, and goes on', async () => {
    const { queue, told } = queueOf(async (work) => work(undefined as never));
    const written: string[] = [];
    let tries = 0;
    queue.push('bad', () => {
      tries++;
      return Promise.reject(new Error('no such column'));
    });
    queue.push('good', () => {
      written.push('good');
      return Promise.resolve();
    });
    await queue.flush(10_000);
    expect(told).toEqual(['dropped bad']);
    expect(tries).toBeGreaterThan(3);
    expect(written).toEqual(['good']);
  });

  it('writes nothing more in the name of a lease that was lost', async () => {
    let tries = 0;
    const { queue, told } = queueOf(() => {
      tries++;
      return Promise.reject(new LeaseLostError({ name: 'x', instanceId: 'i', token: 1n }));
    });
    queue.push('a', () => Promise.resolve());
    queue.push('b', () => Promise.resolve());
    await queue.flush(5000);
    queue.push('c', () => Promise.resolve());
    expect(tries).toBe(1);
    expect(told).toEqual(['lost']);
    expect(queue.waiting).toBe(0);
  });
});
