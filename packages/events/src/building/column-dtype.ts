import {
  allocate,
  type Dtype,
  dtypes,
  isBigDtype,
  type NdArray,
  type VectorOfVectors,
} from '@countroom/records';
import { EventError } from '../errors.js';

/**
 * A column with its numbers (of nested lists too) in another type, cut as C does; as it is when no type is given.
 * Throws an EventError for a type that does not exist.
 */
export function withDtype<C extends NdArray | VectorOfVectors>(column: C, dtype: string | undefined): C {
  if (dtype === undefined) return column;
  const known = dtypeNamed(dtype);
  if (column.kind === 'array') return { ...column, dtype: known, data: converted(column, known) };
  const { flattened } = column;
  return flattened.kind === 'strings' ? column : { ...column, flattened: withDtype(flattened, dtype) };
}

/** The number type of a name as numpy writes it. Throws an EventError for others. */
export function dtypeNamed(name: string): Dtype {
  const aliases: Readonly<Record<string, Dtype>> = { int: 'int64', float: 'float64', bool_: 'bool' };
  const bare = name.replace(/^(np|numpy)\./, '');
  const found = aliases[bare] ?? dtypes.find((dtype) => dtype === bare);
  if (found === undefined) throw new EventError(`dtype ${name} is none of ${dtypes.join(', ')}`);
  return found;
}

function converted({ data, shape }: NdArray, dtype: Dtype): NdArray['data'] {
  const out = allocate(
    dtype,
    shape.reduce((product, extent) => product * extent, 1),
  );
  for (let i = 0; i < out.length; i++) {
    const value = data[i]!;
    if (dtype === 'bool') out[i] = value ? 1 : 0;
    else if (!isBigDtype(dtype)) out[i] = Number(value);
    else out[i] = typeof value === 'bigint' ? value : BigInt(Number.isFinite(value) ? Math.trunc(value) : 0);
  }
  return out;
}
