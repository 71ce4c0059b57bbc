import { type DecodeStreamOptions, decodeStream } from './decode-stream.js';
import type { DecodedObject, Key, StreamDecoder, TableDescription } from './decoder.js';
import type { FormatRegistry } from './format-registry.js';
import type { IntegrityReport } from './integrity.js';

/** What a conversion would make, by the first part of an input. */
export interface InputPreview {
  readonly format: string;
  readonly title: string;
  /** Decoders of the format, for output specifications. */
  readonly decoders: readonly string[];
  /** Tables that would be made, with their keys and columns, and their rows in the part that was looked at. */
  readonly tables: readonly TableDescription[];
  /** Header objects that would be written. */
  readonly objects: readonly { readonly stream: string; readonly path: string; readonly decoder: string }[];
  /** Keys by decoder that no group of the output specification asks for. */
  readonly unclaimed: Readonly<Record<string, readonly Key[]>>;
  readonly report: IntegrityReport;
  /** True when the whole input was looked at: what is not listed is not there. */
  readonly isWhole: boolean;
}

/** Bytes that are looked at without being told otherwise. */
const defaultBytes = 64 << 20;

/**
 * Looks at the first part of an input and tells what a conversion with these options would make of it; nothing is kept of
 * the rows. Throws DecodeError as decodeStream does, for faulty output specifications too.
 */
export async function previewInput(
  source: AsyncIterable<Uint8Array>,
  registry: FormatRegistry,
  { bytes = defaultBytes, ...options }: DecodeStreamOptions & { readonly bytes?: number },
): Promise<InputPreview> {
  const seen = { all: false };
  async function* firstPart(): AsyncGenerator<Uint8Array> {
    let left = bytes;
    for await (const chunk of source) {
      yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left < 0) return;
    }
    seen.all = true;
  }
  const objects: DecodedObject[] = [];
  let decoder: StreamDecoder | undefined;
  const stream = decodeStream(firstPart(), registry, {
    ...options,
    onDecoder: (opened) => (decoder = opened),
    onObject: (object) => objects.push(object),
  });
  while ((await stream.next()).done !== true);
  const { format } = decoder!;
  const report = decoder!.report();
  const { title, decoders } = registry.get(format);
  return {
    format,
    title,
    decoders,
    tables: decoder!.tables(),
    objects: [...objects, ...decoder!.objects()].map(({ stream: file, path, decoder: by }) => ({
      stream: file,
      path,
      decoder: by,
    })),
    unclaimed: report.unrequestedKeys,
    report,
    isWhole: seen.all,
  };
}
