import { allocateColumns, type DataObject, type RecordBatch, type TableSchema } from '@countroom/records';
import { Layout, type Target } from '../out-spec/layout.js';
import { planProcessing, storageSteps } from '../out-spec/process.js';
import type { DecodedBatch, DecodedObject, DecodeOptions, Key, TableDescription } from './decoder.js';
import { DecodeError } from './errors.js';
import type { IntegrityCollector } from './integrity.js';
import { rowBytes, TableBuffer } from './table-buffer.js';

const defaults = { batchRows: 8192, batchBytes: 8 << 20, memoryBytes: 256 << 20 };

const releases = new WeakMap<DecodedBatch, () => void>();

/**
 * Says that nobody uses the arrays of a batch any more: a later batch of its table is made in them. Fresh memory for every batch
 * costs more time than decoding does.
 */
export function releaseBatch(decoded: DecodedBatch): void {
  releases.get(decoded)?.();
  releases.delete(decoded);
}

/** What a decoder says about its rows of one key, when it asks for the table that they belong to. */
export interface TableRequest {
  readonly decoder: string;
  readonly key: Key;
  /** Number of the key list that the key belongs to, and how many lists the decoder has (for default names). */
  readonly list?: { readonly index: number; readonly count: number; readonly keys: number };
  /** Keys that one record can give rows to at once; 1 when left out. */
  readonly rowsPerRecord?: number;
  /** Tables that will probably be asked for besides this one, to share memory among. */
  readonly siblings?: number;
  /** The schema, given the table's path. */
  schema(path: string): TableSchema;
}

/** What the tables of a conversion must remember; plain JSON. */
export interface TableLibraryState {
  /** Rows that count for the row limit. */
  readonly counted: number;
  /** Rows by decoder and key, where they are counted. */
  readonly perKey: readonly (readonly [string, number])[];
  /** Tables that have been laid out, with their columns: rows of the same shape go on there. */
  readonly shapes: readonly (readonly [string, string])[];
}

interface Entry {
  readonly buffer: TableBuffer;
  /** Columns of the batches that come out, as far as they are known. */
  readonly made: { schema: TableSchema };
  readonly shape: string;
  readonly stream: string;
  readonly decoder: string;
  readonly keys: Set<Key>;
}

/** Tables of one conversion: finds the table of a decoder's key, sizes its batches, and keeps the row limits. */
export class TableLibrary {
  private readonly layout: Layout;
  private readonly entries = new Map<string, Entry>();
  /** Columns of tables that were laid out before the conversion was broken off. */
  private readonly shapesBefore: ReadonlyMap<string, string>;
  private ready: DecodedBatch[] = [];
  private found: DecodedObject[] = [];
  private readonly perKey = new Map<string, number>();
  private readonly countsKeys: boolean;
  private readonly limits: { rows: number; rowsPerKey: number };
  private readonly window: { from: number; to: number };

  /** Rows that count for the limit. */
  counted: number;

  constructor(
    private readonly options: DecodeOptions,
    private readonly report: IntegrityCollector,
    decoders: readonly string[],
  ) {
    for (const name of ['batchRows', 'batchBytes', 'memoryBytes'] as const) atLeast(name, options[name], 1);
    for (const name of ['rows', 'packets', 'rowsPerKey'] as const)
      atLeast(`limits.${name}`, options.limits?.[name], 0);
    this.layout = new Layout(options);
    for (const name of Object.keys(options.outSpec ?? {})) {
      if (name === '*' || decoders.includes(name)) continue;
      this.remark(`out_spec.${name}: no such decoder here; there are ${decoders.join(', ')}`);
    }
    this.limits = {
      rows: options.limits?.rows ?? Infinity,
      rowsPerKey: options.limits?.rowsPerKey ?? Infinity,
    };
    this.countsKeys = options.countKeys === true || this.limits.rowsPerKey !== Infinity;
    const { from = -Infinity, to = Infinity } = options.limits?.time ?? {};
    if (!(from <= to)) {
      throw new DecodeError(
        'limits.time',
        `${from} … ${to} is no span of time`,
        'give the earlier time first',
      );
    }
    this.window = { from, to };
    const before = options.resume?.common.tables;
    this.counted = before?.counted ?? 0;
    for (const [key, rows] of before?.perKey ?? []) this.perKey.set(key, rows);
    this.shapesBefore = new Map(before?.shapes);
  }

  /** True when the row limit is reached. */
  get full(): boolean {
    return this.counted >= this.limits.rows;
  }

  /**
   * Counts a row of a key that belongs to `table`; false when it must be left out because nobody asked for it, it lies
   * outside of the window of times, or a limit is reached. `seconds` is the row's time; without one it is in the window.
   */
  admit<T>(table: T | undefined, decoder: string, key: Key, seconds?: number): table is T {
    if (table === undefined) {
      this.report.notAsked(decoder, key);
      return false;
    }
    if (this.counted >= this.limits.rows) return false;
    if (seconds !== undefined && !(seconds >= this.window.from && seconds < this.window.to)) return false;
    if (this.countsKeys) {
      const name = `${decoder}\n${key}`;
      const rows = this.perKey.get(name) ?? 0;
      if (rows >= this.limits.rowsPerKey) return false;
      this.perKey.set(name, rows + 1);
    }
    this.counted++;
    return true;
  }

