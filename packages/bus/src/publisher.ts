import { Publisher } from 'zeromq';
import { admitOnly } from './access-control.js';
import type { BusKeys } from './curve.js';
import { type BusFrame, encodeFrame } from './frame-codec.js';

/** How a publisher sends. */
export interface BusPublisherOptions {
  /** `ipc://` or `tcp://` addresses to bind; port 0 takes a free one. */
  readonly addresses: readonly string[];
  /** Frames kept per subscriber when it is slow; later ones are lost for it. Default 64. */
  readonly highWaterMark?: number;
  /** Encrypts, and admits only who holds these keys. Wanted for tcp. */
  readonly keys?: BusKeys;
}

/** What is published: a frame without its sequence. */
export type OutgoingFrame = Omit<BusFrame, 'sequence'>;

/** Sending end of the bus. */
export interface BusPublisher {
  /** Addresses as bound, with the ports that were taken. */
  readonly addresses: readonly string[];
  /**
   * Hands a frame over and returns at once; never throws for a slow or missing subscriber. The payload must not be
   * changed any more. While the socket is busy frames wait in order, at most `highWaterMark`; then the oldest is dropped.
   */
  publish(frame: OutgoingFrame): void;
  /** Frames dropped on this side, so far. */
  readonly dropped: number;
  close(): Promise<void>;
}

/** Binds a publisher. Rejects when an address cannot be bound. */
export async function openPublisher(options: BusPublisherOptions): Promise<BusPublisher> {
  const limit = options.highWaterMark ?? 64;
  const { keys } = options;
  const socket = new Publisher({
    sendHighWaterMark: limit,
    linger: 0,
    ...(keys === undefined
      ? {}
      : {
          curveServer: true,
          curvePublicKey: keys.publisher.publicKey,
          curveSecretKey: keys.publisher.secretKey,
          zapDomain: 'countroom-bus',
        }),
  });
  const withdraw = keys === undefined ? undefined : await admitOnly(keys.subscriber.publicKey);
  const bound: string[] = [];
  try {
    for (const address of options.addresses) {
      await socket.bind(address);
      bound.push(socket.lastEndpoint ?? address);
    }
  } catch (cause) {
    socket.close();
    withdraw?.();
    const address = options.addresses[bound.length] ?? '';
    throw new Error(`The bus cannot listen on ${address}: ${reasonOf(cause)}`, { cause });
  }

  const sequences = new Map<string, number>();
  const waiting: BusFrame[] = [];
  let sending: Promise<void> | undefined;
  let dropped = 0;

  async function drain(): Promise<void> {
    for (let frame = waiting.shift(); frame !== undefined; frame = waiting.shift()) {
      try {
        await socket.send(encodeFrame(frame));
      } catch {
        dropped++;
        if (socket.closed) return;
      }
    }
    sending = undefined;
  }

  return {
    addresses: bound,
    publish(frame) {
      const sequence = (sequences.get(frame.key) ?? 0) + 1;
      sequences.set(frame.key, sequence);
      waiting.push({ ...frame, sequence });
      if (waiting.length > limit) {
        waiting.shift();
        dropped++;
      }
      sending ??= drain();
    },
    get dropped() {
      return dropped;
    },
    async close() {
      await sending;
      socket.close();
      withdraw?.();
    },
  };
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
