import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { makeTemplate } from '@countroom/pulses';
import type { NdArray, Table } from '@countroom/records';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportTable } from '../export/export-table.js';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { writeScopeFile } from '../testing/scope-file.js';
import { findPulses } from './find-pulses.stage.js';

const folder = mkdtempSync(join(tmpdir(), 'find-pulses-'));
const raw = join(folder, 'raw.lh5');
const shape = { taur: 20e-9, tauon: 12e-9, tauf: 128e-9, pheight: -0.03 };
const voltsPerCount = [0.001];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function record(sign: number, ...places: number[]): Int16Array {
  const values = new Int16Array(500);
  const { samples } = makeTemplate(shape, 4e-9);
  for (const place of places)
    samples.forEach((value, i) => (values[place + i] = Math.round(sign * 3000 * value)));
  return values;
}

async function tableOf(file: string, path = 'pulses'): Promise<Table> {
  const reader = await lh5Backend.openReader(file);
  const table = await reader.readTable(path);
  await reader.close();
  return table;
}

function column(table: Table, name: string): (number | bigint)[] {
  return [...((table.columns.get(name) as NdArray).data as Float64Array)];
}

let output: string;
let count = 0;

async function run(options: object): Promise<Table> {
  output = join(folder, `out${++count}.lh5`);
  const full = { voltsPerCount, ...options };
  await runTableStageOnFiles({ stage: findPulses, options: full, inputs: { raw }, output });
  return tableOf(output);
}

beforeAll(async () => {
  const events = [
    [record(1, 50), record(1, 50, 300)],
    [record(1, 50), record(1)],
    [record(1), record(1, 50)],
    [record(1, 50), record(1, 50)],
  ];
  await writeScopeFile(raw, { records: events, numbers: [1, 2, 4, 7], dtNs: 4, before: 50 });
});

