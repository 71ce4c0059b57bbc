import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';

/** Names of what {@link readWaveforms} gives. */
export const waveformNames = { values: 'values', samples: 'samples', periodNs: 'period' } as const;

const nanoseconds: Readonly<Record<string, number>> = { ns: 1, us: 1000, µs: 1000, ms: 1e6, s: 1e9 };

/** Whether a table has waveforms of equal length in a column. */
export function hasWaveforms({ path, sample }: InputTable, column: string): boolean {
  return !path.startsWith('run/') && valuesIn(sample, column) !== undefined;
}

/**
 * The first waveforms of a table, one behind the other, with their length and the period of their samples in ns; means of
 * so many neighbouring samples where they are to be fewer. Throws a StageError where the column holds something else.
 */
export async function readWaveforms(
  stage: string,
  reader: TableReader,
  table: InputTable,
  ask: { readonly column: string; readonly most: number; readonly presum?: number },
): Promise<ReadonlyMap<string, Float64Array>> {
  const { column, most, presum = 1 } = ask;
  const block = await reader.read(table.path, [0, Math.min(table.rows, most)], [column]);
  const found = valuesIn(block, column);
  if (found === undefined)
    throw new StageError(stage, `${table.path}: ${column} does not hold waveforms of equal length`);
  const { data, samples } = found;
  const kept = Math.floor(samples / presum);
  const rows = block.rows;
  const values = new Float64Array(rows * kept);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < kept; i++) {
      let sum = 0;
      for (let k = 0; k < presum; k++) sum += Number(data[row * samples + i * presum + k]);
      values[row * kept + i] = sum / presum;
    }
  }
  return new Map([
    [waveformNames.values, values],
    [waveformNames.samples, Float64Array.of(kept)],
    [waveformNames.periodNs, Float64Array.of(presum * periodOf(block.columns.get(column) as Table))],
  ]);
}

function valuesIn(
  { columns }: Table,
  column: string,
): { readonly data: ArrayLike<number | bigint>; readonly samples: number } | undefined {
  const waveform = columns.get(column);
  const values: DataObject | undefined =
    waveform?.kind === 'table' ? waveform.columns.get('values') : undefined;
  if (values?.kind !== 'array' || values.shape.length !== 2) return undefined;
  return { data: values.data, samples: values.shape[1]! };
}

/** 1 ns where a waveform does not tell its period. */
function periodOf({ columns }: Table): number {
  const dt = columns.get('dt');
  if (dt?.kind !== 'array' || dt.data.length === 0) return 1;
  const unit = dt.attrs['units'];
  return Number(dt.data[0]) * (nanoseconds[typeof unit === 'string' ? unit : 'ns'] ?? 1);
}
