import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { keepHeapsCalm } from './core/calm-heap.js';
import { startSource } from './core/source-host.js';
import type { AddedDeadTime } from './testing/bench/added-dead-time.js';
import { filterRate } from './testing/bench/filter-rate.js';
import { rawStorage } from './testing/bench/raw-storage.js';

/**
 * Targets T3, T4, T5, T6 and T10 of oscilloscopes, and rates and live shares of a simulated 2406B (0.25 ms round trip,
 * 35 MB/s) with one obligatory consumer in a thread of its own: node dist/pico-scope.bench.js [seconds per case].
 * T1, T2, T7 and T9 are in consumers.bench.js.
 */
const seconds = Number(process.argv[2] ?? 10);
const run = { runId: 'bench', detector: 'bench', facts: {} };
const names = ['A', 'B', 'C', 'D'];

interface Case {
  readonly what: string;
  readonly channels: number;
  readonly samples: number;
  readonly rateHz: number;
  readonly config: object;
  /** Live share that is wanted, and that of the program before, %. */
  readonly target?: string;
}

const cases: readonly Case[] = [
  {
    what: 'block, 3 x 500, Poisson 100 Hz (T4)',
    channels: 3,
    samples: 500,
    rateHz: 100,
    config: {},
    target: '>= 91 % (67.6 %)',
  },
  {
    what: 'block, 3 x 500, Poisson 100 Hz, eager (T4)',
    channels: 3,
    samples: 500,
    rateHz: 100,
    config: { polling: 'eager' },
    target: '>= 91 % (67.6 %)',
  },
  {
    what: 'rapid block of 100, 2 x 500, Poisson 1 kHz (T5)',
    channels: 2,
    samples: 500,
    rateHz: 1000,
    config: { mode: 'rapid-block', captures: 100 },
    target: '>= 90 % (17 %)',
  },
  {
    what: 'block, 2 x 4000, free running',
    channels: 2,
    samples: 4000,
    rateHz: 0,
    config: { trigger: { kind: 'off' } },
  },
  {
    what: 'block, 2 x 500, free running',
    channels: 2,
    samples: 500,
    rateHz: 0,
    config: { trigger: { kind: 'off' } },
  },
  {
    what: 'rapid block of 1000, 2 x 500, free running',
    channels: 2,
    samples: 500,
    rateHz: 0,
    config: { mode: 'rapid-block', captures: 1000, trigger: { kind: 'off' } },
  },
];

async function measure({ what, channels, samples, rateHz, config, target = '' }: Case): Promise<string> {
  const scope = {
    model: '2406B',
    channels: names.slice(0, channels).map((name) => ({ name, rangeV: 0.2, coupling: 'DC' })),
    samples,
    recordS: samples * 4e-9,
    trigger: { channel: 'A', thresholdV: -0.02, direction: 'falling', timeoutMs: 0 },
    simulation: { signal: 'photomultiplier', rateHz, efficiency: 1, noiseV: 0.001 },
    ...config,
  };
  const source = await startSource({ source: 'bench', kind: 'picoscope', config: scope, simulate: true });
  await source.prepare(run);
  const consumer = source.ring.attach('bench', { kind: 'obligatory' });
  const taker = new Worker(new URL('./testing/ring-taker.js', import.meta.url), {
    workerData: { ring: source.ring.buffer, consumer: consumer.id },
  });
  const taken = new Promise<number>((resolve) => taker.once('message', resolve));
  await source.start();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const { counters } = await source.stop();
  const rows = await taken;
  await source.close();
  const { runNs, liveNs, deadNs } = counters.time;
  const events = Number(counters.recorded) / channels;
  const inRunS = Number(runNs) / 1e9;
  const live = (100 * Number(liveNs)) / Number(runNs);
  const parts = Object.entries(deadNs).map(
    ([part, ns]) => `${part} ${(Number(ns) / 1e3 / events).toFixed(0)}`,
  );
  const lost = Number(counters.recorded) - (rows - 2);
  const figures = `${(events / inRunS).toFixed(0).padStart(7)} records/s  live ${live.toFixed(1).padStart(5)} %`;
  const seen = rateHz === 0 ? '' : `  taken ${((100 * events) / inRunS / rateHz).toFixed(1)} % of the rate`;
  return `${figures}${seen}  ${target.padEnd(18)}  ${what}\n        dead us per record: ${parts.join(', ')}${lost === 0 ? '' : `; ${lost} rows lost`}`;
}

/** In a thread of its own, as sources are. */
async function addedDeadTime(polling: 'sparing' | 'eager'): Promise<AddedDeadTime> {
  keepHeapsCalm();
  const thread = new Worker(new URL('./testing/bench/added-dead-time.worker.js', import.meta.url), {
    workerData: { seconds: 3 * seconds, polling },
  });
  return await new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

async function softwareDeadTime(): Promise<void> {
  for (const polling of ['eager', 'sparing'] as const) {
    const found = await addedDeadTime(polling);
    const { records, warmUp, first, mean, median, tail, bareTail } = found;
    const figures = `mean ${mean.toFixed(1)} us, median ${median.toFixed(1)}, 99.9 % below ${tail.toFixed(0)} us`;
    const target = polling === 'eager' ? '<= 20 us, <= 100 us' : 'spares a core';
    console.log(
      `T3: software adds ${figures} to each of ${records} records (after ${warmUp}, the first 50 of them at most ${first.toFixed(0)} us), polling ${polling}  ${target} (100 to 1000 us)`,
    );
    if (polling !== 'eager') continue;
    const more = `beyond that ${(tail - bareTail).toFixed(0)} us (${(tail / bareTail).toFixed(2)} x)`;
    console.log(
      `        a loop that does nothing, in turns with it: 99.9 % of all moments seen within ${bareTail.toFixed(0)} us; ${more}`,
    );
    console.log(
      `        processor time alone: 99.9 % below ${found.processorTail.toFixed(0)} us, of that loop ${found.bareProcessorTail.toFixed(0)} us`,
    );
  }
}

async function storage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'scope-bench-'));
  try {
    for (const [samples, events] of [
      [4000, 60_000],
      [500, 300_000],
    ] as const) {
      const found = await rawStorage(
        { channels: 2, samples, rows: samples < 1000 ? 128 : 16 },
        events,
        folder,
      );
      console.log(
        `T10: 2 x ${samples}, ${(found.samples / 1e6).toFixed(0)} million samples: stored at ${found.spoolMBps.toFixed(0)} MB/s with ${found.spoolBytesPerSample.toFixed(3)} bytes per sample, durable; packed at ${found.packMBps.toFixed(0)} MB/s to ${found.packedBytesPerSample.toFixed(3)}  >= 100 MB/s, <= 2.2 (about 25 bytes)`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}, load ${loadavg()[0]!.toFixed(1)}`,
);
await softwareDeadTime();
for (const each of cases) console.log(await measure(each));
console.log(
  `T6: pulse filter, 2 x 4000, double pulses: ${filterRate(seconds).toFixed(0)} records/s on one core  >= 5000 (980)`,
);
await storage();
