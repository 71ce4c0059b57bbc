import {
  type ClientEvents,
  type LiveFrame,
  type ServerEvents,
  socketPath,
  type TopicHeader,
  type TopicName,
  type TopicParams,
  topicKey,
  topics,
} from '@countroom/contracts';
import { io, type Socket } from 'socket.io-client';

/** One frame as a subscriber gets it. */
export interface Frame<T extends TopicName> {
  readonly header: TopicHeader<T>;
  /** Little-endian payload; empty for topics without one. Aligned to 8 bytes from offset 0. */
  readonly payload: ArrayBuffer;
  readonly sequence: number;
  /** Time of the data in ms since the epoch, on the server's clock. */
  readonly dataAtMs: number;
  /** Frames that this viewer never got, so far. */
  readonly dropped: number;
}

/** How the connection is. `since` is in ms on this machine's clock. */
export interface ConnectionState {
  readonly state: 'connecting' | 'connected' | 'disconnected' | 'refused';
  readonly since: number;
  readonly reason: string;
}

/** Options of a live connection. */
export interface LiveClientOptions {
  /** Origin; empty for the page's own. */
  readonly baseUrl: string;
  readonly token?: string;
}

/** A connection that subscriptions share; it reconnects by itself and subscribes again. */
export interface LiveClient {
  /**
   * Calls `receive` for each frame; the frame is acknowledged when `receive` returns (or its promise settles), and only
   * then is the next one sent: slow viewers get fewer frames, always the newest. Returns the way to end it.
   */
  subscribe<T extends TopicName>(
    topic: T,
    params: TopicParams<T>,
    receive: (frame: Frame<T>) => void | Promise<void>,
    refused?: (message: string) => void,
  ): () => void;
  /** Calls `changed` now and whenever the state of the connection changes; returns the way to end it. */
  onConnection(changed: (state: ConnectionState) => void): () => void;
  /** Server clock minus this machine's, in ms, from the last `server.time`. */
  clockOffsetMs(): number;
  close(): void;
}

type Receiver = (frame: Frame<TopicName>) => void | Promise<void>;

interface Subscription {
  readonly topic: TopicName;
  readonly params: Record<string, string>;
  readonly receivers: Set<Receiver>;
  readonly refused: Set<(message: string) => void>;
  /** Newest frame; only for topics whose frames are complete. */
  last: Frame<TopicName> | undefined;
  /** Place of the newest line of a log, from which to go on after a break. */
  cursor: string | undefined;
}

/** Opens a live connection (WebSocket only). */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const socket: Socket<ServerEvents, ClientEvents> = io(
    options.baseUrl === '' ? undefined : options.baseUrl,
    {
      path: socketPath,
      transports: ['websocket'],
      withCredentials: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      ...(options.token === undefined ? {} : { auth: { token: options.token } }),
    },
  );
  const subscriptions = new Map<string, Subscription>();
  const watchers = new Set<(state: ConnectionState) => void>();
  let offset = 0;
  let connection: ConnectionState = { state: 'connecting', since: Date.now(), reason: '' };

  const setConnection = (state: ConnectionState['state'], reason: string): void => {
    connection = { state, since: Date.now(), reason };
    for (const watcher of watchers) watcher(connection);
  };
  const ask = (subscription: Subscription): void => {
    const { topic, params, cursor } = subscription;
    const request = cursor === undefined ? { topic, params } : { topic, params, after: cursor };
    socket.emit('subscribe', request, (answer) => {
      if (!answer.ok) for (const refused of subscription.refused) refused(answer.message);
    });
  };

  socket.on('connect', () => {
    setConnection('connected', '');
    for (const subscription of subscriptions.values()) ask(subscription);
  });
  socket.on('disconnect', (reason) => {
    setConnection('disconnected', reason);
  });
  socket.on('connect_error', (error) => {
    setConnection(socket.active ? 'disconnected' : 'refused', error.message);
  });
  socket.on('session.ended', (reason) => {
    setConnection('refused', reason);
  });
  socket.on('server.time', (now) => {
    offset = now - Date.now();
  });
  socket.on('frame', (frame: LiveFrame, payload, acknowledge) => {
    const subscription = subscriptions.get(frame.key);
    if (subscription === undefined) {
      acknowledge();
      return;
    }
    const received: Frame<TopicName> = {
      header: frame.header as TopicHeader<TopicName>,
      payload: toArrayBuffer(payload),
      sequence: frame.sequence,
      dataAtMs: frame.dataAtMs,
      dropped: frame.dropped,
    };
    if (topics[subscription.topic].kind === 'latest') subscription.last = received;
    if (topics[subscription.topic].kind === 'log')
      subscription.cursor = cursorOf(frame.header) ?? subscription.cursor;
    void Promise.allSettled([...subscription.receivers].map(async (receive) => receive(received))).then(
      acknowledge,
    );
  });

  return {
    subscribe(topic, params, receive, refused) {
      const key = topicKey(topic, params);
      let subscription = subscriptions.get(key);
      const receiver = fromFullOn(topic, receive);
      if (subscription === undefined) {
        subscription = {
          topic,
          params: params,
          receivers: new Set(),
          refused: new Set(),
          last: undefined,
          cursor: undefined,
        };
        subscriptions.set(key, subscription);
        subscription.receivers.add(receiver);
        if (refused !== undefined) subscription.refused.add(refused);
        if (socket.connected) ask(subscription);
      } else {
        subscription.receivers.add(receiver);
        if (refused !== undefined) subscription.refused.add(refused);
        if (subscription.last !== undefined) void receiver(subscription.last);
        // Frames of cumulative topics build on each other: a new receiver needs them from the whole state on.
        if (topics[topic].kind === 'cumulative' && socket.connected) {
          socket.emit('unsubscribe', key);
          ask(subscription);
        }
      }
      const held = subscription;
      return () => {
        held.receivers.delete(receiver);
        if (refused !== undefined) held.refused.delete(refused);
        if (held.receivers.size === 0 && subscriptions.get(key) === held) {
          subscriptions.delete(key);
          if (socket.connected) socket.emit('unsubscribe', key);
        }
      };
    },
    onConnection(changed) {
      watchers.add(changed);
      changed(connection);
      return () => watchers.delete(changed);
    },
    clockOffsetMs: () => offset,
    close: () => {
      socket.close();
    },
  };
}

/** Frames of cumulative topics build on each other: those before the first complete one are left out. */
function fromFullOn(topic: TopicName, receive: Receiver): Receiver {
  if (topics[topic].kind !== 'cumulative') return receive;
  let begun = false;
  return (frame) => {
    begun ||= (frame.header as TopicHeader<'detector.spectrum'>).full;
    return begun ? receive(frame) : undefined;
  };
}

/** What a line of a log is called in its order: `sequence` in a job's log, `id` in others that can be continued. */
function cursorOf(header: unknown): string | undefined {
  const { sequence, id } = header as { readonly sequence?: number; readonly id?: string };
  if (typeof sequence === 'number') return String(sequence);
  return typeof id === 'string' && /^\d+$/.test(id) ? id : undefined;
}

function toArrayBuffer(payload: ArrayBuffer | Uint8Array): ArrayBuffer {
  if (payload instanceof ArrayBuffer) return payload;
  const copy = new ArrayBuffer(payload.byteLength);
  new Uint8Array(copy).set(payload);
  return copy;
}
