import type { RecordBatch } from '@countroom/records';
import { numbersOf } from './batches.js';
import type { CaseColumn } from './grammar-cases.js';
import { differences, flatten, type Nested, type Tolerance } from './numbers.js';

function schemaOf(batch: RecordBatch, name: string) {
  return batch.schema.columns.find((column) => column.name === name);
}

function compareArray(
  batch: RecordBatch,
  name: string,
  expected: CaseColumn,
  tolerance: Tolerance,
): string[] {
  const schema = schemaOf(batch, name);
  if (schema === undefined) return [`${name} is missing`];
  const faults: string[] = [];
  if (expected.dtype !== undefined && schema.dtype !== expected.dtype)
    faults.push(`${name} is ${schema.dtype} instead of ${expected.dtype}`);
  const units = expected.attrs?.['units'];
  if (units !== undefined && schema.units !== units)
    faults.push(`${name} is in ${String(schema.units)} instead of ${units}`);
  const rows = (expected.value ?? []) as readonly Nested[];
  const wanted = flatten(rows);
  if (expected.kind === 'vector_of_vectors') {
    const column = batch.columns[batch.schema.columns.indexOf(schema)];
    const offsets = Array.from(column?.offsets ?? []).slice(0, rows.length + 1);
    const lengths = rows.map((_, row) => (offsets[row + 1] ?? 0) - (offsets[row] ?? 0));
    faults.push(
      ...differences(
        lengths,
        rows.map((row) => (row as readonly Nested[]).length),
        { rtol: 0, atol_rel_to_max: 0 },
      ).map((text) => `length of ${name}${text}`),
    );
  }
  const found = numbersOf(batch, name).slice(0, wanted.length);
  return [...faults, ...differences(found, wanted, tolerance).map((text) => `${name}${text}`)];
}

/** What is wrong with one column of a result, in words; empty when nothing is. */
export function compareColumn(
  batch: RecordBatch,
  name: string,
  expected: CaseColumn,
  tolerance: Tolerance,
): string[] {
  if (expected.kind !== 'waveform') return compareArray(batch, name, expected, tolerance);
  const { values, t0 = [], dt = [] } = expected;
  const inner = values as { readonly dtype: string; readonly value: Nested };
  const times = (part: 't0' | 'dt', numbers: readonly number[]): CaseColumn => ({
    kind: 'array',
    value: numbers,
    attrs: { units: expected[`${part}_units`] ?? 'ns' },
  });
  return [
    ...compareArray(batch, `${name}/values`, { kind: 'array', ...inner }, tolerance),
    ...compareArray(batch, `${name}/t0`, times('t0', t0), tolerance),
    ...compareArray(batch, `${name}/dt`, times('dt', dt as readonly number[]), tolerance),
  ];
}
