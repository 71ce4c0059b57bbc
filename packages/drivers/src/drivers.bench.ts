import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { scalarColumn, type TableSchema } from '@countroom/records';
import { BatchWriter } from './core/batch-writer.js';
import { systemClock } from './core/clock.js';
import { infoSchema } from './core/info-table.js';
import { packInThread } from './core/packer/packer-host.js';
import { Ring } from './core/ring/ring.js';
import { RingSink } from './core/ring-sink.js';
import { startSource } from './core/source-host.js';
import { nodeFiles } from './core/spool/spool-files.js';
import { startSpool } from './core/spool/spool-host.js';
import { SpoolWriter } from './core/spool/spool-writer.js';
import { simulatedDigitizer } from './devices/simulated-digitizer/index.js';

const run = { runId: 'bench', detector: 'bench', facts: {} };
const samples = 1024;
const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'drivers-bench-'));

interface Result {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

function seconds(fromMs: number): number {
  return (performance.now() - fromMs) / 1000;
}

const recordSchema: TableSchema = {
  name: 'ch0000000/raw',
  columns: [
    scalarColumn('eventnumber', 'int64'),
    { name: 'waveform/values', dtype: 'uint16', shape: [500], variableLength: false },
    { name: 'waveform2/values', dtype: 'uint16', shape: [500], variableLength: false },
  ],
};

/** Records of 2 × 500 samples through ring and one obligatory consumer in another thread, one record per batch. */
async function ringRecords(rowsPerBatch: number, records: number): Promise<Result> {
  const ring = Ring.create();
  const consumer = ring.attach('bench', { kind: 'obligatory' });
  const taker = new Worker(new URL('./testing/ring-taker.js', import.meta.url), {
    workerData: { ring: ring.buffer, consumer: consumer.id },
  });
  const taken = new Promise<number>((resolve) => taker.once('message', resolve));
  const producer = ring.producer();
  const writer = new BatchWriter(recordSchema, 1, producer, { rows: rowsPerBatch, bytes: 1 << 20 });
  const wave = new Uint16Array(500).fill(1234);
  const begin = performance.now();
  for (let i = 0; i < records; i++) {
    while (!writer.ready()) await producer.waitForSpace(20);
    const at = writer.rows;
    writer.columns[0]!.data[at] = BigInt(i);
    (writer.columns[1]!.data as Uint16Array).set(wave, 500 * at);
    (writer.columns[2]!.data as Uint16Array).set(wave, 500 * at);
    writer.advance();
  }
  while (!writer.flush()) await producer.waitForSpace(20);
  producer.close();
  const rows = await taken;
  const value = rows / seconds(begin);
  return {
    what: `ring, 2 x 500 samples, ${rowsPerBatch} per batch, consumer in a thread`,
    value,
    unit: 'records/s',
  };
}

/** The same bytes through the spool writer and through plain write, both ending durable, in turns. */
async function spoolBytes(): Promise<Result[]> {
  const totalBytes = 512 * 1024 * 1024;
  const payload = new Uint8Array(512 * 1024).map((_, i) => (i * 31) % 251);
  const ratios: number[] = [];
  const rates: number[] = [];
  const plainRates: number[] = [];
  for (let round = 0; round < 3; round++) {
    const plainFile = join(folder, `plain-${round}`);
    const plainBegin = performance.now();
    const descriptor = openSync(plainFile, 'wx');
    for (let written = 0; written < totalBytes; ) written += writeSync(descriptor, payload);
    fdatasyncSync(descriptor);
    closeSync(descriptor);
    const plain = totalBytes / 1e6 / seconds(plainBegin);
    rmSync(plainFile);
    const facts = { source: 'bench', schemas: [infoSchema, recordSchema], run, device: {} };
    const options = { folder, name: `spool-${round}`, minFreeBytes: 0 };
    const begin = performance.now();
    const spool = new SpoolWriter(facts, options, nodeFiles, () => systemClock.anchor());
    for (let i = 0; i < totalBytes / payload.length; i++) {
      spool.append({ sequence: BigInt(i), schemaId: 1, rows: 1, timeNs: 0n, bytes: payload });
      await spool.tend();
    }
    await spool.close();
    const rate = totalBytes / 1e6 / seconds(begin);
    for (const file of spool.closedSegments) rmSync(file);
    rates.push(rate);
    plainRates.push(plain);
    ratios.push(rate / plain);
  }
  return [
    { what: 'spool, batches of 512 KiB, durable at the end', value: median(rates), unit: 'MB/s' },
    { what: 'plain write of the same bytes, durable at the end', value: median(plainRates), unit: 'MB/s' },
    { what: 'spool / plain write', value: median(ratios), unit: '' },
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Waveforms that the simulator makes on one core, with nobody taking them away but the sink. */
async function simulatorWaveforms(): Promise<Result> {
  const config = simulatedDigitizer.configSchema.parse({
    pacing: 'fast',
    recordSamples: samples,
    preTriggerSamples: 400,
  });
  const driver = await simulatedDigitizer.create(config, {
    source: 'bench',
    clock: systemClock,
    log: () => undefined,
  });
  const { tables } = await driver.prepare();
  const ring = Ring.create();
  const sink = new RingSink(tables, ring.producer(), systemClock);
  await driver.arm();
  const begin = performance.now();
  while (seconds(begin) < 3) await driver.acquire(sink);
  const value = Number(driver.counters().recorded) / seconds(begin);
  return { what: `simulated digitizer, ${samples} samples, one core`, value, unit: 'waveforms/s' };
}

/** The whole way on all threads: simulator, ring, spool; then the packer. */
async function wholeWay(): Promise<Result[]> {
  const config = { pacing: 'fast', recordSamples: samples, preTriggerSamples: 400, maxEvents: 200_000 };
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const source = await startSource({
    source: 'bench',
    kind: 'simulated-digitizer',
    config,
    simulate: true,
    events: { status: ({ endedBecause }) => (endedBecause === undefined ? undefined : ended()) },
  });
  const { tables, device } = await source.prepare(run);
  const facts = { source: 'bench', schemas: tables, run, device };
  const spool = await startSpool(source.ring, facts, { folder, name: 'whole', minFreeBytes: 0 });
  const begin = performance.now();
  await source.start();
  await end;
  await source.stop();
  const { closedSegments, durableBytes } = await spool.finish();
  const took = seconds(begin);
  await source.close();
  const packBegin = performance.now();
  await packInThread({ segments: closedSegments, target: join(folder, 'raw.lh5') });
  const packTook = seconds(packBegin);
  return [
    {
      what: 'simulator, ring and spool in threads, durable at the end',
      value: config.maxEvents / took,
      unit: 'waveforms/s',
    },
    {
      what: 'packer, segments to LH5 without compression',
      value: Number(durableBytes) / 1e6 / packTook,
      unit: 'MB/s',
    },
  ];
}

try {
  const results = [
    await ringRecords(1, 300_000),
    await ringRecords(256, 1_000_000),
    ...(await spoolBytes()),
    await simulatorWaveforms(),
    ...(await wholeWay()),
  ];
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`,
  );
  for (const { what, value, unit } of results) {
    const digits = value < 10 ? 2 : 0;
    console.log(`${value.toFixed(digits).padStart(10)} ${unit.padEnd(12)} ${what}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
