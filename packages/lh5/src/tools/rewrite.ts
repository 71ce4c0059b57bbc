import { statSync } from 'node:fs';
import type { DataObject } from '@countroom/records';
import { createWriter, openReader } from '../backend.js';
import type { WaveformCodec } from '../codecs/codec.js';
import { decodeWaveforms } from '../codecs/decode.js';
import { encodeWaveforms } from '../codecs/encode.js';
import { Lh5Error } from '../errors.js';
import { expandFiles, matching } from '../iterate/paths.js';
import type { Lh5Reader, Lh5Writer, RowRange, StoreOptions, TreeNode } from '../ports.js';
import { storedAs } from '../write/stored-as.js';

/** What a rewritten file holds. */
export interface RewriteReport {
  readonly file: string;
  /** Objects with rows, and rows of all of them. */
  readonly objects: number;
  readonly rows: number;
  /** What could not be taken over: links, and objects that the datatype of their group does not name. */
  readonly remarks: readonly string[];
}

/** Options of all that write a file out of others. */
export interface RewriteOptions {
  /** Replace an output that is there. */
  readonly overwrite?: boolean;
  /** How data are stored; as they were when absent. */
  readonly store?: StoreOptions;
}

/** What is done to the objects on their way. */
interface Changes {
  readonly rows?: RowRange;
  readonly store?: StoreOptions;
  readonly change?: (path: string, object: DataObject) => DataObject;
}

const withRows = new Set<TreeNode['kind']>(['table', 'waveform', 'array', 'strings', 'vov', 'encoded']);

function hasRows(node: TreeNode): boolean {
  return withRows.has(node.kind) || (node.kind === 'opaque' && node.rows !== null);
}

function unchanged(_path: string, object: DataObject): DataObject {
  return object;
}

class Rewriter {
  objects = 0;
  rows = 0;
  readonly remarks: string[] = [];
  readonly #writer: Lh5Writer;
  readonly #changes: Changes;
  readonly #written = new Set<string>();

  constructor(writer: Lh5Writer, changes: Changes) {
    this.#writer = writer;
    this.#changes = changes;
  }

  /** Takes over what is below a node; rows of what is there already are added to it. */
  async take(reader: Lh5Reader, node: TreeNode, wanted: (path: string) => boolean): Promise<void> {
    if (node.fault !== undefined)
      throw new Lh5Error('data-inconsistent', node.fault, { file: reader.file, object: node.path });
    if (hasRows(node)) {
      if (wanted(node.path)) await this.#takeRows(reader, node);
    } else if (node.kind === 'group' || node.kind === 'struct') {
      await this.#takeGroup(reader, node, wanted);
    } else if (node.kind === 'link') {
      this.remarks.push(`/${node.path}: the link to ${node.target ?? 'nowhere'} is left out`);
    } else if (wanted(node.path) && !this.#written.has(node.path)) {
      this.#written.add(node.path);
      await this.#writer.write(node.path, await reader.read(node.path), this.#store(node));
    }
  }

  #store(node: TreeNode): StoreOptions {
    return this.#changes.store ?? storedAs(node);
  }

  async #takeGroup(reader: Lh5Reader, node: TreeNode, wanted: (path: string) => boolean): Promise<void> {
    for (const child of node.children) await this.take(reader, child, wanted);
    if (node.path === '' || this.#written.has(node.path)) return;
    this.#written.add(node.path);
    if (node.children.length === 0)
      await this.#writer.write(node.path, { kind: 'struct', fields: new Map(), attrs: node.attrs });
    else if (Object.keys(node.attrs).length > 0 && node.children.some(({ path }) => wanted(path)))
      await this.#writer.setAttributes(node.path, node.attrs);
  }

  async #takeRows(reader: Lh5Reader, node: TreeNode): Promise<void> {
    const { rows, change = unchanged } = this.#changes;
    for (const child of node.children)
      if (child.unlisted) this.remarks.push(`/${child.path}: is not named in its table and left out`);
    if (!this.#written.has(node.path)) this.objects += 1;
    this.#written.add(node.path);
    const range = rows ?? ([0, Number.MAX_SAFE_INTEGER] as const);
    let any = false;
    for await (const block of reader.blocks(node.path, { rows: range, decode: false })) {
      any = true;
      this.rows += block.rows;
      await this.#writer.append(node.path, change(node.path, block.data), this.#store(node));
    }
    if (any) return;
    const empty = change(node.path, await reader.read(node.path, { rows: [0, 0], decode: false }));
    await this.#writer.append(node.path, empty, this.#store(node));
  }
}

