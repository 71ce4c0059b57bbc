import { access } from 'node:fs/promises';
import { type DataObject, hasRows, type RowObject, type Struct, type Table } from '@countroom/records';
import { createWriter } from '../backend.js';
import { Lh5Error, type Lh5ErrorCode } from '../errors.js';
import { normalizePath } from '../hdf5/place.js';
import type { Lh5Reader, RowRange, StoreOptions } from '../ports.js';
import { changeFile, type FileChange } from './edit-file.js';
import { storedAs } from './stored-as.js';

/**
 * How an object goes into a file that is there: `write_safe` fails when there is one of its name; `append` adds rows behind those
 * that are there, and replaces scalars; `overwrite` puts its rows from `start` on in the place of the old ones, the object
 * ends with them, and columns that it does not have are gone; `insert` puts them before row `start`; `append_column` adds the
 * columns of a table or the fields of a struct; `overwrite_file` begins a new file. What is not there is made, in all modes.
 */
export type WriteMode = 'write_safe' | 'append' | 'overwrite' | 'insert' | 'append_column' | 'overwrite_file';

/** Options of {@link writeObject}; storage options are for what is new, rows that are added are stored like those there. */
export interface WriteObjectOptions extends StoreOptions {
  /** Default: `append`. */
  readonly mode?: WriteMode;
  /** First row that is overwritten (default 0), or before which is inserted (default 0). */
  readonly start?: number;
}

interface Place {
  readonly file: string;
  readonly object: string;
}

function fail(code: Lh5ErrorCode, reason: string, place: Place): never {
  throw new Lh5Error(code, reason, place);
}

function fieldsOf(object: Table | Struct): ReadonlyMap<string, DataObject> {
  return object.kind === 'table' ? object.columns : object.fields;
}

async function addFields(
  change: FileChange,
  object: DataObject,
  place: Place,
  options: StoreOptions,
): Promise<void> {
  if (object.kind !== 'table' && object.kind !== 'struct')
    fail('argument-invalid', `append_column takes a table or a struct, not ${object.kind}`, place);
  const { kind, rows, children } = await change.reader.tree(place.object, { depth: 1 });
  const there = kind === 'waveform' ? 'table' : kind;
  if (there !== object.kind)
    fail('data-mismatch', `is a ${kind}, the new columns are a ${object.kind}`, place);
  if (object.kind === 'table' && rows !== null && children.length > 0 && rows !== object.rows)
    fail('data-mismatch', `has ${rows} rows, the new columns have ${object.rows}`, place);
  const fields = fieldsOf(object);
  const twice = children.find(({ name }) => fields.has(name));
  if (twice !== undefined) fail('object-exists', `has a column ${twice.name} already`, place);
  await change.extend(place.object);
  for (const [name, field] of fields) {
    const column = options.columns?.[name] ?? {};
    await change.writer.write(`${place.object}/${name}`, field, { ...options, ...column });
  }
}

/** Rows of the old object, only the columns that the new one has. */
async function copyRows(change: FileChange, object: RowObject, place: Place, rows: RowRange): Promise<void> {
  const tree = await change.reader.tree(place.object);
  const columns = object.kind === 'table' ? { columns: [...object.columns.keys()] } : {};
  const blocks = change.reader.blocks(place.object, { ...columns, rows, decode: false });
  for await (const { data } of blocks) await change.writer.append(place.object, data, storedAs(tree));
}

/** Objects in the group of a table that its datatype does not name. */
async function copyUnlisted(change: FileChange, reader: Lh5Reader, path: string): Promise<void> {
  const { children } = await reader.tree(path, { depth: 1 });
  for (const { unlisted, path: child } of children) if (unlisted) await change.copy(child);
}

async function addRows(
  change: FileChange,
  object: RowObject,
  place: Place,
  options: WriteObjectOptions,
): Promise<void> {
  const { mode = 'append', start = 0 } = options;
  const { reader, writer } = change;
  const tree = await reader.tree(place.object, { depth: 1 });
  if (tree.rows === null) fail('data-mismatch', `is a ${tree.kind} and has no rows`, place);
  if (mode !== 'overwrite' && tree.datatype?.startsWith('fixedsize_array') === true)
    fail('data-mismatch', 'is an array of fixed size, to which no rows can be added', place);
  const before = mode === 'append' ? tree.rows : start;
  if (!Number.isSafeInteger(before) || before < 0 || before > tree.rows)
    fail('argument-invalid', `row ${before} is not between 0 and ${tree.rows}`, place);
  if (mode !== 'overwrite' && object.kind === 'table') {
    const listed = new Set(tree.children.flatMap(({ name, unlisted }) => (unlisted ? [] : [name])));
    const added = [...object.columns.keys()].find((name) => !listed.has(name));
    if (added !== undefined)
      fail('data-mismatch', `rows cannot be added: the column ${added} is not in the table`, place);
    const extra = tree.children.find(({ name, unlisted }) => !unlisted && !object.columns.has(name));
    if (extra !== undefined)
      fail('data-mismatch', `rows cannot be added: the column ${extra.name} is missing`, place);
  }
  const likeThere = before > 0 || mode !== 'overwrite' ? storedAs(await reader.tree(place.object)) : options;
  if (before > 0) await copyRows(change, object, place, [0, before]);
  await writer.append(place.object, object, likeThere);
  if (mode === 'insert') await copyRows(change, object, place, [before, tree.rows]);
  if (mode !== 'overwrite' && object.kind === 'table') await copyUnlisted(change, reader, place.object);
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Writes an object to a file, which is made when it is not there. The file is replaced as a whole when everything is written:
 * whatever fails, the old one stays as it was. To write much, use `createWriter`, which does not copy what is there.
 */
export async function writeObject(
  file: string,
  path: string,
  object: DataObject,
  options: WriteObjectOptions = {},
): Promise<void> {
  const { mode = 'append' } = options;
  const place = { file, object: normalizePath(path) };
  if (mode === 'overwrite_file' || !(await isThere(file))) {
    const writer = await createWriter(file, { overwrite: mode === 'overwrite_file' });
    try {
      await writer.write(path, object, options);
    } catch (cause) {
      await writer.abort();
      throw cause;
    }
    await writer.close();
    return;
  }
  await changeFile(file, path, async (change) => {
    const there = await change.reader.has(place.object);
    if (there && mode === 'write_safe') fail('object-exists', 'is there already', place);
    if (!there) await change.writer.write(path, object, options);
    else if (mode === 'append_column') await addFields(change, object, place, options);
    else if (!hasRows(object)) await replace(change, object, place, options);
    else await addRows(change, object, place, options);
  });
}

async function replace(
  change: FileChange,
  object: DataObject,
  place: Place,
  options: WriteObjectOptions,
): Promise<void> {
  const isStruct = object.kind === 'struct';
  if (options.mode === 'insert' || (isStruct && options.mode !== 'overwrite'))
    fail(
      'argument-invalid',
      `a ${object.kind} is there already and has no rows: use overwrite or append_column`,
      place,
    );
  await change.writer.write(place.object, object, options);
}
