import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DataObject, Table } from '@countroom/records';
import {
  createWriter,
  decodeRadware,
  decodeUleb128,
  encodeRadware,
  encodeUleb128,
  openReader,
  type StoreOptions,
} from './index.js';

const rowsPerBlock = 256;
const samples = 4096;
const megabyte = 1e6;

/** Waveforms as detectors give them: a baseline with noise of a few bits, an exponential pulse on top. */
function waveforms(rows: number): Uint16Array {
  const data = new Uint16Array(rows * samples);
  let seed = 7;
  for (let row = 0; row < rows; row += 1) {
    const height = 500 + ((row * 977) % 9000);
    for (let k = 0; k < samples; k += 1) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const pulse = k < samples / 2 ? 0 : height * Math.exp(-(k - samples / 2) / 5000);
      data[row * samples + k] = 14_000 + (seed >>> 28) + pulse;
    }
  }
  return data;
}

function block(data: Uint16Array): Table {
  const rows = data.length / samples;
  const columns = new Map<string, DataObject>([
    [
      'timestamp',
      {
        kind: 'array',
        flavor: 'array',
        dtype: 'int64',
        shape: [rows],
        data: new BigInt64Array(rows),
        attrs: {},
      },
    ],
    ['values', { kind: 'array', flavor: 'aoesa', dtype: 'uint16', shape: [rows, samples], data, attrs: {} }],
  ]);
  return { kind: 'table', rows, columns, attrs: {} };
}

function rate(bytes: number, started: number): string {
  return `${(bytes / megabyte / ((performance.now() - started) / 1000)).toFixed(0)} MB/s`;
}

function residentMegabytes(): number {
  return Math.round(process.memoryUsage().rss / megabyte);
}

async function files(folder: string, name: string, blocks: number, options: StoreOptions): Promise<void> {
  const file = join(folder, `${name}.lh5`);
  const table = block(waveforms(rowsPerBlock));
  const bytes = blocks * rowsPerBlock * (samples * 2 + 8);
  let started = performance.now();
  const writer = await createWriter(file, options);
  const memory: number[] = [];
  for (let k = 0; k < blocks; k += 1) {
    await writer.append('ch0/raw', table);
    if (k === Math.floor(blocks / 4) || k === blocks - 1) memory.push(residentMegabytes());
  }
  await writer.close();
  const written = rate(bytes, started);
  const { size } = await stat(file);
  started = performance.now();
  const reader = await openReader(file);
  let rows = 0;
  for await (const part of reader.tableBlocks('ch0/raw')) {
    rows += part.rows;
    if (memory.length === 2 && rows >= (rowsPerBlock * blocks) / 4) memory.push(residentMegabytes());
    if (rows === rowsPerBlock * blocks) memory.push(residentMegabytes());
  }
  await reader.close();
  console.log(
    `${name.padEnd(8)} write ${written}, read ${rate(bytes, started)}, ${(bytes / size).toFixed(2)} times smaller; ` +
      `resident MB at a quarter and the end of writing, of reading: ${memory.join(', ')}`,
  );
}

function codecs(rows: number): void {
  const data = waveforms(rows);
  const row = (k: number): Uint16Array => data.subarray(k * samples, (k + 1) * samples);
  const shift = -32_768;
  const out = new Int32Array(samples);
  for (const [name, encode, decode] of [
    [
      'radware',
      (input: Uint16Array) => encodeRadware(input, shift),
      (code: Uint8Array) => decodeRadware(code, shift, out),
    ],
    ['uleb128', encodeUleb128, (code: Uint8Array) => decodeUleb128(code, out)],
  ] as const) {
    let started = performance.now();
    const codes = Array.from({ length: rows }, (_, k) => encode(row(k)));
    const encoded = rate(data.byteLength, started);
    started = performance.now();
    for (const code of codes) decode(code);
    console.log(`${name.padEnd(8)} encode ${encoded}, decode ${rate(data.byteLength, started)}`);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'lh5-bench-'));
try {
  console.log(
    `LH5 files and codecs, one thread, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}; MB of samples`,
  );
  await files(folder, 'plain', 200, { compression: 'none' });
  await files(folder, 'gzip-1', 60, { compression: { gzip: 1 } });
  await files(folder, 'gzip-4', 40, { compression: { gzip: 4 } });
  codecs(1000);
} finally {
  await rm(folder, { recursive: true, force: true });
}