/** Rows that are not taken over must not be lost with the only file that has them. */
function expectOther(output: string, inputs: readonly string[]): void {
  const replaced = statSync(output, { throwIfNoEntry: false });
  for (const input of inputs) {
    const read = statSync(input, { throwIfNoEntry: false });
    if (replaced !== undefined && read?.dev === replaced.dev && read.ino === replaced.ino)
      throw new Lh5Error(
        'argument-invalid',
        'is one of the files that are read: give the output another name',
        { file: output },
      );
  }
}

async function rewrite(
  inputs: readonly string[],
  output: string,
  options: RewriteOptions & Changes,
  wanted: (path: string) => boolean = () => true,
): Promise<RewriteReport> {
  const writer = await createWriter(output, { overwrite: options.overwrite ?? false });
  try {
    const rewriter = new Rewriter(writer, options);
    for (const input of inputs) {
      const reader = await openReader(input);
      try {
        await rewriter.take(reader, await reader.tree(), wanted);
      } finally {
        await reader.close();
      }
    }
    await writer.close();
    const { objects, rows, remarks } = rewriter;
    return { file: output, objects, rows, remarks };
  } catch (cause) {
    await writer.abort();
    throw cause;
  }
}

/** Which objects are put together: patterns per level (`ch*` + `/raw`); a pattern stands for everything below what it matches. */
export interface ConcatOptions extends RewriteOptions {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

function matches(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const levels = pattern.split('/').filter((level) => level !== '');
  return levels.length <= parts.length && levels.every((level, k) => matching([parts[k]!], level).length > 0);
}

/**
 * Puts files (patterns allowed) together: rows of tables and arrays one behind the other, what has no rows from the first file that
 * has it.
 */
export async function concatFiles(
  inputs: string | readonly string[],
  output: string,
  { include = [], exclude = [], ...options }: ConcatOptions = {},
): Promise<RewriteReport> {
  const files = await expandFiles(inputs);
  if (files.length < 2)
    throw new Lh5Error('argument-invalid', `there is only one file to put together: ${files.join()}`);
  expectOther(output, files);
  const wanted = (path: string): boolean =>
    (include.length === 0 || include.some((pattern) => matches(pattern, path))) &&
    !exclude.some((pattern) => matches(pattern, path));
  return rewrite(files, output, options, wanted);
}

/** Keeps rows `rows[0]` to `rows[1]` (not included) of every table and array. */
export async function truncateFile(
  input: string,
  output: string,
  rows: RowRange,
  options: RewriteOptions = {},
): Promise<RewriteReport> {
  expectOther(output, [input]);
  return rewrite([input], output, { ...options, rows });
}

/** What is done to waveforms: encoded with a codec, decoded, or left as they are. */
export type WaveformTreatment = WaveformCodec | 'decode' | 'keep';

function treated(object: DataObject, treatment: WaveformTreatment): DataObject {
  if (object.kind !== 'table') return object;
  const columns = new Map<string, DataObject>();
  for (const [name, column] of object.columns) {
    const isWaveform = [...object.columns.keys()].sort().join() === 'dt,t0,values';
    const plain = column.kind === 'encoded' && treatment !== 'keep' ? decodeWaveforms(column) : column;
    const encode = isWaveform && name === 'values' && typeof treatment === 'object';
    const encodable = plain.kind === 'vov' || (plain.kind === 'array' && plain.shape.length === 2);
    columns.set(name, encode && encodable ? encodeWaveforms(plain, treatment) : treated(plain, treatment));
  }
  return { ...object, columns };
}

/** Stores a file in another way; `output` may be the input when it may be overwritten. */
export function compressFile(
  input: string,
  output: string,
  options: RewriteOptions & { readonly waveforms?: WaveformTreatment } = {},
): Promise<RewriteReport> {
  const { waveforms = 'keep', ...others } = options;
  return rewrite([input], output, { ...others, change: (_path, object) => treated(object, waveforms) });
}
