import { z } from 'zod';
import { type TopicName, topics } from './topics.js';

const topicName = z.enum(Object.keys(topics) as [TopicName, ...TopicName[]]);

/** What a viewer asks: one instance of a topic; `after` continues a log behind a cursor. */
export const subscribeRequest = z.strictObject({
  topic: topicName,
  params: z.record(z.string(), z.string()),
  after: z.string().max(64).optional(),
});
export type SubscribeRequest = z.infer<typeof subscribeRequest>;

/** Envelope of a frame. `sequence` grows per topic instance; `dropped` counts frames this viewer never got. */
export interface LiveFrame {
  readonly key: string;
  readonly topic: TopicName;
  readonly sequence: number;
  /** Time of the data, wall clock ms since the epoch: what a page shows as age. */
  readonly dataAtMs: number;
  readonly dropped: number;
  readonly header: unknown;
}

/** Answer to a subscription: done, or why not. */
export type SubscribeReply =
  | { readonly ok: true; readonly key: string; readonly periodMs: number }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Events that the server sends. The payload is little endian and may be empty. The viewer calls `acknowledge` when it has drawn the frame. */
export interface ServerEvents {
  frame: (frame: LiveFrame, payload: ArrayBuffer | Uint8Array, acknowledge: () => void) => void;
  /** The session ended or was revoked; the server closes the connection next. */
  'session.ended': (reason: string) => void;
  /** For the clock difference: sent on connect and every 10 s. */
  'server.time': (nowMs: number) => void;
}

/** Events that a viewer sends. */
export interface ClientEvents {
  subscribe: (request: SubscribeRequest, reply: (answer: SubscribeReply) => void) => void;
  unsubscribe: (key: string) => void;
}

/** Path of the socket on the server. */
export const socketPath = '/socket.io';
