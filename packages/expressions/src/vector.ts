/** Kinds of values while an expression is worked out, weakest first. Narrow integers are widened on the way in. */
export const kinds = ['bool', 'int32', 'int64', 'float32', 'float64'] as const;
/** Kind of a value. */
export type Kind = (typeof kinds)[number];

/** Arrays by kind. */
export interface KindArray {
  bool: Uint8Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** One value per row (`step` 1), or one for all rows (`step` 0, one element). */
export interface Vector<K extends Kind = Kind> {
  readonly kind: K;
  readonly data: KindArray[K];
  readonly step: 0 | 1;
}

/** The stronger of two kinds. */
export function strongest(a: Kind, b: Kind): Kind {
  return kinds.indexOf(a) >= kinds.indexOf(b) ? a : b;
}

/** True for the kinds whose elements are JavaScript numbers of limited precision. */
export function isFloat(kind: Kind): kind is 'float32' | 'float64' {
  return kind === 'float32' || kind === 'float64';
}

/** A new array of a kind. */
export function newArray<K extends Kind>(kind: K, length: number): KindArray[K] {
  const make: { [P in Kind]: (length: number) => KindArray[P] } = {
    bool: (n) => new Uint8Array(n),
    int32: (n) => new Int32Array(n),
    int64: (n) => new BigInt64Array(n),
    float32: (n) => new Float32Array(n),
    float64: (n) => new Float64Array(n),
  };
  return make[kind](length);
}

/**
 * The same values in another kind. 64-bit integers become floats by rounding; floats become integers by dropping
 * the fraction (NaN and what does not fit: the smallest integer), as C and numpy do on x86.
 */
export function cast<K extends Kind>(vector: Vector, kind: K): Vector<K> {
  if (vector.kind === kind) return vector as Vector<K>;
  const { data, step } = vector;
  const out = newArray<Kind>(kind, data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (kind === 'int64') (out as BigInt64Array)[i] = toBigInt(value);
    else if (kind === 'bool') (out as Uint8Array)[i] = value ? 1 : 0;
    else (out as Float64Array)[i] = Number(value);
  }
  return { kind, data: out as KindArray[K], step };
}

function toBigInt(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value;
  return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : -(2n ** 63n);
}
