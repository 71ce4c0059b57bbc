import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { startSource } from './core/source-host.js';

/**
 * Rates and live shares of a simulated 2406B (0.25 ms round trip, 35 MB/s) with one obligatory consumer in a thread
 * of its own: node dist/pico-scope.bench.js [seconds per case]
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

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`,
);
for (const each of cases) console.log(await measure(each));
