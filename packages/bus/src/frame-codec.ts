import { z } from 'zod';

/** One frame between processes. */
export interface BusFrame {
  /** Names the topic instance, see `topicKey` of contracts. */
  readonly key: string;
  readonly topic: string;
  /** Grows by one per frame of a key since its publisher started; gaps are frames lost on the way. */
  readonly sequence: number;
  /** Wall clock of the data in ms since the epoch. */
  readonly dataAtMs: number;
  /** Header by the topic's schema: plain data. */
  readonly header: unknown;
  /** Little-endian bytes, may be empty. Receivers may keep it. */
  readonly payload: Uint8Array;
}

const envelope = z.strictObject({
  topic: z.string().min(1),
  sequence: z.number().int().min(0),
  dataAtMs: z.number(),
  header: z.unknown(),
});

/** First part of a frame: the key, ended so that a subscription to one key does not match longer ones. */
export function keyPart(key: string): string {
  return `${key}\0`;
}

/** The three parts of a frame: key, header as JSON, payload. Throws a TypeError for a header that JSON cannot carry. */
export function encodeFrame(frame: BusFrame): [string, string, Uint8Array] {
  const { topic, sequence, dataAtMs, header } = frame;
  return [keyPart(frame.key), JSON.stringify({ topic, sequence, dataAtMs, header }), frame.payload];
}

/**
 * A frame from its parts. Throws an Error saying what is wrong for anything that is no frame; the header's own schema
 * is checked by who uses it.
 */
export function decodeFrame(parts: readonly Uint8Array[]): BusFrame {
  const [key, header, payload] = parts;
  if (key === undefined || header === undefined || payload === undefined || parts.length !== 3) {
    throw new Error(`a bus frame has 3 parts, not ${parts.length}`);
  }
  const keyText = Buffer.from(key).toString('utf8');
  if (!keyText.endsWith('\0') || keyText.length < 2) throw new Error('a bus frame begins with its key');
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(header).toString('utf8'));
  } catch (cause) {
    throw new Error(`the header of bus frame ${keyText.slice(0, -1)} is no JSON`, { cause });
  }
  const parsed = envelope.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(
      `the header of bus frame ${keyText.slice(0, -1)} is wrong at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? ''}`,
    );
  }
  return { key: keyText.slice(0, -1), ...parsed.data, payload };
}
