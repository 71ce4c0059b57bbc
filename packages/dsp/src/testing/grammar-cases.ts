import type { Dtype, RecordBatch } from '@countroom/records';
import { batchOf, type TestColumn } from './batches.js';
import { flatten, type Nested } from './numbers.js';

/** A column as files of chain cases write it. */
export interface CaseColumn {
  readonly kind: 'waveform' | 'array' | 'array_of_equal_sized_arrays' | 'vector_of_vectors';
  readonly dtype?: string;
  readonly value?: Nested;
  readonly values?:
    | Nested
    | { readonly dtype: string; readonly value: Nested; readonly attrs?: Readonly<Record<string, string>> };
  readonly t0?: readonly number[];
  readonly dt?: number | readonly number[];
  readonly units?: string;
  readonly t0_units?: string;
  readonly dt_units?: string;
  readonly attrs?: Readonly<Record<string, string>>;
}

/** One case of a file of chain cases. */
export interface GrammarCase {
  readonly name: string;
  readonly outputs: readonly string[];
  readonly processors: Readonly<Record<string, unknown>>;
  readonly database: Readonly<Record<string, unknown>>;
  readonly expected?: Readonly<Record<string, CaseColumn>>;
  /** What this product should give where the reference is odd. */
  readonly desired?: Readonly<Record<string, CaseColumn>>;
  readonly raises?: { readonly class: string; readonly stage: 'setup' | 'execute' };
  readonly fields_read?: readonly string[];
  readonly reference_fails?: boolean;
}

/** A file of chain cases. */
export interface GrammarFile {
  readonly table: Readonly<Record<string, CaseColumn>>;
  readonly cases: readonly GrammarCase[];
}

function columnsOf(name: string, column: CaseColumn): TestColumn[] {
  const units = column.units === undefined ? {} : { units: column.units };
  const dtype = (column.dtype ?? 'float64') as Dtype;
  if (column.kind === 'waveform') {
    const rows = column.values as readonly Nested[];
    const t0 = column.t0 ?? [];
    const dt = t0.map(() => Number(column.dt));
    const shape = [(rows[0] as readonly Nested[]).length];
    return [
      { name: `${name}/values`, dtype, shape, values: flatten(rows) },
      { name: `${name}/dt`, dtype: 'float64', values: dt, ...units },
      { name: `${name}/t0`, dtype: 'float64', values: t0, ...units },
    ];
  }
  const rows = column.value as readonly Nested[];
  if (column.kind === 'vector_of_vectors') {
    const offsets = rows.reduce<number[]>(
      (ends, row) => [...ends, (ends.at(-1) ?? 0) + (row as readonly Nested[]).length],
      [0],
    );
    return [{ name, dtype, values: flatten(rows), offsets, ...units }];
  }
  const shape = Array.isArray(rows[0]) ? [(rows[0] as readonly Nested[]).length] : [];
  return [{ name, dtype, shape, values: flatten(rows), ...units }];
}

/** The input table of a file of cases. */
export function caseTable(file: GrammarFile): RecordBatch {
  const rows = Object.values(file.table)[0]?.t0?.length ?? 4;
  return batchOf(
    rows,
    Object.entries(file.table).flatMap(([name, column]) => columnsOf(name, column)),
  );
}
