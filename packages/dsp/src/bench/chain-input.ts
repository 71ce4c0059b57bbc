import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { allocate, bytesPerElement, type DataArray, type RecordBatch, viewOf } from '@countroom/records';
import { batchOf } from '../testing/batches.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { readTable } from '../testing/read-lh5.js';
import { readJson, testData } from '../testing/test-data.js';

/** A configuration and the rows that it is measured on. */
export interface ChainCase {
  readonly name: string;
  readonly configPath: string;
  readonly config: unknown;
  readonly database: Readonly<Record<string, unknown>>;
  /** Recorded (or, without recordings, made) rows, to be repeated. */
  readonly rows: RecordBatch;
  readonly isRecorded: boolean;
}

interface GoldenFile {
  readonly config: string;
  readonly database: Readonly<Record<string, unknown>>;
  readonly input: {
    readonly path: string;
    readonly table: string;
    readonly first_row: number;
    readonly n_rows: number;
  };
}

const goldenFiles: Readonly<Record<string, string>> = {
  minimal: 'minimal.geds',
  hpge: 'hpge.geds_rows0_49',
  sipm: 'sipm.ch0',
};

function madeRows(): RecordBatch {
  const rows = 50;
  const length = 5592;
  const column = (name: string, value: number) => ({
    name,
    dtype: 'float64' as const,
    values: Array.from({ length: rows }, () => value),
  });
  const waveforms = Array.from({ length: rows }, (_, row) =>
    exampleWaveform(length, row % 7).map((value) => Math.round(100 * value)),
  );
  return batchOf(rows, [
    { name: 'waveform/values', dtype: 'uint16', shape: [length], values: waveforms.flat() },
    { ...column('waveform/dt', 16), units: 'ns' },
    { ...column('waveform/t0', 0), units: 'ns' },
    ...['timestamp', 'channel', 'baseline', 'energy'].map((name) => column(name, 0)),
  ]);
}

/** The configurations of the test data with their rows; none when the test data are absent. */
export async function chainCases(): Promise<ChainCase[]> {
  const cases: ChainCase[] = [];
  for (const [name, golden] of Object.entries(goldenFiles)) {
    const path = join(testData, `dsp/chains/${golden}.golden.json`);
    if (!existsSync(path)) continue;
    const file = readJson(path) as GoldenFile;
    const configPath = join(testData, 'dsp/configs', file.config);
    const source = join(testData, 'legend', file.input.path.replace(/^data\//, ''));
    const isRecorded = existsSync(source);
    const { first_row: first, n_rows: count, table } = file.input;
    cases.push({
      name,
      configPath,
      config: readJson(configPath),
      database: file.database,
      rows: isRecorded ? await readTable(source, table, { first, count }) : madeRows(),
      isRecorded,
    });
  }
  return cases;
}

/** Adds -2 to 2 to every sample of an integer waveform, so that no two rows are the same. */
function addNoise(data: DataArray): void {
  if (!(data instanceof Uint16Array)) return;
  let state = 12_345;
  for (let i = 0; i < data.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    data[i] = Math.max(0, data[i]! + ((state >>> 16) % 5) - 2);
  }
}

/** The rows of a batch over and over, with noise, in memory that threads can share. */
export function repeated(batch: RecordBatch, rows: number): RecordBatch {
  return {
    schema: batch.schema,
    rows,
    columns: batch.columns.map(({ data }, index) => {
      const { dtype } = batch.schema.columns[index]!;
      const perRow = data.length / batch.rows;
      const shared = new SharedArrayBuffer(Math.max(8, rows * perRow * bytesPerElement(dtype)));
      const target = viewOf(dtype, shared, 0, rows * perRow) as Float64Array;
      const source = data as Float64Array;
      for (let row = 0; row < rows; row += batch.rows) {
        const count = Math.min(batch.rows, rows - row);
        target.set(source.subarray(0, count * perRow), row * perRow);
      }
      if (batch.schema.columns[index]!.name.endsWith('/values')) addNoise(target);
      return { data: target };
    }),
  };
}

/** Rows [from, to) of a batch of plain columns; shares its arrays. */
export function rowsOf(batch: RecordBatch, from: number, to: number): RecordBatch {
  return {
    schema: batch.schema,
    rows: to - from,
    columns: batch.columns.map(({ data }) => {
      const perRow = batch.rows === 0 ? 0 : data.length / batch.rows;
      return { data: (data as Float64Array).subarray(from * perRow, to * perRow) };
    }),
  };
}

/** A copy of a batch's columns outside shared memory, for writing to files. */
export function bytesOf(batch: RecordBatch): Uint8Array[] {
  return batch.columns.map(({ data }, index) => {
    const copy = allocate(batch.schema.columns[index]!.dtype, data.length) as Float64Array;
    copy.set(data as Float64Array);
    return new Uint8Array(copy.buffer);
  });
}
