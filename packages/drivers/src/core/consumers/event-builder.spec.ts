import { describe, expect, it } from 'vitest';
import { ScopeWriter, scopeSource, type TestScope } from '../../testing/scope-batches.js';
import { Ring } from '../ring/ring.js';
import { EventBuilder } from './event-builder.js';

const record = (samples: number, value: number): Int16Array => new Int16Array(samples).fill(value);

/** Events of so many records, seen by a builder. */
async function built(scope: TestScope, mode: 'joined' | 'single', events: number, only?: number) {
  const ring = Ring.create({ slots: 256, bytes: 1 << 20 });
  const consumer = ring.attach('test', { kind: 'obligatory' });
  const writer = new ScopeWriter(scope, ring.producer());
  for (let i = 0; i < events; i++) {
    const records = Array.from({ length: scope.channels }, (_, c) => record(scope.samples, 10 * (i + 1) + c));
    await writer.put(only === undefined ? records : records.slice(0, only));
  }
  await writer.close();
  const source = scopeSource(scope);
  const builder = new EventBuilder(source.tables, source.channels, mode);
  const seen: { number: bigint; volts: number[]; channels: string[] }[] = [];
  for (let taken = consumer.take(); taken !== undefined; taken = consumer.take()) {
    for (const event of builder.add(taken)) {
      expect(event).toMatchObject({
        deviceTimeNs: event.number * 1_000_000n,
        liveNs: 900_000n,
        dtNs: 4,
        flags: 0,
      });
      seen.push({
        number: event.number,
        volts: event.channels.map((_, c) => event.volts(c)[0]!),
        channels: event.channels.map(({ label }) => label),
      });
    }
  }
  builder.end();
  return { seen, builder };
}

describe('EventBuilder', () => {
  it.each([1, 3, 7])(
    'joins the channels of an event, however their batches are cut (%d rows)',
    async (rows) => {
      const { seen, builder } = await built({ channels: 3, samples: 20, rows }, 'joined', 20);
      expect(seen.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => BigInt(i + 1)));
      expect(seen[4]!.channels).toEqual(['A', 'B', 'C']);
      expect(seen[4]!.volts.map((value) => Math.round(1000 * value))).toEqual([50, 51, 52]);
      expect(builder.incomplete).toBe(0n);
    },
  );

  it('takes every record as an event of its own', async () => {
    const { seen } = await built({ channels: 2, samples: 10 }, 'single', 3);
    expect(seen.map(({ number, channels }) => [number, channels[0]])).toEqual([
      [1n, 'A'],
      [1n, 'B'],
      [2n, 'A'],
      [2n, 'B'],
      [3n, 'A'],
      [3n, 'B'],
    ]);
  });

  it('counts what never became complete', async () => {
    const { seen, builder } = await built({ channels: 2, samples: 10 }, 'joined', 5, 1);
    expect(seen).toEqual([]);
    expect(builder.incomplete).toBe(5n);
  });
});
