import {
  DecodeError,
  type Key,
  Layout,
  type OutSpec,
  type Processing,
  parseOutSpec,
  planProcessing,
} from '@countroom/decoders';
import { type Lh5Reader, openReader, type StoreOptions, type TreeNode } from '@countroom/lh5';
import { StageError } from '@countroom/pipeline';
import { batchFromTable, type Table, tableFromBatch } from '@countroom/records';
import { type FileNaming, OutputFiles } from '../files/output-files.js';
import { refuseInput, sparingInput } from '../files/refuse-input.js';
import { storeColumns } from '../files/storage-settings.js';
import { type Compression, compressColumns, readCompression } from './compress-columns.js';
import { signalProcessor } from './signal-processing.js';

/** A raw file whose tables are to be processed as if they were being decoded. */
export interface RawReprocessing {
  readonly input: string;
  readonly output: string;
  /** As of daq_to_raw; a table belongs to the group that would write rows of a key to its path. */
  readonly outSpec: unknown;
  readonly variables?: Readonly<Record<string, string | number>>;
  /** Values for `db.…` in `dsp_config`, by channel. */
  readonly database?: Readonly<Record<string, unknown>>;
  /** Where files are to be that the specification names; without it such names are refused. */
  readonly naming?: FileNaming;
  readonly overwrite?: boolean;
  readonly store?: StoreOptions;
  readonly signal?: AbortSignal;
}

/** What became of a raw file. */
export interface ReprocessedRaw {
  readonly file: string;
  /** Tables in the order of their paths; those that no group names are copied as they are. */
  readonly tables: readonly { readonly path: string; readonly rows: number; readonly processed: boolean }[];
  readonly remarks: readonly string[];
}

interface Target {
  readonly place: string;
  readonly file: string;
  readonly write: boolean;
  readonly procSpec: Readonly<Record<string, unknown>>;
}

const blockBytes = 16 << 20;
const withRows: ReadonlySet<TreeNode['kind']> = new Set([
  'table',
  'waveform',
  'array',
  'strings',
  'vov',
  'encoded',
]);

/**
 * Runs the `proc_spec` steps of an output specification over the tables of an existing raw file; everything else is copied. The output
 * appears when it is complete. Throws StageError and Lh5Error, naming place and way out.
 */
export async function reprocessRaw(run: RawReprocessing): Promise<ReprocessedRaw> {
  try {
    const spec = parseOutSpec(run.outSpec);
    const layout = new Layout({
      outSpec: spec,
      ...(run.variables === undefined ? {} : { variables: run.variables }),
    });
    refuseInput('reprocess_raw', run.output, [run.input]);
    const naming = run.naming && sparingInput('reprocess_raw', run.naming, run.input);
    const reader = await openReader(run.input);
    try {
      const store = { compression: { gzip: 4 }, ...run.store, overwrite: run.overwrite ?? false } as const;
      const files = await OutputFiles.open(run.output, store, naming);
      const work = new Reprocessor(run, reader, files, (path) => targetOf(spec, layout, path));
      try {
        await work.take(await reader.tree());
      } catch (error) {
        await files.abort();
        throw error;
      }
      await files.close();
      return { file: run.output, tables: work.tables, remarks: [...work.remarks] };
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof DecodeError) throw new StageError('reprocess_raw', error.message, [], error);
    throw error;
  }
}

class Reprocessor {
  readonly tables: { path: string; rows: number; processed: boolean }[] = [];
  readonly remarks = new Set<string>();

  constructor(
    private readonly run: RawReprocessing,
    private readonly reader: Lh5Reader,
    private readonly files: OutputFiles,
    private readonly targetOf: (path: string) => Target | undefined,
  ) {}

  async take(node: TreeNode): Promise<void> {
    this.run.signal?.throwIfAborted();
    const { sink } = this.files;
    if (withRows.has(node.kind) && node.path !== '') {
      const target = node.kind === 'table' ? this.targetOf(node.path) : undefined;
      await (target === undefined ? this.copy(node) : this.process(node, target));
    } else if (node.kind === 'group' || node.kind === 'struct') {
      for (const child of node.children) await this.take(child);
    } else if (node.kind === 'link') {
      this.remarks.add(`/${node.path}: the link to ${node.target ?? 'nowhere'} is left out`);
    } else {
      await sink.write(node.path, await this.reader.read(node.path));
    }
  }

  private async copy({ path, kind, rows }: TreeNode): Promise<void> {
    if (kind === 'table') this.tables.push({ path, rows: rows ?? 0, processed: false });
    for await (const data of this.blocks(path, false)) {
      if (data.kind === 'table') await this.files.sink.append(path, data);
      else await this.files.sink.write(path, await this.reader.read(path));
      if (data.kind !== 'table') return;
    }
  }

  private async process({ path, rows }: TreeNode, target: Target): Promise<void> {
    const { procSpec, place, file } = target;
    if (!target.write) return;
    const settings = procSpec['hdf5_settings'];
    const storage = settings === undefined ? {} : { storage: settings as Readonly<Record<string, unknown>> };
    for (const remark of settings === undefined ? [] : storeColumns(settings).remarks)
      this.remarks.add(`hdf5_settings of ${path}: ${remark}`);
    const compression = readCompression(procSpec['compression'], `${place}.proc_spec.compression`);
    const output = { ...storage, ...(file === '' ? {} : { file }) };
    let processing: Processing | undefined;
    for await (const data of this.blocks(path, true)) {
      if (data.kind !== 'table') continue;
      const batch = batchFromTable(path, data);
      processing ??= planProcessing(batch, procSpec, {
        place: `${place}.proc_spec`,
        warn: (text) => this.remarks.add(text),
        signals: signalProcessor(this.run.database ?? {}),
      });
      const table = tableFromBatch(processing.apply(batch));
      await this.files.sink.append(path, this.compressed(table, compression, path), output);
    }
    this.tables.push({ path, rows: rows ?? 0, processed: true });
  }

  private compressed(table: Table, compression: Compression, path: string): Table {
    return compressColumns(table, compression, (column) =>
      this.remarks.add(`compression: table ${path} has no ${column}`),
    );
  }

  /** Blocks of rows; at least one, which is empty when there are none. */
  private async *blocks(path: string, decode: boolean) {
    let empty = true;
    for await (const { data } of this.reader.blocks(path, { blockBytes, decode })) {
      this.run.signal?.throwIfAborted();
      empty = false;
      yield data;
    }
    if (empty) yield await this.reader.read(path, { rows: [0, 0], decode });
  }
}

/** The group that rows of some key would go from to a path. */
function targetOf(spec: OutSpec, layout: Layout, path: string): Target | undefined {
  for (const [decoder, groups] of Object.entries(spec)) {
    const named = Object.values(groups).flatMap((group) => group.key_list.map(oneOf));
    for (const key of [...keysIn(path), ...named]) {
      const target = layout.route({ decoder, key });
      if (target?.path !== path) continue;
      const { place, stream: file, write, procSpec = {} } = target;
      return { place, file, write, procSpec };
    }
  }
  return undefined;
}

/** Keys that may have given a table its path: the numbers and the parts in it. */
function keysIn(path: string): Key[] {
  return [...(path.match(/\d+/g) ?? []).map(Number), ...path.split('/')];
}

function oneOf(entry: OutSpec[string][string]['key_list'][number]): Key {
  return typeof entry === 'object' ? entry[0] : entry;
}
