import {
  type Attributes,
  type DataObject,
  type Encoded,
  elementsPerRow,
  endOffset,
  type NdArray,
  type Opaque,
  type RowObject,
  rowsOf,
  type StringArray,
  sliceRows,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';
import { datatypeOf } from '../datatype/of-object.js';
import { Lh5Error } from '../errors.js';
import { numberType } from '../hdf5/element-type.js';
import type { NewRows, RowStream, TextStream } from '../hdf5/output.js';
import { below, placeOf } from '../hdf5/place.js';
import { opaqueType } from './check.js';
import { writeScalar } from './fixed.js';
import { createGroup, type OutputPlace } from './output-place.js';
import type { StoragePlans } from './storage.js';

/** An object with rows that is being written: takes further rows of the same form. */
export interface Target {
  /** Rows taken so far. */
  readonly rows: number;
  /** Fails when rows are not of the form of this object; nothing is written then. */
  check(rows: DataObject): void;
  /** Takes rows that have been checked. */
  add(rows: DataObject): void;
}

/** Where a target is and how it is stored: its path within the written object, for the plans. */
interface Place {
  readonly at: OutputPlace;
  readonly column: string;
  readonly plans: StoragePlans;
}

function inside(
  place: Place,
  name: string,
  column = place.column === '' ? name : `${place.column}/${name}`,
): Place {
  return { at: below(place.at, name), column, plans: place.plans };
}

function newRows(place: Place, form: NdArray | StringArray | Opaque): NewRows {
  // A checksum of other data than these says nothing.
  const attrs = Object.fromEntries(Object.entries(form.attrs).filter(([name]) => name !== 'sha256'));
  return { datatype: datatypeOf(form), attrs, plan: place.plans.of(place.column) };
}

function mismatch(at: OutputPlace, reason: string): never {
  throw new Lh5Error('data-mismatch', `rows cannot be added: ${reason}`, placeOf(at));
}

function expectKind<K extends DataObject['kind']>(
  at: OutputPlace,
  object: DataObject,
  kind: K,
): Extract<DataObject, { kind: K }> {
  if (object.kind !== kind) mismatch(at, `they are ${object.kind}, the object is ${kind}`);
  return object as Extract<DataObject, { kind: K }>;
}

function bytesOf({ data, shape }: NdArray): Uint8Array {
  const elements = shape.reduce((total, extent) => total * extent, 1);
  return new Uint8Array(data.buffer, data.byteOffset, elements * data.BYTES_PER_ELEMENT);
}

class ArrayTarget implements Target {
  readonly #stream: RowStream;
  readonly #at: OutputPlace;
  readonly #form: NdArray;

  constructor(place: Place, form: NdArray) {
    this.#at = place.at;
    this.#form = form;
    this.#stream = place.at.output.createRows(
      place.at.path,
      newRows(place, form),
      numberType(form.dtype),
      form.shape.slice(1),
    );
  }

  get rows(): number {
    return this.#stream.rows;
  }

  check(object: DataObject): void {
    const array = expectKind(this.#at, object, 'array');
    const form = this.#form;
    if (array.dtype !== form.dtype)
      mismatch(this.#at, `their number type is ${array.dtype}, that of the object ${form.dtype}`);
    if (
      elementsPerRow(array.shape) !== elementsPerRow(form.shape) ||
      array.shape.length !== form.shape.length
    ) {
      mismatch(
        this.#at,
        `they have the shape [${array.shape.slice(1).join()}], those of the object [${form.shape.slice(1).join()}]`,
      );
    }
    if (form.flavor === 'fixedsize' && this.rows > 0) mismatch(this.#at, 'the array is of fixed size');
  }

  add(object: DataObject): void {
    const array = expectKind(this.#at, object, 'array');
    this.#stream.add(bytesOf(array), rowsOf(array));
  }
}

class TextTarget implements Target {
  readonly #stream: TextStream;
  readonly #at: OutputPlace;

  constructor(place: Place, form: StringArray) {
    this.#at = place.at;
    this.#stream = place.at.output.createTexts(place.at.path, newRows(place, form));
  }

  get rows(): number {
    return this.#stream.rows;
  }

  check(object: DataObject): void {
    expectKind(this.#at, object, 'strings');
  }

  add(object: DataObject): void {
    const { values } = expectKind(this.#at, object, 'strings');
    this.#stream.add(values);
  }
}

/** Offsets are int64; those of waveform codes uint32, which is what other readers take there. */
type OffsetDtype = 'int64' | 'uint32';

function offsetsOf(dtype: OffsetDtype, ends: readonly number[], attrs: Attributes): NdArray {
  const data = dtype === 'int64' ? BigInt64Array.from(ends, BigInt) : Uint32Array.from(ends);
  return { kind: 'array', flavor: 'array', dtype, shape: [ends.length], data, attrs };
}

class VectorTarget implements Target {
  readonly #at: OutputPlace;
  readonly #ends: ArrayTarget;
  readonly #inner: Target;
  readonly #offsets: OffsetDtype;

  constructor(place: Place, form: VectorOfVectors, offsets: OffsetDtype = 'int64') {
    this.#at = place.at;
    this.#offsets = offsets;
    createGroup(place.at, datatypeOf(form), form.attrs);
    this.#ends = new ArrayTarget(
      inside(place, 'cumulative_length', place.column),
      offsetsOf(offsets, [], form.cumulative.attrs),
    );
    this.#inner = createTarget(inside(place, 'flattened_data', place.column), form.flattened);
  }

  get rows(): number {
    return this.#ends.rows;
  }

  check(object: DataObject): void {
    const vov = expectKind(this.#at, object, 'vov');
    this.#inner.check(vov.flattened);
    if (this.#offsets === 'uint32' && this.#inner.rows + endOffset(vov, rowsOf(vov) - 1) > 0xffff_ffff) {
      mismatch(this.#at, 'all codes of one object may take 4 GiB at most');
    }
  }

  add(object: DataObject): void {
    const vov = expectKind(this.#at, object, 'vov');
    const rows = rowsOf(vov);
    const before = this.#inner.rows;
    const ends = Array.from({ length: rows }, (_, row) => before + endOffset(vov, row));
    this.#ends.add(offsetsOf(this.#offsets, ends, {}));
    const used = endOffset(vov, rows - 1);
    this.#inner.add(sliceRows(vov.flattened, 0, used));
  }
}

class EncodedTarget implements Target {
  readonly #at: OutputPlace;
  readonly #code: VectorTarget;
  readonly #sizes: ArrayTarget | undefined;
  readonly #form: Encoded;

  constructor(place: Place, form: Encoded) {
    this.#at = place.at;
    this.#form = form;
    createGroup(place.at, datatypeOf(form), form.attrs);
    // The code is compact already: deflate would only cost time.
    const compact = { ...inside(place, 'encoded_data', place.column), plans: place.plans.uncompressed() };
    this.#code = new VectorTarget(compact, form.encoded, 'uint32');
    const sizes = inside(place, 'decoded_size', place.column);
    if (form.decodedSize.kind === 'array') this.#sizes = new ArrayTarget(sizes, form.decodedSize);
    else writeScalar(sizes.at, form.decodedSize);
  }

  get rows(): number {
    return this.#code.rows;
  }

  check(object: DataObject): void {
    const { encoded, decodedSize, attrs } = expectKind(this.#at, object, 'encoded');
    this.#code.check(encoded);
    const form = this.#form;
    if (decodedSize.kind !== form.decodedSize.kind)
      mismatch(this.#at, 'sizes per row and one size for all rows');
    if (
      decodedSize.kind === 'scalar' &&
      form.decodedSize.kind === 'scalar' &&
      Number(decodedSize.value) !== Number(form.decodedSize.value)
    ) {
      mismatch(
        this.#at,
        `they decode to ${String(decodedSize.value)} samples, the others to ${String(form.decodedSize.value)}`,
      );
    }
    if (decodedSize.kind === 'array') this.#sizes?.check(decodedSize);
    for (const name of ['codec', 'codec_shift']) {
      const [theirs, ours] = [attrs[name], form.attrs[name]];
      if (String(theirs) !== String(ours))
        mismatch(this.#at, `their ${name} is ${String(theirs)}, that of the object ${String(ours)}`);
    }
  }

  add(object: DataObject): void {
    const { encoded, decodedSize } = expectKind(this.#at, object, 'encoded');
    this.#code.add(encoded);
    if (decodedSize.kind === 'array') this.#sizes?.add(decodedSize);
  }
}

class OpaqueTarget implements Target {
  readonly #stream: RowStream;
  readonly #at: OutputPlace;
  readonly #form: Opaque;

  constructor(place: Place, form: Opaque) {
    this.#at = place.at;
    this.#form = form;
    this.#stream = place.at.output.createRows(
      place.at.path,
      newRows(place, form),
      opaqueType(form, placeOf(place.at)),
      form.shape.slice(1),
    );
  }

  get rows(): number {
    return this.#stream.rows;
  }

  check(object: DataObject): void {
    const { datatype, elementBytes } = expectKind(this.#at, object, 'opaque');
    if (datatype !== this.#form.datatype || elementBytes !== this.#form.elementBytes)
      mismatch(this.#at, 'their type is another one');
  }

  add(object: DataObject): void {
    const opaque = expectKind(this.#at, object, 'opaque');
    this.#stream.add(opaque.bytes, rowsOf(opaque));
  }
}

class TableTarget implements Target {
  readonly #at: OutputPlace;
  readonly #columns = new Map<string, Target>();

  constructor(place: Place, form: Table) {
    this.#at = place.at;
    createGroup(place.at, datatypeOf(form), form.attrs);
    for (const [name, column] of form.columns)
      this.#columns.set(name, createTarget(inside(place, name), column));
  }

  get rows(): number {
    const [first] = this.#columns.values();
    return first?.rows ?? 0;
  }

  check(object: DataObject): void {
    const { columns } = expectKind(this.#at, object, 'table');
    if (columns.size !== this.#columns.size || [...columns.keys()].some((name) => !this.#columns.has(name)))
      this.#tellDifference(columns);
    for (const [name, target] of this.#columns) target.check(columns.get(name)!);
  }

  add(object: DataObject): void {
    const { columns } = expectKind(this.#at, object, 'table');
    for (const [name, target] of this.#columns) target.add(columns.get(name)!);
  }

  #tellDifference(columns: Table['columns']): void {
    const missing = [...this.#columns.keys()].filter((name) => !columns.has(name));
    const extra = [...columns.keys()].filter((name) => !this.#columns.has(name));
    if (missing.length > 0) mismatch(this.#at, `the columns ${missing.join(', ')} are missing`);
    if (extra.length > 0) mismatch(this.#at, `the columns ${extra.join(', ')} are not in the table`);
  }
}

function createTarget(place: Place, form: DataObject): Target {
  switch (form.kind) {
    case 'array':
      return new ArrayTarget(place, form);
    case 'strings':
      return new TextTarget(place, form);
    case 'vov':
      return new VectorTarget(place, form);
    case 'encoded':
      return new EncodedTarget(place, form);
    case 'table':
      return new TableTarget(place, form);
    case 'opaque':
      return new OpaqueTarget(place, form);
    case 'scalar':
    case 'struct':
      throw new Lh5Error('argument-invalid', `a ${form.kind} has no rows`, placeOf(place.at));
  }
}

/** Begins an object of the form of `form` (which has been checked), without rows yet. */
export function beginTarget(at: OutputPlace, form: RowObject, plans: StoragePlans): Target {
  return createTarget({ at, column: '', plans }, form);
}
