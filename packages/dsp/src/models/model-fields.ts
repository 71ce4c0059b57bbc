/** What is wrong with a model file; the text names the place. */
export class ModelFault extends Error {}

/** Members of an object of a model file. */
export type Fields = Readonly<Record<string, unknown>>;

/** Numbers row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` as an object. Throws a ModelFault. */
export function fieldsOf(value: unknown, place: string): Fields {
  if (!isFields(value)) throw new ModelFault(`${place} must be an object`);
  return value;
}

/** The object in the bytes of a JSON file whose member `format` is the given one. Throws a ModelFault. */
export function modelOf(bytes: ArrayLike<number | bigint>, format: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes as ArrayLike<number>)));
  } catch {
    throw new ModelFault('it is not a JSON file: models are read from JSON, not from pickle, HDF5 or ONNX');
  }
  const fields = fieldsOf(parsed, 'the file');
  if (fields['format'] !== format) throw new ModelFault(`its 'format' must be '${format}'`);
  return fields;
}

/** A finite number; `fallback` when the member is absent. Throws a ModelFault. */
export function numberAt(fields: Fields, name: string, place: string, fallback?: number): number {
  const value = fields[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ModelFault(`${place}.${name} must be a number`);
  return value;
}

/** A whole number, at least 1; `fallback` when the member is absent. Throws a ModelFault. */
export function countAt(fields: Fields, name: string, place: string, fallback?: number): number {
  const value = numberAt(fields, name, place, fallback);
  if (!Number.isInteger(value) || value < 1)
    throw new ModelFault(`${place}.${name} must be a whole number, at least 1`);
  return value;
}

/** One of the known words; `fallback` when the member is absent. Throws a ModelFault that lists them. */
export function wordAt<T extends string>(
  fields: Fields,
  name: string,
  place: string,
  known: readonly T[],
  fallback?: T,
): T {
  const value = fields[name] ?? fallback;
  const found = known.find((word) => word === value);
  if (found === undefined) throw new ModelFault(`${place}.${name} must be one of ${known.join(', ')}`);
  return found;
}

/** A list, of `length` members when that is given. Throws a ModelFault. */
export function listAt(fields: Fields, name: string, place: string, length?: number): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw new ModelFault(`${place}.${name} must be a list`);
  if (length !== undefined && value.length !== length)
    throw new ModelFault(
      `${place}.${name} must have ${length.toString()} members, not ${value.length.toString()}`,
    );
  return value as readonly unknown[];
}

function finite(list: readonly unknown[], place: string): Float64Array {
  if (list.some((value) => typeof value !== 'number' || !Number.isFinite(value)))
    throw new ModelFault(`${place} must hold numbers only`);
  return Float64Array.from(list as readonly number[]);
}

/** A list of numbers, of `length` members when that is given. Throws a ModelFault. */
export function numbersAt(fields: Fields, name: string, place: string, length?: number): Float64Array {
  return finite(listAt(fields, name, place, length), `${place}.${name}`);
}

/** Lists of equally many numbers as a matrix with at least one row and column. Throws a ModelFault. */
export function matrixOf(value: unknown, place: string): Matrix {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const rows = list.map((row) => (Array.isArray(row) ? (row as readonly unknown[]) : []));
  const columns = rows[0]?.length ?? 0;
  if (columns === 0 || rows.some((row) => row.length !== columns))
    throw new ModelFault(`${place} must be a list of equally long lists of numbers`);
  return { rows: rows.length, columns, values: finite(rows.flat(), place) };
}
