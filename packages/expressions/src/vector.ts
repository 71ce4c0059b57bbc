import { compiledLoops } from './loops/compiled-loops.js';
import { plainConvert } from './loops/plain-loops.js';

/** Kinds of real values, weakest first. Narrow integers are widened on the way in. */
export const realKinds = ['bool', 'int32', 'int64', 'float32', 'float64'] as const;
/** Kind of a value that is no complex number. */
export type RealKind = (typeof realKinds)[number];
/** Kinds of values while an expression is worked out, weakest first. */
export const kinds = [...realKinds, 'complex128'] as const;
/** Kind of a value. */
export type Kind = (typeof kinds)[number];

/** Arrays by kind. */
export interface KindArray {
  bool: Uint8Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float32: Float32Array;
  float64: Float64Array;
  /** Real parts; the imaginary ones stand beside them. */
  complex128: Float64Array;
}

/**
 * Values of an expression: one per row (`step` 1), one for all rows (`step` 0, one element), or a list per row
 * (`step` 1 with `offsets`).
 */
export interface Vector<K extends Kind = Kind> {
  readonly kind: K;
  /** The numbers; with `offsets` those of all lists, one list after the other. */
  readonly data: KindArray[K];
  readonly step: 0 | 1;
  /** Imaginary parts of complex128, as many as there are real ones in `data`. Absent for all other kinds. */
  readonly imaginary?: Float64Array;
  /**
   * Where lists begin, outermost level first: list i of a level is items `offsets[level][i]` to
   * `offsets[level][i+1]` (excluded) of the next level, of `data` after the last one. Absent for one number per row.
   */
  readonly offsets?: readonly Int32Array[];
  /** 0 where an element of `data` is missing ("None": the first item of an empty list). Absent when none is. */
  readonly valid?: Uint8Array;
}

/** Type of a column or of a result: kind of its numbers, and how deep its lists are nested (0: one number per row). */
export interface ColumnType {
  readonly kind: Kind;
  readonly depth: number;
}

/** The stronger of two kinds. */
export function strongest(a: Kind, b: Kind): Kind {
  return kinds.indexOf(a) >= kinds.indexOf(b) ? a : b;
}

/** True for the kinds whose elements are JavaScript numbers of limited precision. */
export function isFloat(kind: Kind): kind is 'float32' | 'float64' {
  return kind === 'float32' || kind === 'float64';
}

const constructors: { readonly [P in Kind]: new (length: number) => KindArray[P] } = {
  bool: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex128: Float64Array,
};

/** A new array of a kind. */
export function newArray<K extends Kind>(kind: K, length: number): KindArray[K] {
  return new constructors[kind](length);
}

/**
 * The same values in another kind. 64-bit integers become floats by rounding; floats become integers by dropping
 * the fraction (NaN and what does not fit: the smallest integer), as C and numpy do on x86; everything but 0 is true.
 * Complex numbers lose their imaginary part.
 */
export function cast<K extends Kind>(vector: Vector, kind: K): Vector<K> {
  if (vector.kind === kind) return vector as Vector<K>;
  if (kind === 'complex128') {
    const imaginary = new Float64Array(vector.data.length);
    return { ...cast(vector, 'float64'), kind, imaginary } as Vector<K>;
  }
  if (vector.kind === 'complex128') {
    const { data, step, valid } = vector as Vector<'complex128'>;
    return cast({ kind: 'float64', data, step, ...(valid === undefined ? {} : { valid }) }, kind);
  }
  const out = newArray(kind, vector.data.length);
  const loops = compiledLoops();
  if (loops === undefined) plainConvert(vector, kind, out);
  else loops.convert(vector, kind, out);
  return { ...vector, kind, data: out };
}

/** One element per row, also for constants. */
export function spread(vector: Vector, rows: number): Vector {
  if (vector.step === 1) return vector;
  const data = newArray(vector.kind, rows);
  (data as Float64Array).fill(vector.data[0] as number);
  const { imaginary } = vector;
  if (imaginary === undefined) return { kind: vector.kind, data, step: 1 };
  return { kind: vector.kind, data, imaginary: new Float64Array(rows).fill(imaginary[0]!), step: 1 };
}

/** Picks elements of `data` (not lists): element i of the result is element `at[i]`. */
export function pickData<K extends Kind>(kind: K, data: KindArray[K], at: Int32Array): KindArray[K] {
  const out = newArray(kind, at.length);
  if (kind === 'int64') {
    const [from, to] = [halves(data as BigInt64Array), halves(out as BigInt64Array)];
    for (let i = 0; i < at.length; i++) {
      to[2 * i] = from[2 * at[i]!]!;
      to[2 * i + 1] = from[2 * at[i]! + 1]!;
    }
    return out;
  }
  for (let i = 0; i < at.length; i++) (out as Float64Array)[i] = (data as Float64Array)[at[i]!]!;
  return out;
}

/** 64-bit integers as pairs of 32-bit ones, to move them without making BigInts. */
function halves({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}
