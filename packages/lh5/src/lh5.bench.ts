import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { h5wasmBackend, ownBackend } from './backend.js';
import {
  decodeRadware,
  decodeUleb128,
  decodeWaveforms,
  encodeRadware,
  encodeUleb128,
  encodeWaveforms,
  type Lh5Backend,
  type StoreOptions,
} from './index.js';
import { missingPython, python } from './testing/python.js';

const rowsPerBlock = 256;
const blockRows = 1024;
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

function rate(bytes: number, milliseconds: number): number {
  return bytes / megabyte / (milliseconds / 1000);
}

function text(megabytesPerSecond: number): string {
  return `${megabytesPerSecond.toFixed(0)} MB/s`;
}

function residentMegabytes(): number {
  return Math.round(process.memoryUsage().rss / megabyte);
}

/** Writes blocks of waveforms; rate, and resident memory at a quarter of the way and at its end. */
async function write(
  backend: Lh5Backend,
  file: string,
  blocks: number,
  store: StoreOptions,
): Promise<string> {
  const table = block(waveforms(rowsPerBlock));
  const started = performance.now();
  const writer = await backend.createWriter(file, { ...store, overwrite: true });
  const memory: number[] = [];
  for (let k = 0; k < blocks; k += 1) {
    await writer.append('ch0/raw', table);
    if (k === Math.floor(blocks / 4) || k === blocks - 1) memory.push(residentMegabytes());
  }
  await writer.close();
  const bytes = blocks * rowsPerBlock * (samples * 2 + 8);
  const size = bytes / (await stat(file)).size;
  return `write ${text(rate(bytes, performance.now() - started))}, ${size.toFixed(2)} times smaller, resident ${memory.join(', ')} MB`;
}

/** Reads the waveforms alone, in blocks; best of some rounds. */
async function read(backend: Lh5Backend, file: string, reuse = false): Promise<number> {
  let best = 0;
  for (let round = 0; round < 5; round += 1) {
    const reader = await backend.openReader(file);
    let bytes = 0;
    const started = performance.now();
    const options = { columns: ['values'], blockRows, reuse };
    for await (const { data } of reader.tableBlocks('ch0/raw', options)) {
      const values = data.columns.get('values');
      if (values?.kind === 'array') bytes += values.data.byteLength;
    }
    best = Math.max(best, rate(bytes, performance.now() - started));
    await reader.close();
  }
  return best;
}

async function readByPython(file: string): Promise<number | undefined> {
  if ((await missingPython()) !== undefined) return undefined;
  return Number(await python('read_rate.py', file, 'ch0/raw/values', String(blockRows)));
}

async function files(folder: string): Promise<void> {
  const file = join(folder, 'bench.lh5');
  for (const [name, store, blocks] of [
    ['plain', { compression: 'none' }, 100],
    ['gzip-4', { compression: { gzip: 4 }, shuffle: false }, 30],
    ['shuffle, gzip-4', { compression: { gzip: 4 } }, 30],
    ['shuffle, gzip-4, fletcher32, sha256', { compression: { gzip: 4 }, fletcher32: true, sha256: true }, 30],
  ] as const) {
    const library = name.includes('shuffle')
      ? ''
      : `; the library: ${await write(h5wasmBackend, file, blocks, store)}`;
    console.log(`${name}: ${await write(ownBackend, file, blocks, store)}${library}`);
    const rates = [await read(ownBackend, file), await read(h5wasmBackend, file)];
    const reused = await read(ownBackend, file, true);
    const python = await readByPython(file);
    const others = [
      `the library ${text(rates[1]!)}`,
      python === undefined ? 'no h5py here' : `h5py ${text(python)}`,
    ];
    const of = (ours: number): string =>
      python === undefined ? '' : `, ${(ours / python).toFixed(2)} of h5py's rate`;
    console.log(
      `  read one column: ${text(rates[0]!)}${of(rates[0]!)}; memory used again: ${text(reused)}${of(reused)} (${others.join(', ')})`,
    );
  }
}

/** The best rate of some rounds. */
function best(bytes: number, action: () => void): number {
  let found = 0;
  for (let round = 0; round < 20; round += 1) {
    const started = performance.now();
    action();
    found = Math.max(found, rate(bytes, performance.now() - started));
  }
  return found;
}

function codecs(rows: number): void {
  const data = waveforms(rows);
  const row = (k: number): Uint16Array => data.subarray(k * samples, (k + 1) * samples);
  const values: NdArray = {
    kind: 'array',
    flavor: 'aoesa',
    dtype: 'uint16',
    shape: [rows, samples],
    data,
    attrs: {},
  };
  const shift = -32_768;
  for (const codec of [{ name: 'radware_sigcompress', shift }, { name: 'uleb128_zigzag_diff' }] as const) {
    const encoded = encodeWaveforms(values, codec);
    const encode = best(data.byteLength, () => encodeWaveforms(values, codec));
    const decode = best(data.byteLength, () => decodeWaveforms(encoded));
    const code = codec.name === 'radware_sigcompress' ? encodeRadware(row(0), shift) : encodeUleb128(row(0));
    const out = new Int32Array(samples);
    const plain = best(2 * samples, () =>
      codec.name === 'radware_sigcompress' ? decodeRadware(code, shift, out) : decodeUleb128(code, out),
    );
    console.log(
      `${codec.name}: encode ${text(encode)}, decode ${text(decode)} (plain TypeScript ${text(plain)})`,
    );
  }
}

const folder = await mkdtemp(join(tmpdir(), 'lh5-bench-'));
try {
  console.log(
    `LH5 files and codecs, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}; MB of samples`,
  );
  codecs(200);
  await files(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
