import { allocate, type Dtype, isBigDtype, type Opaque, type Scalar } from '@countroom/records';
import { datatypeOf } from '../datatype/of-object.js';
import { isAscii } from '../hdf5/attribute-value.js';
import { numberType, textType } from '../hdf5/element-type.js';
import { placeOf } from '../hdf5/place.js';
import { opaqueType } from './check.js';
import { type OutputPlace, setHead } from './output-place.js';

function numberDtype(value: number | bigint | boolean): Dtype {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return value >= 2n ** 63n ? 'uint64' : 'int64';
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0) ? 'int32' : 'float64';
}

function numberBytes(dtype: Dtype, value: number | bigint | boolean): Uint8Array {
  const data = allocate(dtype, 1);
  if (isBigDtype(dtype)) (data as BigInt64Array | BigUint64Array)[0] = BigInt(value);
  else (data as Float64Array)[0] = Number(value);
  return new Uint8Array(data.buffer);
}

/**
 * Writes a scalar: texts with variable length, numbers with their dtype (without one: int32 for small whole numbers,
 * else float64; bigints int64), truth values as uint8.
 */
export function writeScalar(at: OutputPlace, scalar: Scalar): void {
  const { value } = scalar;
  if (typeof value === 'string') {
    at.output.createSingle(at.path, textType('variable', isAscii(value)), value);
  } else {
    const dtype = scalar.dtype ?? numberDtype(value);
    at.output.createSingle(at.path, numberType(dtype), numberBytes(dtype, value));
  }
  setHead(at, datatypeOf(scalar), scalar.attrs);
}

/** Writes opaque data without axes as they were read. */
export function writeOpaqueScalar(at: OutputPlace, object: Opaque): void {
  at.output.createSingle(at.path, opaqueType(object, placeOf(at)), object.bytes);
  setHead(at, object.datatype, object.attrs);
}
