/**
 * Decode speed: MB of input per second and thread, of a generated recording fed in chunks of 1 MiB, beside a plain
 * scan of the same bytes (all 32-bit words, combined) in the same run. Run by `npx nx bench decoders`.
 */

import { type FcioSimulation, simulateFcio } from './fcio/fcio-simulation.js';
import { standardFormats } from './formats.js';
import { concatenate } from './testing/corrupt.js';

const chunkBytes = 1 << 20;
const repetitions = 7;

const cases: Readonly<Record<string, FcioSimulation>> = {
  'one channel, 1836 samples': { channels: 1, samples: 1836, events: 40_000, riseSample: 911 },
  'six channels, sparse, 6000 samples': { channels: 6, samples: 6000, events: 3000, sparse: true },
  '100 channels, 1024 samples': { channels: 100, samples: 1024, events: 600 },
};

function fastest(run: () => number): number {
  let best = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

function scan(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, 0, bytes.length >> 2);
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum ^= words[i]!;
  return sum;
}

function decode(bytes: Uint8Array): number {
  const decoder = standardFormats().require(bytes).open();
  let rows = 0;
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    for (const { batch } of decoder.push(bytes.subarray(at, at + chunkBytes))) rows += batch.rows;
  }
  for (const { batch } of decoder.finish()) rows += batch.rows;
  return rows;
}

for (const [name, simulation] of Object.entries(cases)) {
  const bytes = concatenate(simulateFcio(simulation));
  const megabytes = bytes.length / 1e6;
  const rows = decode(bytes);
  const decoding = megabytes / fastest(() => decode(bytes));
  const scanning = megabytes / fastest(() => scan(bytes));
  console.log(
    `${name}: ${megabytes.toFixed(0)} MB, ${rows} rows, decode ${decoding.toFixed(0)} MB/s, ` +
      `scan ${scanning.toFixed(0)} MB/s, ratio ${(decoding / scanning).toFixed(2)}`,
  );
}
