import { lh5Backend } from '@countroom/lh5';
import type { DataArray, DataObject, Dtype, NdArray, Table } from '@countroom/records';

/** Records of a scope: events, each a record of counts per channel. */
export interface ScopeRecords {
  readonly records: readonly (readonly ArrayLike<number>[])[];
  readonly numbers?: readonly number[];
  readonly timesS?: readonly number[];
  readonly dtNs: number;
  readonly before: number;
  /** Unit of the samples; counts by default. */
  readonly unit?: string;
  /** Times as seconds in `timestamp`, as recordings of other programs have them. */
  readonly timestamp?: boolean;
}

function array(dtype: Dtype, data: DataArray, shape: readonly number[], units?: string): NdArray {
  const flavor = shape.length > 1 ? 'aoesa' : 'array';
  return { kind: 'array', flavor, dtype, shape, data, attrs: units === undefined ? {} : { units } };
}

/** Writes a raw file with one table per channel, as acquisition does. */
export async function writeScopeFile(path: string, scope: ScopeRecords): Promise<void> {
  const { records, dtNs, before } = scope;
  const rows = records.length;
  const samples = records[0]![0]!.length;
  const numbers = scope.numbers ?? records.map((_, i) => i + 1);
  const times = scope.timesS ?? numbers.map((number) => number / 50);
  const writer = await lh5Backend.createWriter(path, {});
  for (let channel = 0; channel < records[0]!.length; channel++) {
    const wide = records.some((event) =>
      Array.from(event[channel]!).some((value) => Math.abs(value) > 32_767),
    );
    const values = new (wide ? Int32Array : Int16Array)(rows * samples);
    records.forEach((event, row) => values.set(event[channel]!, row * samples));
    const waveform: Table = {
      kind: 'table',
      rows,
      columns: new Map<string, DataObject>([
        ['t0', array('float32', new Float32Array(rows).fill(-before * dtNs), [rows], 'ns')],
        ['dt', array('float32', new Float32Array(rows).fill(dtNs), [rows], 'ns')],
        ['values', array(wide ? 'int32' : 'int16', values, [rows, samples], scope.unit ?? 'adc')],
      ]),
      attrs: {},
    };
    await writer.append(`ch000000${channel}/raw`, {
      kind: 'table',
      rows,
      columns: new Map<string, DataObject>([
        ['eventnumber', array('int64', BigInt64Array.from(numbers, BigInt), [rows])],
        scope.timestamp === true
          ? ['timestamp', array('float64', Float64Array.from(times), [rows], 's')]
          : ['devicetime', array('int64', deviceTimes(times), [rows], 'ns')],
        ['waveform', waveform],
      ]),
      attrs: {},
    });
  }
  await writer.close();
}

function deviceTimes(times: readonly number[]): BigInt64Array {
  return BigInt64Array.from(times, (s) => BigInt(Math.round(s * 1e9)));
}
