import { parseDatatype } from '../datatype/grammar.js';
import { Lh5Error } from '../errors.js';
import { ObjectCopier } from '../format/copy.js';
import { type FileSource, openFileSource } from '../format/read/file-source.js';
import { createFileOutput, type FileOutput } from '../format/write/file-output.js';
import { normalizePath } from '../hdf5/place.js';
import { UnknownFormat } from '../hdf5/source.js';
import type { Lh5Reader, Lh5Writer } from '../ports.js';
import { readerOn } from '../read/reader.js';
import { checkPath } from './check.js';
import { removeTemporary, temporaryName } from './commit.js';
import { FileWriter } from './writer.js';

/** A file that is being changed: a new one takes the place of the old one when the change is complete. */
export interface FileChange {
  /** The old file. */
  readonly reader: Lh5Reader;
  /** The new file; everything but the object to be changed is in it already. */
  readonly writer: Lh5Writer;
  /** Copies an object of the old file with everything below it. */
  copy(path: string): Promise<void>;
  /** Copies a table or struct so that fields can be added to it. */
  extend(path: string): Promise<void>;
}

interface GroupFacts {
  readonly kind: 'struct' | 'table';
  readonly fields: readonly string[];
}

function refuse(source: FileSource, path: string, reason: string): never {
  throw new Lh5Error('argument-invalid', reason, { file: source.file, object: path });
}

/** What a group says of itself; a plain group counts as a struct of everything in it. */
function factsOf(source: FileSource, path: string): GroupFacts {
  if (source.kind(path) !== 'group') refuse(source, path, 'is not a group that could hold it');
  const text = source.attributes(path)['datatype'];
  if (text === undefined) return { kind: 'struct', fields: source.children(path) };
  const datatype = typeof text === 'string' ? parseDatatype(text) : undefined;
  if (datatype?.kind === 'struct' || datatype?.kind === 'table') return datatype;
  return refuse(source, path, `is ${String(text)}, which cannot take further objects`);
}

class Change implements FileChange {
  readonly reader: Lh5Reader;
  readonly writer: FileWriter;
  readonly #source: FileSource;
  readonly #output: FileOutput;
  readonly #copier: ObjectCopier;

  constructor(source: FileSource, output: FileOutput, writer: FileWriter) {
    this.#source = source;
    this.#output = output;
    this.writer = writer;
    this.reader = readerOn(source);
    this.#copier = new ObjectCopier(source, output);
  }

  copy(path: string): Promise<void> {
    return this.#copier.copy(normalizePath(path));
  }

  async extend(path: string): Promise<void> {
    await this.#open(normalizePath(path), undefined, ['struct', 'table']);
  }

  /** Copies everything but the object at a path, and opens the groups above it. */
  async copyAround(path: string): Promise<void> {
    const parts = path.split('/');
    for (let depth = 0; depth < parts.length; depth += 1) {
      const group = parts.slice(0, depth).join('/');
      if (this.#source.kind(group) === 'missing') return;
      await this.#open(group, parts.slice(0, depth + 1).join('/'), ['struct']);
    }
  }

  async #open(path: string, leftOut: string | undefined, kinds: readonly string[]): Promise<void> {
    const { kind, fields } = factsOf(this.#source, path);
    if (!kinds.includes(kind)) refuse(this.#source, path, 'is a table: columns are added with append_column');
    if (path !== '') this.#output.createGroup(path);
    this.#copier.copyAttributes(path);
    const inside = leftOut?.slice(path === '' ? 0 : path.length + 1);
    this.writer.adopt(
      path,
      kind,
      fields.filter((name) => name !== inside),
    );
    await this.#copier.copyChildren(path, (child) => child === leftOut);
  }
}

async function openSource(file: string): Promise<FileSource> {
  try {
    return await openFileSource(file);
  } catch (cause) {
    throw explained(cause, file);
  }
}

function explained(cause: unknown, file: string): unknown {
  if (!(cause instanceof UnknownFormat)) return cause;
  return new Lh5Error(
    'argument-invalid',
    `cannot be changed, because it has ${cause.message}: write a new file`,
    {
      file,
      cause,
    },
  );
}

/**
 * Changes one object of a file. Everything else is copied as it is to a new file, which takes the place of the old one when it is
 * complete: whatever fails, the old file stays whole. Attributes and data of other objects are not touched, whether they are
 * understood or not.
 */
export async function changeFile(
  file: string,
  path: string,
  action: (change: FileChange) => Promise<void>,
): Promise<void> {
  const target = normalizePath(path);
  checkPath(target, { file, object: target });
  const source = await openSource(file);
  const temporary = temporaryName(file);
  try {
    const output = await createFileOutput(temporary, file);
    const writer = new FileWriter({ output, file, path: '' }, temporary, { overwrite: true });
    try {
      const change = new Change(source, output, writer);
      await change.copyAround(target);
      await action(change);
      await writer.close();
    } catch (cause) {
      await writer.abort();
      throw explained(cause, file);
    }
  } finally {
    source.close();
    await removeTemporary(temporary);
  }
}
