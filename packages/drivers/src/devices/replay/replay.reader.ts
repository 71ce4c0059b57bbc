import {
  type DecodedBatch,
  DecodeError,
  detectBytes,
  type FormatDefinition,
  type IntegrityReport,
  type OutSpec,
  type StreamDecoder,
} from '@countroom/decoders';
import type { RecordBatch, TableSchema } from '@countroom/records';
import { rowLength } from '@countroom/records';
import type { RowWriter } from '../../core/driver.js';
import { DriverError } from '../../core/errors.js';
import { SettingsError } from '../pico-scope/import/read-settings.js';
import { hasJointRows, replayFormats } from './originals/index.js';
import { type RecordedTrigger, TextRecording } from './originals/line-table.js';
import { isParquetArchive, parquetArchive, parquetRecords } from './originals/parquet-archive.js';
import { unpackedBytes } from './originals/unpacked-bytes.js';
import type { ReplayBytes } from './replay.io.js';

/** Events by channel into tables with seven digits, everything else under its own name. */
const outSpec: OutSpec = {
  FCEventDecoder: { 'ch{key:07d}': { key_list: ['*'], out_name: '{name}/raw' } },
  '*': { others: { key_list: ['*'], out_name: '{key}' } },
};

/** How a recording is to be read. */
export interface RecordingOptions {
  /** Name of the format, or `auto`. */
  readonly format: string;
  /** Time between samples where the recording does not tell it, ns. */
  readonly sampleNs: number;
}

/** What a recording holds. */
export interface RecordingFacts {
  readonly format: string;
  readonly tables: readonly TableSchema[];
  readonly rows: number;
  /** Rows, each in a table of its own, that one event makes. */
  readonly rowsPerEvent: number;
  /** Unix times of the first and last row that has one, s; 0 when none has. */
  readonly firstS: number;
  readonly lastS: number;
  /** How the scope triggered, where the recording tells it. */
  readonly trigger?: RecordedTrigger;
}

interface Watch {
  readonly onDecoder?: (decoder: StreamDecoder) => void;
  /** What could not be read and was passed over. */
  readonly onFault?: (message: string) => void;
}

interface Cursor {
  readonly table: number;
  readonly batch: RecordBatch;
  readonly times: Float64Array | undefined;
  row: number;
}

/** Decodes a recording chunk by chunk; each item holds the rows that a chunk completed. */
async function* decodedChunks(
  packed: ReplayBytes,
  { format: formatName, sampleNs }: RecordingOptions,
  { onDecoder, onFault }: Watch = {},
): AsyncGenerator<DecodedBatch[]> {
  const bytes: ReplayBytes = { ...packed, chunks: () => unpackedBytes(packed.chunks(), packed.name) };
  if (formatName === parquetArchive || (formatName === 'auto' && (await isParquetArchive(bytes)))) {
    yield* parquetRecords(bytes, sampleNs, onFault);
    return;
  }
  const formats = replayFormats();
  let decoder: StreamDecoder | undefined;
  let head = Buffer.alloc(0);
  const open = (): StreamDecoder => {
    const format: FormatDefinition =
      formatName === 'auto' ? formats.require(head, bytes.name) : formats.get(formatName);
    const opened = format.open({ outSpec });
    onDecoder?.(opened);
    return opened;
  };
  try {
    for await (const chunk of bytes.chunks()) {
      head = decoder === undefined ? Buffer.concat([head, chunk]) : Buffer.from(chunk);
      if (decoder === undefined && head.length < detectBytes) continue;
      decoder ??= open();
      yield [...decoder.push(head), ...decoder.flush().batches];
    }
    if (decoder === undefined) {
      decoder = open();
      yield decoder.push(head);
    }
    yield decoder.finish();
  } catch (thrown) {
    if (thrown instanceof DecodeError || thrown instanceof SettingsError)
      throw new DriverError('device', bytes.name, thrown.message, { cause: thrown });
    throw thrown;
  }
}

function timesOf(batch: RecordBatch): Float64Array | undefined {
  const index = batch.schema.columns.findIndex(({ name }) => name === 'timestamp');
  const data = batch.columns[index]?.data;
  return data instanceof Float64Array ? data : undefined;
}

