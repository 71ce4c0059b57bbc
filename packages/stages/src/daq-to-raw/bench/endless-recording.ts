import { simulateFcio } from '@countroom/decoders';

/** A kind of recording to be repeated without end. */
export interface EndlessRecording {
  readonly channels: number;
  readonly samples: number;
}

/** Bytes of the events that are repeated: their memory is none of the conversion's. */
const bytesInTurn = 4 << 20;

/** FCIO of at least so many bytes in chunks of 1 MiB, whose memory is used again: the same events in turn behind one head. */
export async function* endlessRecording(
  { channels, samples }: EndlessRecording,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  const eventsInTurn = Math.max(1, Math.floor(bytesInTurn / (2 * channels * samples)));
  const simulation = { channels, samples, sparse: false };
  const head = [...simulateFcio({ ...simulation, events: 0 })];
  const records = [...simulateFcio({ ...simulation, events: eventsInTurn })].slice(head.length);
  const chunk = new Uint8Array(1 << 20);
  let filled = 0;
  let given = 0;
  function* piecesOf(record: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < record.length; ) {
      const part = record.subarray(at, at + chunk.length - filled);
      chunk.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < chunk.length) continue;
      yield chunk;
      given += filled;
      filled = 0;
    }
  }
  for (const record of head) yield* piecesOf(record);
  for (let k = 0; given + filled < bytes; k = (k + 1) % records.length) {
    yield* piecesOf(records[k]!);
    // The source of a real recording waits for its disk, too.
    if (filled === 0) await Promise.resolve();
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
