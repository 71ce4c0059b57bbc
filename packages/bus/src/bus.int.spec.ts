import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localAddress } from './address.js';
import { createBusKeys, readBusKeys } from './curve.js';
import type { BusFrame } from './frame-codec.js';
import { type BusPublisher, type BusPublisherOptions, openPublisher } from './publisher.js';
import { type BusSubscriber, type BusSubscriberOptions, openSubscriber } from './subscriber.js';

let folder: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cr-bus-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function publisher(options: BusPublisherOptions): Promise<BusPublisher> {
  const opened = await openPublisher(options);
  open.push(opened);
  return opened;
}
function subscriber(received: BusFrame[], options: Partial<BusSubscriberOptions> = {}): BusSubscriber {
  const opened = openSubscriber({ receive: (frame) => received.push(frame), ...options });
  open.push(opened);
  return opened;
}
const frame = (key: string, payload = new Uint8Array(0)) => ({
  key,
  topic: key.split(':')[0]!,
  dataAtMs: Date.now(),
  header: { key },
  payload,
});
/** Publishes until the other end, whose connection takes a moment, has got something. */
async function untilReceived(bus: BusPublisher, received: BusFrame[], key: string): Promise<void> {
  await vi.waitFor(
    () => {
      bus.publish(frame(key));
      expect(received.length).toBeGreaterThan(0);
    },
    { timeout: 10_000, interval: 20 },
  );
}

describe('bus', () => {
  const transports = { ipc: () => localAddress(folder, 'demo'), tcp: () => 'tcp://127.0.0.1:0' };
  for (const [name, address] of Object.entries(transports)) {
    it(`carries frames with their payload over ${name}`, async () => {
      const bus = await publisher({ addresses: [address()] });
      const received: BusFrame[] = [];
      const end = subscriber(received);
      end.want();
      end.connect(bus.addresses[0]!);
      await untilReceived(bus, received, 'a:1');
      const payload = new Uint8Array(new Float32Array([1.5, -2]).buffer);
      bus.publish(frame('b:2', payload));
      await vi.waitFor(() => expect(received.at(-1)?.key).toBe('b:2'));
      expect(new Uint8Array(received.at(-1)!.payload)).toEqual(payload);
    });
  }

  it('gives a subscriber the keys it wants, not those that begin alike', async () => {
    const bus = await publisher({ addresses: [localAddress(folder, 'demo')] });
    const received: BusFrame[] = [];
    const end = subscriber(received);
    end.want('rates:demo');
    end.connect(bus.addresses[0]!);
    await vi.waitFor(
      () => {
        bus.publish(frame('rates:demo2'));
        bus.publish(frame('rates:demo'));
        expect(received.length).toBeGreaterThan(3);
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(new Set(received.map((one) => one.key))).toEqual(new Set(['rates:demo']));
    expect(end.lost).toBe(0);
  });

  it('meets a publisher that starts later, and again when it is started anew', async () => {
    const address = localAddress(folder, 'demo');
    const received: BusFrame[] = [];
    const end = subscriber(received);
    end.want();
    end.connect(address);
    const first = await openPublisher({ addresses: [address] });
    await untilReceived(first, received, 'a:1');
    await first.close();
    received.length = 0;
    const second = await publisher({ addresses: [address] });
    await untilReceived(second, received, 'a:1');
  });

  it('loses frames for one who does not keep up, and tells how many; the publisher never waits', async () => {
    const bus = await publisher({ addresses: [localAddress(folder, 'demo')], highWaterMark: 4 });
    const received: BusFrame[] = [];
    const end = subscriber(received, { highWaterMark: 4 });
    end.want();
    end.connect(bus.addresses[0]!);
    await untilReceived(bus, received, 'a:1');
    for (let i = 0; i < 5000; i++) bus.publish(frame('a:1', new Uint8Array(1024)));
    const before = received.length;
    await vi.waitFor(
      () => {
        bus.publish(frame('a:1'));
        expect(received.length).toBeGreaterThan(before);
        expect(end.lost).toBeGreaterThan(0);
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(bus.dropped).toBeGreaterThan(0);
  });

  it('reports what is no frame and goes on', async () => {
    const { Publisher } = await import('zeromq');
    const raw = new Publisher({ linger: 0 });
    const address = localAddress(folder, 'raw');
    await raw.bind(address);
    const received: BusFrame[] = [];
    const reasons: string[] = [];
    const end = subscriber(received, { rejected: (reason) => reasons.push(reason) });
    end.want();
    end.connect(address);
    await vi.waitFor(
      async () => {
        await raw.send(['nonsense']);
        expect(reasons.length).toBeGreaterThan(0);
      },
      { timeout: 10_000, interval: 20 },
    );
    raw.close();
    expect(received).toEqual([]);
    expect(reasons[0]).toMatch(/3 parts/);
  });

  it('admits over CURVE who holds the keys, and nobody else', async () => {
    const keys = createBusKeys();
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
    const bus = await publisher({ addresses: ['tcp://127.0.0.1:0'], keys });
    const address = bus.addresses[0]!;
    const ends = [
      { received: [] as BusFrame[], options: { keys: readBusKeys(join(folder, 'keys.json')) } },
      { received: [] as BusFrame[], options: {} },
      { received: [] as BusFrame[], options: { keys: { ...keys, subscriber: createBusKeys().subscriber } } },
    ];
    for (const { received, options } of ends) {
      const end = subscriber(received, options);
      end.want();
      end.connect(address);
    }
    await untilReceived(bus, ends[0]!.received, 'a:1');
    for (let round = 0; round < 20; round++) {
      ends[0]!.received.length = 0;
      await untilReceived(bus, ends[0]!.received, 'a:1');
    }
    expect(ends[1]!.received).toEqual([]);
    expect(ends[2]!.received).toEqual([]);
  });

  it('names the file when keys cannot be read', () => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, '{"publisher":{}}');
    expect(() => readBusKeys(file)).toThrow(/bad\.json.*publisher\.publicKey/);
    expect(() => readBusKeys(join(folder, 'none.json'))).toThrow(/none\.json/);
  });
});
