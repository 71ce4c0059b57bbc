import type { DataArray } from '@countroom/records';

/** Writes a value into an array of any type as a C cast does; what is not finite becomes 0 in 64-bit integers. */
export function putNumber(data: DataArray, index: number, value: number | bigint | boolean): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    if (typeof value === 'bigint') data[index] = value;
    else data[index] = Number.isFinite(Number(value)) ? BigInt(Math.trunc(Number(value))) : 0n;
  } else {
    data[index] = Number(value);
  }
}
