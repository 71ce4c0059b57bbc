import { type ColumnSchema, type DataObject, type RecordBatch, rowLength } from '@countroom/records';
import { type DecodeStreamOptions, decodeStream } from './decode-stream.js';
import type { DecodedBatch, Key, StreamDecoder, TableDescription } from './decoder.js';
import type { FormatRegistry } from './format-registry.js';
import type { IntegrityReport } from './integrity.js';

/** A fact out of the headers of a recording. */
export interface RecordingFact {
  /** Decoder that it comes from. */
  readonly decoder: string;
  /** Path within the header, for example `nsamples` or `daq/adcbits`. */
  readonly name: string;
  /** Integers of 64 bits as decimal text; lists of at most 64 numbers. */
  readonly value: string | number | boolean | readonly (string | number)[];
  readonly units?: string;
}

/** Rows of a decoder that have the same columns. */
export interface RecordingStream {
  readonly decoder: string;
  /** Name of the table that it has without an output specification. */
  readonly table: string;
  /** Its keys, in the order in which they were found, with their rows in the part that was looked at. */
  readonly keys: readonly { readonly key: Key; readonly rows: number }[];
  /** As they are decoded: names, number types, units. */
  readonly columns: readonly ColumnSchema[];
  /** In the part that was looked at. */
  readonly rows: number;
  /** In the whole recording, if it goes on like that; null when its size is not known. */
  readonly estimatedRows: number | null;
  /** The lowest and the highest finite value of its column `timestamp` in that part; null without such a column or value. */
  readonly times: RecordingTimes | null;
}

/** Times of the rows of a stream, in the unit of its column `timestamp`. */
export interface RecordingTimes {
  readonly first: number;
  readonly last: number;
  readonly units: string | null;
}

/** What a recording is and holds: what an output specification is made from. */
export interface RecordingSummary {
  readonly format: string;
  readonly title: string;
  /** All decoders of the format, whether the recording has something for them or not. */
  readonly decoders: readonly string[];
  readonly facts: readonly RecordingFact[];
  readonly streams: readonly RecordingStream[];
  /** Bytes that were looked at, and of the whole where that is known. */
  readonly bytes: number;
  readonly totalBytes: number | null;
  readonly isWhole: boolean;
  readonly report: IntegrityReport;
}

/** How to look at a recording. What would lay tables out otherwise is not asked for. */
export interface SummaryOptions extends Omit<DecodeStreamOptions, 'outSpec' | 'resume' | 'limits'> {
  /** Bytes to look at (default 64 MiB). */
  readonly bytes?: number;
  /** Bytes of the whole recording, unpacked. */
  readonly totalBytes?: number;
}

const defaultBytes = 64 << 20;
const longestText = 500;
const longestList = 64;
/** Header and configuration of a whole recording, not of an event. */
const describesRecording = /(?<!Event)(Config|Header)Decoder$|ForRun$/;

/**
 * Looks at the first part of a recording and tells its format, what its headers say, and its streams with keys, columns, units and
 * rows. Nothing is kept of the rows. Throws DecodeError as decodeStream does.
 */
export async function summarizeInput(
  source: AsyncIterable<Uint8Array>,
  registry: FormatRegistry,
  { bytes: most = defaultBytes, totalBytes, ...options }: SummaryOptions = {},
): Promise<RecordingSummary> {
  const seen = { bytes: 0, all: false };
  async function* firstPart(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      const part = chunk.subarray(0, most - seen.bytes);
      seen.bytes += part.length;
      yield part;
      if (part.length < chunk.length) return;
    }
    seen.all = true;
  }
  const facts: RecordingFact[] = [];
  let decoder: StreamDecoder | undefined;
  const stream = decodeStream(firstPart(), registry, {
    ...options,
    countKeys: true,
    onDecoder: (opened) => (decoder = opened),
    onObject: (object) => facts.push(...factsOf(object.decoder, '', object.object)),
  });
  const told = new Set<string>();
  const times = new Map<string, RecordingTimes>();
  for await (const batch of stream) {
    const found = timesOf(batch.batch, times.get(batch.batch.schema.name));
    if (found !== undefined) times.set(batch.batch.schema.name, found);
    if (told.has(batch.decoder) || !describesRecording.test(batch.decoder)) continue;
    told.add(batch.decoder);
    facts.push(...factsOfRow(batch));
  }
  for (const object of decoder!.objects()) facts.push(...factsOf(object.decoder, '', object.object));
  const { title, decoders } = registry.get(decoder!.format);
  const total = seen.all ? seen.bytes : (totalBytes ?? null);
  const scale = total === null ? null : total / Math.max(1, seen.bytes);
  return {
    format: decoder!.format,
    title,
    decoders,
    facts,
    streams: decoder!.tables().map((table) => streamOf(table, scale, times.get(table.path) ?? null)),
    bytes: seen.bytes,
    totalBytes: total,
    isWhole: seen.all,
    report: decoder!.report(),
  };
}

