import { Subscriber } from 'zeromq';
import type { BusKeys } from './curve.js';
import { type BusFrame, decodeFrame, keyPart } from './frame-codec.js';

/** How a subscriber receives. */
export interface BusSubscriberOptions {
  /** Called for each frame, in order of arrival. Must not throw; a slow one makes the high-water mark drop frames. */
  readonly receive: (frame: BusFrame) => void;
  /** Called for what arrived and is no frame, with the reason. */
  readonly rejected?: (reason: string) => void;
  /** Frames kept while the receiver is busy; later ones are lost. Default 256. */
  readonly highWaterMark?: number;
  /** Needed when the publishers use keys. */
  readonly keys?: BusKeys;
}

/** Receiving end of the bus. It may be connected before the other end exists and reconnects for ever. */
export interface BusSubscriber {
  /** Connects to an address; nothing happens when it is connected already. */
  connect(address: string): void;
  disconnect(address: string): void;
  /** Wants frames of a key; all frames when no key is given. Calls are counted, so each needs its own `unwant`. */
  want(key?: string): void;
  unwant(key?: string): void;
  /** Frames that the numbering shows to be lost on the way, so far. */
  readonly lost: number;
  close(): Promise<void>;
}

/** Opens a subscriber that wants nothing yet. */
export function openSubscriber(options: BusSubscriberOptions): BusSubscriber {
  const socket = new Subscriber({
    receiveHighWaterMark: options.highWaterMark ?? 256,
    reconnectInterval: 100,
    reconnectMaxInterval: 2000,
    linger: 0,
    ...(options.keys === undefined
      ? {}
      : {
          curveServerKey: options.keys.publisher.publicKey,
          curvePublicKey: options.keys.subscriber.publicKey,
          curveSecretKey: options.keys.subscriber.secretKey,
        }),
  });
  const connected = new Set<string>();
  const wanted = new Map<string, number>();
  const lastSequence = new Map<string, number>();
  let lost = 0;

  const notice = (frame: BusFrame): void => {
    const last = lastSequence.get(frame.key);
    if (last !== undefined && frame.sequence > last + 1) lost += frame.sequence - last - 1;
    lastSequence.set(frame.key, frame.sequence);
  };
  const receiving = (async () => {
    for await (const parts of socket) {
      let frame: BusFrame;
      try {
        frame = decodeFrame(parts);
      } catch (error) {
        options.rejected?.(error instanceof Error ? error.message : String(error));
        continue;
      }
      notice(frame);
      options.receive(frame);
    }
  })();

  return {
    connect(address) {
      if (connected.has(address)) return;
      connected.add(address);
      socket.connect(address);
    },
    disconnect(address) {
      if (connected.delete(address)) socket.disconnect(address);
    },
    want(key) {
      const filter = key === undefined ? '' : keyPart(key);
      const count = wanted.get(filter) ?? 0;
      wanted.set(filter, count + 1);
      if (count === 0) socket.subscribe(filter);
    },
    unwant(key) {
      const filter = key === undefined ? '' : keyPart(key);
      const count = wanted.get(filter) ?? 0;
      if (count > 1) wanted.set(filter, count - 1);
      else if (wanted.delete(filter)) {
        socket.unsubscribe(filter);
        if (key !== undefined) lastSequence.delete(key);
      }
    },
    get lost() {
      return lost;
    },
    async close() {
      socket.close();
      await receiving;
    },
  };
}
