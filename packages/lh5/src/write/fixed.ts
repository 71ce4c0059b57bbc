import { allocate, type Dtype, isBigDtype, type Opaque, type Scalar } from '@countroom/records';
import { datatypeOf } from '../datatype/of-object.js';
import { isAscii, writeAttributes } from '../hdf5/attributes.js';
import { createFixedDataset } from '../hdf5/dataset-writer.js';
import { numberType, textType } from '../hdf5/element-type.js';
import { type ObjectAt, placeOf } from '../hdf5/location.js';
import { opaqueType } from './check.js';

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
export function writeScalar(at: ObjectAt, scalar: Scalar): void {
  const { value } = scalar;
  if (typeof value === 'string') {
    createFixedDataset(at, textType('variable', isAscii(value)), [], value);
  } else {
    const dtype = scalar.dtype ?? numberDtype(value);
    createFixedDataset(at, numberType(dtype), [], numberBytes(dtype, value));
  }
  writeAttributes(at, datatypeOf(scalar), scalar.attrs);
}

/** Writes opaque data without axes as they were read. */
export function writeOpaqueScalar(at: ObjectAt, object: Opaque): void {
  createFixedDataset(at, opaqueType(object, placeOf(at)), [], object.bytes);
  writeAttributes(at, object.datatype, object.attrs);
}
