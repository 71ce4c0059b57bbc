import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';

/** Names of what {@link readWaveforms} gives. */
export const waveformNames = { values: 'values', samples: 'samples', periodNs: 'period' } as const;

const nanoseconds: Readonly<Record<string, number>> = { ns: 1, us: 1000, µs: 1000, ms: 1e6, s: 1e9 };

/** Whether a table has waveforms of equal length in a column. */
export function hasWaveforms({ path, sample }: InputTable, column: string): boolean {
  return !path.startsWith('run/') && valuesIn(sample, column) !== undefined;
}

/** Which waveforms are read. */
export interface WaveformAsk {
  readonly column: string;
  /** How many are kept at most. */
  readonly most: number;
  /** Means of so many neighbouring samples take their place; 1 when absent. */
  readonly presum?: number;
  /** Which of them are kept; all when absent. The samples are those after summing, and change with the next call. */
  readonly keep?: (wave: Float64Array) => boolean;
}

/** Rows that are read at once. */
const blockRows = 1000;

/**
 * The first waveforms of a table that are to be kept, one behind the other, with their length and the period of their
 * samples in ns. Throws a StageError where the column holds something else.
 */
export async function readWaveforms(
  stage: string,
  reader: TableReader,
  table: InputTable,
  { column, most, presum = 1, keep }: WaveformAsk,
): Promise<ReadonlyMap<string, Float64Array>> {
  const parts: Float64Array[] = [];
  let [kept, samples, periodNs] = [0, 0, 1];
  for (let start = 0; start < table.rows && kept < most; start += blockRows) {
    const block = await reader.read(table.path, [start, Math.min(table.rows, start + blockRows)], [column]);
    const found = valuesIn(block, column);
    if (found === undefined)
      throw new StageError(stage, `${table.path}: ${column} does not hold waveforms of equal length`);
    samples = Math.floor(found.samples / presum);
    periodNs = presum * periodOf(block.columns.get(column) as Table);
    const values = new Float64Array(block.rows * samples);
    let here = 0;
    for (let row = 0; row < block.rows && kept < most; row++) {
      const wave = values.subarray(here * samples, (here + 1) * samples);
      summed(found.data, row * found.samples, presum, wave);
      if (keep?.(wave) === false) continue;
      here++;
      kept++;
    }
    parts.push(values.subarray(0, here * samples));
  }
  const values = new Float64Array(kept * samples);
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return new Map([
    [waveformNames.values, values],
    [waveformNames.samples, Float64Array.of(samples)],
    [waveformNames.periodNs, Float64Array.of(periodNs)],
  ]);
}

function summed(data: ArrayLike<number | bigint>, start: number, presum: number, wave: Float64Array): void {
  for (let i = 0; i < wave.length; i++) {
    let sum = 0;
    for (let k = 0; k < presum; k++) sum += Number(data[start + i * presum + k]);
    wave[i] = sum / presum;
  }
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
