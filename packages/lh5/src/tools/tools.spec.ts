import { readFileSync, writeFileSync } from 'node:fs';
import { concatRows, type DataObject, sliceRows, type Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { h5wasmBackend, lh5Backend } from '../backend.js';
import type { WriterOptions } from '../ports.js';
import { numberArray, sampleTable } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { compressFile, concatFiles, truncateFile } from './rewrite.js';
import { verifyFile } from './verify.js';

const place = temporaryFolder();

async function sample(name: string, rows: number, first = 0, options: WriterOptions = {}): Promise<string> {
  const file = place(name);
  const writer = await lh5Backend.createWriter(file, { overwrite: true, ...options });
  await writer.write('ch0/raw', sampleTable(rows, first));
  await writer.write(
    'ch1/dsp',
    numberArray(
      'float64',
      Array.from({ length: rows }, (_, k) => first + k),
    ),
  );
  await writer.write('info', { kind: 'scalar', value: name, attrs: { by: 'us' } });
  await writer.setAttributes('ch0', { detector: 'demo' });
  await writer.close();
  return file;
}

async function read(file: string, path: string): Promise<DataObject> {
  const reader = await h5wasmBackend.openReader(file);
  const object = await reader.read(path);
  await reader.close();
  return object;
}

function columns(table: DataObject): Record<string, DataObject> {
  return table.kind === 'table' ? Object.fromEntries(table.columns) : {};
}

describe('putting files together', () => {
  it('adds rows and keeps the rest of the first', async () => {
    const inputs = [await sample('a.lh5', 20), await sample('b.lh5', 0, 20), await sample('c.lh5', 30, 20)];
    const output = place('abc.lh5');
    const report = await concatFiles(inputs, output);
    expect(report).toEqual({ file: output, objects: 2, rows: 100, remarks: [] });
    expect(columns(await read(output, 'ch0/raw'))).toEqual(columns(sampleTable(50)));
    expect(await read(output, 'info')).toEqual({ kind: 'scalar', value: 'a.lh5', attrs: { by: 'us' } });
    expect((await read(output, 'ch0')).attrs).toEqual({ detector: 'demo' });
    await expect(concatFiles(inputs, output)).rejects.toThrow('is there already');
    await concatFiles(place('[ac].lh5'), output, { overwrite: true, include: ['ch*'], exclude: ['*/raw'] });
    const reader = await lh5Backend.openReader(output);
    expect((await reader.tree('', { depth: 2 })).datatype).toBe('struct{ch1}');
    expect(await reader.rowCount('ch1/dsp')).toBe(50);
    await reader.close();
    await expect(concatFiles(inputs[0]!, output, { overwrite: true })).rejects.toThrow('only one file');
    await expect(concatFiles(inputs, inputs[1]!, { overwrite: true })).rejects.toThrow(
      /is one of the files that are read/,
    );
  });
});

describe('truncating', () => {
  it('keeps a range of rows of everything', async () => {
    const output = place('short.lh5');
    await truncateFile(await sample('long.lh5', 40), output, [5, 12]);
    expect(columns(await read(output, 'ch0/raw'))).toEqual(columns(sliceRows(sampleTable(40), 5, 12)));
    expect(await read(output, 'ch1/dsp')).toMatchObject({ shape: [7] });
    await truncateFile(place('long.lh5'), output, [100, 200], { overwrite: true });
    await expect(truncateFile(output, output, [0, 1], { overwrite: true })).rejects.toThrow(
      /is one of the files that are read/,
    );
    expect(await read(output, 'ch0/raw')).toMatchObject({ rows: 0 });
  });
});

describe('compressing', () => {
  it('stores in another way, encodes and decodes waveforms', async () => {
    const file = await sample('plain.lh5', 300, 0, { compression: 'none' });
    const store = { compression: { gzip: 6 }, fletcher32: true, sha256: true } as const;
    const codec = { name: 'radware_sigcompress', shift: -32_768 } as const;
    await compressFile(file, file, { overwrite: true, store, waveforms: codec });
    const reader = await lh5Backend.openReader(file);
    const { storage, attrs } = await reader.tree('ch0/raw/energy');
    expect(storage?.filters).toEqual(['shuffle', 'gzip:6', 'fletcher32']);
    expect(attrs['sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect((await reader.tree('ch0/raw/waveform/values')).kind).toBe('encoded');
    const back = await reader.readTable('ch0/raw/waveform');
    expect(columns(back)['values']).toEqual(
      (sampleTable(300).columns.get('waveform') as Table).columns.get('values'),
    );
    await reader.close();
    await compressFile(file, file, { overwrite: true, waveforms: 'decode' });
    const again = await lh5Backend.openReader(file);
    expect((await again.tree('ch0/raw/waveform/values')).kind).toBe('array');
    expect((await again.tree('ch0/raw/energy')).storage?.filters).toEqual([
      'shuffle',
      'gzip:6',
      'fletcher32',
    ]);
    await again.close();
    expect(columns(await read(file, 'ch0/raw'))).toEqual(columns(concatRows([sampleTable(300)])));
  });
});

describe('verifying', () => {
  it('compares checksums and finds wrong bytes', async () => {
    const file = await sample('sums.lh5', 500, 0, { fletcher32: true, sha256: true, compression: 'none' });
    const report = await verifyFile(file);
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.sha256).toBeGreaterThan(6);
    expect(report.fletcher32).toBeGreaterThan(6);
    const content = readFileSync(file);
    const at = content.indexOf(Buffer.from(BigInt64Array.of(2n ** 60n + 17n).buffer));
    content[at]! ^= 1;
    writeFileSync(file, content);
    const wrong = await verifyFile(file);
    expect(wrong.ok).toBe(false);
    expect(wrong.problems).toEqual([
      { path: 'ch0/raw/timestamp', severity: 'fault', reason: expect.stringContaining('checksum') as string },
    ]);
  });

  it('finds wrong bytes by their SHA-256 alone, and columns of different lengths', async () => {
    const file = await sample('sha.lh5', 50, 0, { sha256: true, compression: 'none' });
    const content = readFileSync(file);
    content[content.indexOf(Buffer.from(BigInt64Array.of(2n ** 60n + 17n).buffer))]! ^= 1;
    writeFileSync(file, content);
    const { problems } = await verifyFile(file);
    expect(problems).toEqual([
      { path: 'ch0/raw/timestamp', severity: 'fault', reason: expect.stringContaining('SHA-256') as string },
    ]);
  });

  it('remarks on units that are missing', async () => {
    const file = place('units.lh5');
    const writer = await lh5Backend.createWriter(file);
    const times = numberArray('float32', [0, 0]);
    const waveform = new Map<string, DataObject>([
      ['t0', times],
      ['dt', times],
      ['values', numberArray('int16', [1, 2], [1])],
    ]);
    await writer.write('w', { kind: 'table', rows: 2, columns: waveform, attrs: {} });
    await writer.close();
    expect(await verifyFile(file)).toMatchObject({
      ok: true,
      problems: [
        { path: 'w/dt', severity: 'remark', reason: 'has no units' },
        { path: 'w/t0', severity: 'remark' },
      ],
    });
  });
});
