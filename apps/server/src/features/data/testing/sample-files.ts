import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFcio } from '@countroom/decoders';
import { createWriter } from '@countroom/lh5';
import { allocate, type DataObject, type Dtype, type NdArray, type Table } from '@countroom/records';

/** A folder that `remove` takes away again. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'countroom-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A recording; every seed gives other bytes. */
export function fcioBytes(seed: number, events = 5): Buffer {
  return Buffer.concat([...simulateFcio({ seed, events, channels: 2, samples: 64 })]);
}

export function numbers(
  dtype: Dtype,
  values: readonly (number | bigint)[],
  { inner = [], units }: { inner?: readonly number[]; units?: string } = {},
): NdArray {
  const data = allocate(dtype, values.length);
  values.forEach((value, index) => {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[index] = BigInt(value);
    else data[index] = Number(value);
  });
  const width = inner.reduce((total, extent) => total * extent, 1);
  return {
    kind: 'array',
    flavor: inner.length > 0 ? 'aoesa' : 'array',
    dtype,
    shape: [values.length / width, ...inner],
    data,
    attrs: units === undefined ? {} : { units },
  };
}

export function table(rows: number, columns: Readonly<Record<string, DataObject>>): Table {
  return { kind: 'table', rows, columns: new Map(Object.entries(columns)), attrs: {} };
}

export const rows = 40;
export const samples = 100;
/** Sample `k` of row `row`: each row is a ramp of its own. */
export function sampleAt(row: number, k: number): number {
  return row * 100 + k;
}

const each = Array.from({ length: rows }, (_, row) => row);

/** A table with 64-bit times, an energy that is NaN in every tenth row, a flag, vectors and waveforms. */
export async function writeSampleFile(file: string, path = 'ch0000001/raw'): Promise<void> {
  const ends: number[] = [];
  for (const row of each) ends.push((ends.at(-1) ?? 0) + (row % 5) + 20);
  const total = ends.at(-1) ?? 0;
  const writer = await createWriter(file);
  await writer.append(
    path,
    table(rows, {
      timestamp: numbers(
        'int64',
        each.map((row) => 2n ** 62n + BigInt(row)),
        { units: 'ns' },
      ),
      energy: numbers(
        'float64',
        each.map((row) => (row % 10 === 0 ? Number.NaN : row)),
        { units: 'keV' },
      ),
      flag: numbers(
        'bool',
        each.map((row) => row % 2),
      ),
      hits: {
        kind: 'vov',
        cumulative: numbers('uint32', ends),
        flattened: numbers(
          'float32',
          Array.from({ length: total }, (_, k) => k),
        ),
        attrs: {},
      },
      waveform: table(rows, {
        t0: numbers(
          'float64',
          each.map(() => 1),
          { units: 'us' },
        ),
        dt: numbers(
          'float64',
          each.map(() => 16),
          { units: 'ns' },
        ),
        values: numbers(
          'uint16',
          each.flatMap((row) => Array.from({ length: samples }, (_, k) => sampleAt(row, k))),
          { inner: [samples], units: 'ADC' },
        ),
      }),
    }),
  );
  await writer.write('run/number', { kind: 'scalar', value: 7n, attrs: {} });
  await writer.close();
}

/** A file without anything of LH5: a cube, a curve, texts, in groups; the cube's element (i, j, k) is 100 i + 10 j + k. */
export async function writePlainFile(file: string): Promise<void> {
  const writer = await createWriter(file);
  const cube = [0, 1].flatMap((i) => [0, 1, 2].flatMap((j) => [0, 1, 2, 3].map((k) => 100 * i + 10 * j + k)));
  await writer.write('scan/cube', numbers('int32', cube, { inner: [3, 4], units: 'counts' }));
  const curve = Array.from({ length: 50_000 }, (_, index) =>
    index === 12_345 ? 1000 : Math.sin(index / 1000),
  );
  await writer.write('scan/curve', numbers('float64', curve));
  await writer.write('scan/large', numbers('int64', [2n ** 62n, -1n]));
  await writer.write('names', { kind: 'strings', values: ['one', 'two'], attrs: {} });
  await writer.write('version', { kind: 'scalar', value: 3n, attrs: { note: 'by hand' } });
  await writer.close();
  // The attribute that makes LH5 of it gets another name of the same length.
  writeFileSync(
    file,
    Buffer.from(readFileSync(file).toString('latin1').replaceAll('datatype', 'purposes'), 'latin1'),
  );
}
