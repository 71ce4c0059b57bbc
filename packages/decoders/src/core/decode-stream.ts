import type {
  Checkpoint,
  DecodedBatch,
  DecodedObject,
  DecodeOptions,
  FormatDefinition,
  StreamDecoder,
} from './decoder.js';
import { detectBytes, type FormatRegistry, mostDetectBytes } from './format-registry.js';

const defaultCheckpointBytes = 64 << 20;

/** Where to take the format and what to do along the way. */
export interface DecodeStreamOptions extends DecodeOptions {
  /** The format; when left out, that of the checkpoint to resume from, or found out from the first bytes. */
  readonly format?: FormatDefinition;
  /** Name of the input in error texts. */
  readonly input?: string;
  /** Stops between two chunks, or at the end of the source, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Receives the decoder as soon as there is one: for its report and for checkpoints. */
  onDecoder?(decoder: StreamDecoder): void;
  /** Receives header objects, each before the batches that were found after it. */
  onObject?(object: DecodedObject): void;
  /**
   * Receives places to go on at later. Before each one all rows up to it are given out: after `checkpointBytes` of input
   * (default 64 MiB), and when the source has caught up with what is still being written (an empty chunk).
   */
  onCheckpoint?(checkpoint: Checkpoint): void;
  readonly checkpointBytes?: number;
  /** Called after every chunk with the bytes read so far. */
  onProgress?(bytes: number): void;
}

/**
 * Decodes a source of chunks (a file, an upload, a socket). The source is pulled only as fast as batches are taken,
 * and left early when a limit is reached. Throws DecodeError for an unknown format or faulty options.
 */
export async function* decodeStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  registry: FormatRegistry,
  options: DecodeStreamOptions = {},
): AsyncGenerator<DecodedBatch, StreamDecoder> {
  let head: Uint8Array = new Uint8Array(0);
  let decoder: StreamDecoder | undefined;
  let bytes = 0;
  let unsaved = 0;
  const named =
    options.format ?? (options.resume === undefined ? undefined : registry.get(options.resume.format));
  const open = (): StreamDecoder => {
    const format = named ?? registry.require(head, options.input);
    const opened = format.open(options);
    options.onDecoder?.(opened);
    return opened;
  };
  const pushed = (to: StreamDecoder, chunk: Uint8Array): DecodedBatch[] => {
    const batches = to.push(chunk);
    for (const object of to.objects()) options.onObject?.(object);
    return batches;
  };
  for await (const chunk of source) {
    options.signal?.throwIfAborted();
    bytes += chunk.length;
    if (decoder === undefined) {
      head = head.length === 0 && chunk.length >= detectBytes ? chunk : joined(head, chunk);
      if (named === undefined && isTooShort(head, registry)) {
        head = head === chunk ? chunk.slice() : head;
        continue;
      }
      decoder = open();
      yield* pushed(decoder, head);
    } else {
      yield* pushed(decoder, chunk);
    }
    options.onProgress?.(bytes);
    if (decoder.done) break;
    if (options.onCheckpoint === undefined) continue;
    unsaved += chunk.length;
    if (unsaved === 0 || (chunk.length > 0 && unsaved < (options.checkpointBytes ?? defaultCheckpointBytes)))
      continue;
    unsaved = 0;
    const { batches, checkpoint } = decoder.flush();
    yield* batches;
    options.onCheckpoint(checkpoint);
  }
  options.signal?.throwIfAborted();
  if (decoder === undefined) {
    decoder = open();
    yield* pushed(decoder, head);
  }
  yield* decoder.finish();
  return decoder;
}

/** More bytes might tell the format: most formats are known by the first 64, some by two records in succession. */
function isTooShort(head: Uint8Array, registry: FormatRegistry): boolean {
  if (head.length < detectBytes) return true;
  return head.length < mostDetectBytes && registry.detect(head) === undefined;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