  /** The table for a decoder's key; undefined when nobody asked for it. Throws DecodeError on a layout fault. */
  table(request: TableRequest): TableBuffer | undefined {
    const target = this.layout.route(request);
    for (const warning of this.layout.warnings.splice(0)) this.remark(warning);
    if (target === undefined) return undefined;
    for (let copy = 1; ; copy++) {
      const path = copy === 1 ? target.path : `${target.path}_${copy}`;
      const id = `${target.stream}\n${path}`;
      const schema = request.schema(path);
      const shape = JSON.stringify(schema.columns.map((c) => [c.name, c.dtype, c.shape, c.variableLength]));
      const entry = this.entries.get(id);
      const shapeBefore = this.shapesBefore.get(id);
      if (entry === undefined && shapeBefore !== undefined && shapeBefore !== shape) continue;
      if (entry === undefined) {
        const write = this.writer(target, schema, request.decoder);
        const made = { schema };
        const buffer = new TableBuffer(schema, this.capacity(schema, request), (batch, release) => {
          this.report.rows += batch.rows;
          if (!target.write) {
            release();
            return;
          }
          const decoded = write(batch);
          releases.set(decoded, release);
          made.schema = decoded.batch.schema;
          this.ready.push(decoded);
        });
        this.entries.set(id, {
          buffer,
          made,
          shape,
          stream: target.stream,
          decoder: request.decoder,
          keys: new Set([request.key]),
        });
        if (copy > 1) {
          this.remark(`rows of ${target.path} change their shape: they go on in table ${path}`);
        }
        return buffer;
      }
      if (entry.shape === shape) {
        entry.keys.add(request.key);
        return entry.buffer;
      }
    }
  }

  /** Name of the table for a decoder's key, without making it; undefined when nobody asked for it. */
  place(request: Pick<TableRequest, 'decoder' | 'key' | 'list'>): string | undefined {
    const target = this.layout.route(request);
    return target === undefined ? undefined : `${target.stream}\n${target.path}`;
  }

  /** Notes a header object, when somebody asked for it. */
  object(decoder: string, key: Key, object: DataObject): void {
    const target = this.layout.route({ decoder, key });
    if (target?.write) this.found.push({ stream: target.stream, decoder, path: target.path, object });
  }

  /** Header objects since the last call. */
  takeObjects(): DecodedObject[] {
    const found = this.found;
    this.found = [];
    return found;
  }

  /** Batches that became full since the last call. */
  take(): DecodedBatch[] {
    const ready = this.ready;
    this.ready = [];
    return ready;
  }

  /** All rows so far. */
  flush(): DecodedBatch[] {
    for (const { buffer } of this.entries.values()) buffer.flush();
    return this.take();
  }

  /** Tables laid out so far. */
  describe(): TableDescription[] {
    return [...this.entries.values()].map(({ buffer, made, stream, decoder, keys }) => ({
      stream,
      columns: made.schema.columns,
      path: buffer.schema.name,
      decoder,
      keys: [...keys],
      rows: buffer.total,
      ...(this.options.countKeys === true
        ? { rowsOfKeys: new Map([...keys].map((key) => [key, this.perKey.get(`${decoder}\n${key}`) ?? 0])) }
        : {}),
    }));
  }

  /** What must be kept to go on later. */
  state(): TableLibraryState {
    const shapes = new Map(this.shapesBefore);
    for (const [id, { shape }] of this.entries) shapes.set(id, shape);
    return { counted: this.counted, perKey: [...this.perKey], shapes: [...shapes] };
  }

  /** Notes something odd about the output specification, once. */
  private remark(text: string): void {
    this.report.oddOnce(`layout ${text}`, 'layout', 0, 0, text);
  }

  /** What becomes of a full batch of a table. */
  private writer(
    { stream, place, procSpec }: Target,
    schema: TableSchema,
    decoder: string,
  ): (batch: RecordBatch) => DecodedBatch {
    if (procSpec === undefined) return (batch) => ({ stream, decoder, batch });
    const { signals } = this.options;
    const plan = {
      place: `${place}.proc_spec`,
      warn: (text: string): void => this.remark(text),
      ...(signals === undefined ? {} : { signals }),
    };
    const empty = { schema, rows: 0, columns: allocateColumns(schema, 0) };
    const needsRows = procSpec['dsp_config'] !== undefined && signals !== undefined;
    let processing = needsRows ? undefined : planProcessing(empty, procSpec, plan);
    const storage = Object.fromEntries(
      Object.entries(procSpec).filter(([step]) => storageSteps.includes(step)),
    );
    return (batch) => {
      processing ??= planProcessing(batch, procSpec, plan);
      return { stream, decoder, batch: processing.apply(batch), storage };
    };
  }

  private capacity(schema: TableSchema, request: TableRequest): number {
    const needed = request.rowsPerRecord ?? 1;
    const rows = this.options.batchRows ?? defaults.batchRows;
    if (rows < needed) {
      throw new DecodeError(
        'batchRows',
        `${request.decoder} requires a buffer of at least length ${needed} but the batch size is only ${rows}`,
        `give at least ${needed}`,
      );
    }
    const share = (this.options.memoryBytes ?? defaults.memoryBytes) / Math.max(1, request.siblings ?? 1);
    const bytes = Math.min(this.options.batchBytes ?? defaults.batchBytes, share);
    return Math.max(needed, Math.min(rows, Math.floor(bytes / rowBytes(schema))));
  }
}

function atLeast(place: string, value: number | undefined, least: number): void {
  if (value === undefined || value === Infinity) return;
  if (!Number.isInteger(value) || value < least) {
    throw new DecodeError(
      place,
      `${value} is not a whole number of at least ${least}`,
      'correct it or leave it out',
    );
  }
}