function streamOf(
  table: TableDescription,
  scale: number | null,
  times: RecordingTimes | null,
): RecordingStream {
  const { decoder, path, columns, rows, keys, rowsOfKeys } = table;
  const rowsOf = (key: Key): number => rowsOfKeys?.get(key) ?? 0;
  return {
    decoder,
    table: path,
    columns,
    rows,
    keys: keys.map((key) => ({ key, rows: rowsOf(key) })),
    estimatedRows: scale === null ? null : Math.round(rows * scale),
    times,
  };
}

function timesOf(batch: RecordBatch, before: RecordingTimes | undefined): RecordingTimes | undefined {
  const at = batch.schema.columns.findIndex(({ name }) => name === 'timestamp');
  const [column, data] = [batch.schema.columns[at], batch.columns[at]?.data];
  if (column === undefined || data === undefined || column.variableLength || column.shape.length > 0)
    return before;
  let [first, last] = [before?.first ?? Infinity, before?.last ?? -Infinity];
  for (let row = 0; row < batch.rows; row++) {
    const time = Number(data[row]);
    if (!Number.isFinite(time)) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return first > last ? before : { first, last, units: column.units ?? null };
}

type FactValue = RecordingFact['value'];

function valueOf<T>(value: T | bigint): T | string {
  return typeof value === 'bigint' ? value.toString() : value;
}

function factsOf(decoder: string, name: string, object: DataObject): RecordingFact[] {
  const units = typeof object.attrs['units'] === 'string' ? { units: object.attrs['units'] } : {};
  const fact = (value: FactValue): RecordingFact[] => [{ decoder, name, value, ...units }];
  switch (object.kind) {
    case 'scalar':
      if (Number.isNaN(object.value)) return [];
      if (typeof object.value === 'string' && object.value.length > longestText) return [];
      return fact(valueOf(object.value));
    case 'array':
      if (object.data.length > longestList) return [];
      return fact(Array.from<number | bigint, string | number>(object.data, valueOf));
    case 'strings':
      return object.values.length > longestList ? [] : fact(object.values);
    case 'struct':
      return [...object.fields].flatMap(([field, inner]) =>
        factsOf(decoder, name === '' ? field : `${name}/${field}`, inner),
      );
    default:
      return [];
  }
}

/** What the first row of a table says. */
function factsOfRow({ decoder, batch }: DecodedBatch): RecordingFact[] {
  if (batch.rows === 0) return [];
  return batch.schema.columns.flatMap((column, index): RecordingFact[] => {
    const value = firstOf(batch, column, index);
    if (value === undefined) return [];
    const units = column.units === undefined ? {} : { units: column.units };
    return [{ decoder, name: column.name, value, ...units }];
  });
}

function firstOf(batch: RecordBatch, column: ColumnSchema, index: number): FactValue | undefined {
  const data = batch.columns[index]?.data;
  if (data === undefined || column.variableLength) return undefined;
  const length = rowLength(column);
  if (length > longestList) return undefined;
  const values = Array.from<number | bigint, string | number>(data.subarray(0, length), valueOf);
  return column.shape.length === 0 ? values[0] : values;
}