/** Reads a recording through once: which tables it has, how many rows, from when to when. */
export async function scanRecording(bytes: ReplayBytes, options: RecordingOptions): Promise<RecordingFacts> {
  const tables = new Map<string, TableSchema>();
  let name = options.format;
  let rows = 0;
  let firstS = Infinity;
  let lastS = -Infinity;
  let opened: StreamDecoder | undefined;
  const onDecoder = (decoder: StreamDecoder): void => {
    opened = decoder;
    name = decoder.format;
  };
  for await (const batches of decodedChunks(bytes, options, { onDecoder })) {
    for (const { batch, decoder } of batches) {
      if (decoder === parquetArchive) name = decoder;
      if (!tables.has(batch.schema.name)) tables.set(batch.schema.name, batch.schema);
      rows += batch.rows;
      const times = timesOf(batch);
      if (times === undefined || batch.rows === 0) continue;
      firstS = Math.min(firstS, times[0]!);
      lastS = Math.max(lastS, times[batch.rows - 1]!);
    }
  }
  const timed = firstS <= lastS;
  const trigger = opened instanceof TextRecording ? opened.trigger : undefined;
  return {
    format: name,
    tables: [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    rows,
    rowsPerEvent: hasJointRows(name) ? tables.size : 1,
    firstS: timed ? firstS : 0,
    lastS: timed ? lastS : 0,
    ...(trigger === undefined ? {} : { trigger }),
  };
}

/** Rows of a recording one by one, in order of time within each chunk. */
export class ReplayReader {
  /** What could not be read so far, for a person. */
  readonly faults: string[] = [];
  private readonly chunks: AsyncGenerator<DecodedBatch[]>;
  private readonly tables: ReadonlyMap<string, number>;
  private decoder: StreamDecoder | undefined;
  private cursors: Cursor[] = [];
  private current: Cursor | undefined;
  private lastS: number;

  constructor(bytes: ReplayBytes, facts: RecordingFacts, sampleNs = 1) {
    this.chunks = decodedChunks(
      bytes,
      { format: facts.format, sampleNs },
      {
        onDecoder: (decoder) => {
          this.decoder = decoder;
        },
        onFault: (message) => this.faults.push(message),
      },
    );
    this.tables = new Map(facts.tables.map(({ name }, index) => [name, index]));
    this.lastS = facts.firstS;
  }

  /** Makes the next row the current one; false at the end. Call again only after `step`. */
  async load(): Promise<boolean> {
    while (this.current === undefined) {
      this.cursors = this.cursors.filter(({ row, batch }) => row < batch.rows);
      let best: Cursor | undefined;
      for (const cursor of this.cursors)
        if (best === undefined || this.timeOf(cursor) < this.timeOf(best)) best = cursor;
      this.current = best;
      if (best !== undefined) break;
      const next = await this.chunks.next();
      if (next.done === true) return false;
      this.cursors = next.value.flatMap(({ batch }) => {
        const table = this.tables.get(batch.schema.name);
        return table === undefined ? [] : [{ table, batch, times: timesOf(batch), row: 0 }];
      });
    }
    return true;
  }

  /** Unix time of the current row, s; rows without a time have that of the row before. */
  get timeS(): number {
    return this.current === undefined ? this.lastS : this.timeOf(this.current);
  }

  /** Place of the current row's table in the facts. Throws a RangeError when there is no current row. */
  get table(): number {
    return this.row().table;
  }

  /** Copies the current row, which must be of the writer's table. */
  copyTo(writer: RowWriter): void {
    const { batch, row } = this.row();
    const at = writer.rows;
    batch.schema.columns.forEach((schema, index) => {
      const { data, offsets } = batch.columns[index]!;
      if (offsets !== undefined) {
        writer.setVector(index, data.subarray(offsets[row], offsets[row + 1]));
        return;
      }
      const target = writer.columns[index]!.data;
      const width = rowLength(schema);
      if (width === 1) target[at] = data[row]!;
      else target.set(data.subarray(row * width, (row + 1) * width) as never, at * width);
    });
    writer.advance();
  }

  /** Leaves the current row. */
  step(): void {
    const cursor = this.row();
    this.lastS = this.timeOf(cursor);
    cursor.row += 1;
    this.current = undefined;
  }

  /** What was odd in the bytes so far; undefined before the first. */
  report(): IntegrityReport | undefined {
    return this.decoder?.report();
  }

  /** Closes the file. */
  async close(): Promise<void> {
    await this.chunks.return(undefined);
  }

  private row(): Cursor {
    if (this.current === undefined) throw new RangeError('no row is loaded');
    return this.current;
  }

  private timeOf(cursor: Cursor): number {
    return cursor.times?.[cursor.row] ?? this.lastS;
  }
}