describe('find_pulses', () => {
  it('takes recordings of other programs: millivolts, seconds, no clock of a device', async () => {
    const recorded = join(folder, 'recorded.lh5');
    const events = [1, 2, 3].map(() => [record(1, 50), record(1, 50)]);
    const foreign = { unit: 'mV', timestamp: true, dtNs: 4, before: 50, timesS: [5e8, 5e8 + 2, 5e8 + 3.5] };
    await writeScopeFile(recorded, { ...foreign, records: events });
    const target = join(folder, 'recorded-pulses.lh5');
    const algorithm = { kind: 'pulse_filter', pulseShape: [shape], triggerChannel: 'A' };
    await runTableStageOnFiles({
      stage: findPulses,
      options: { algorithm },
      inputs: { raw: recorded },
      output: target,
    });
    const table = await tableOf(target);
    expect(column(table, 'time')).toEqual([0, 2, 3.5]);
    const heights = await tableOf(target, 'pulses');
    expect(Number(column(heights, 'height_A')[0])).toBeCloseTo(0.09, 6);
  });

  it('filters by template: one row per event, with the double pulse in it', async () => {
    const table = await run({
      algorithm: { kind: 'pulse_filter', pulseShape: [shape], triggerChannel: 'A' },
    });
    expect(column(table, 'event')).toEqual([1n, 2n, 4n, 7n]);
    expect(column(table, 'valid')).toEqual([1, 1, 0, 1]);
    expect(column(table, 'accepted')).toEqual([1, 0, 0, 1]);
    expect(column(table, 'pattern')).toEqual([3, 1, 0, 3]);
    expect(column(table, 'tau')[0]).toBeCloseTo(1, 6);
    expect(column(table, 'tau').slice(1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(column(table, 'height_B')[0]).toBeCloseTo(0.09, 6);
    expect((table.columns.get('tau') as NdArray).attrs['units']).toBe('us');
  });

  it('finds peaks and decays by their topology', async () => {
    const peaks = await run({
      voltsPerCount: [-0.001],
      algorithm: { kind: 'find_peaks', trigger_channel: 'A', trigger_position_tolerance: 20 },
    });
    expect(column(peaks, 'event')).toEqual([1n, 2n, 7n]);
    expect(column(peaks, 'chA_height')[0]).toBeCloseTo(90, 4);
    expect(column(peaks, 'chB_height')[1]).toBe(0);
    const decays = await run({
      voltsPerCount: [-0.001],
      algorithm: {
        kind: 'decay_time',
        signatures: [
          [
            ['+', '+'],
            ['-', '+'],
          ],
        ],
        peak_minimal_prominence_initial: 60,
      },
    });
    expect(column(decays, 'event')).toEqual([1n]);
    expect(column(decays, 'decay_time')).toEqual([1000]);
  });

  it('goes to CSV and to Parquet with the same values', async () => {
    await run({ algorithm: { kind: 'pulse_filter', pulseShape: [shape], triggerChannel: 'A' } });
    const csv = join(folder, 'pulses.csv');
    expect(await exportTable({ input: output, output: csv, format: 'csv' })).toMatchObject({
      rows: 4,
      table: 'pulses',
    });
    const [head, ...lines] = readFileSync(csv, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const cells = (name: string): (string | undefined)[] => lines.map((line) => line[head!.indexOf(name)]);
    expect(cells('event')).toEqual(['1', '2', '4', '7']);
    expect(cells('accepted')).toEqual(['true', 'false', 'false', 'true']);
    expect(cells('time')[0]).toBe('0.02');
    expect(cells('tau')).toEqual(['1', '', '', '']);
    const german = join(folder, 'german.csv');
    await exportTable({
      input: output,
      output: german,
      format: 'csv',
      csv: { separator: ';', decimalComma: true },
    });
    expect(readFileSync(german, 'utf8').split('\n')[1]!.split(';')).toContain('0,02');
    const parquet = join(folder, 'pulses.parquet');
    await exportTable({ input: output, output: parquet, format: 'parquet' });
    const file = await asyncBufferFromFile(parquet);
    const rows = (await parquetReadObjects({ file })) as Record<string, unknown>[];
    expect(rows.map((row) => [row['event'], row['accepted'], row['fold'], row['pattern']])).toEqual([
      [1n, true, 2, 3],
      [2n, false, 1, 1],
      [4n, false, 0, 0],
      [7n, true, 2, 3],
    ]);
    expect(rows[0]!['tau']).toBeCloseTo(1, 6);
    expect(rows[1]!['tau']).toBeNaN();
    const { key_value_metadata: meta } = await parquetMetadataAsync(file);
    expect(meta).toContainEqual({ key: 'units.tau', value: 'us' });
    await expect(exportTable({ input: output, output: csv, format: 'csv' })).rejects.toThrow(
      'exists already',
    );
    await expect(exportTable({ input: raw, output: `${csv}2`, format: 'csv' })).rejects.toThrow(
      'choose a table',
    );
    expect(existsSync(`${csv}2`)).toBe(false);
    await expect(
      exportTable({ input: output, output: `${csv}3`, format: 'csv', csv: { decimalComma: true } }),
    ).rejects.toThrow('another separator');
  });

  it.each([
    [{ tables: ['nothing*'] }, 'no table fits "nothing*"'],
    [{ channels: ['A'] }, '1 names for 2 tables'],
    [{ algorithm: { kind: 'pulse_filter', pulseShape: [shape], acceptPattern: [[1]] } }, 'acceptPattern'],
    [{ algorithm: { kind: 'decay_time', signatures: [[['+'], ['-']]] } }, 'one sign for each of 2 channels'],
    [{ algorithm: { kind: 'guess' } }, 'cannot be used'],
  ])('says what is wrong: %j', async (options, message) => {
    const algorithm = { kind: 'pulse_filter', pulseShape: [shape] };
    await expect(run({ algorithm, ...options })).rejects.toThrow(message);
    expect(existsSync(output)).toBe(false);
  });
});
