/**
 * The long fuzz run: damaged inputs of every format and of every way of packing, each in a thread of its own that is watched
 * for hangs. Run by `npx nx fuzz decoders`, with options: node dist/fuzz.bench.js [--inputs 100000] [--first 1] [--format name].
 * Exit code 1 when an input crashes a decoder, hangs it, or is read beyond its bounds.
 */
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Packing } from './files/unpack.js';
import { standardFormats } from './formats.js';
import { type FuzzReport, fuzzFormat } from './testing/fuzz.js';
import { fuzzCorpus } from './testing/fuzz-corpus.js';
import { fuzzPacked, packedCorpus } from './testing/fuzz-packed.js';

/** Longest time for one input until its thread is given up, ms. */
const hangMs = 120_000;

interface Task {
  readonly format: string;
  readonly first: number;
  readonly inputs: number;
  /** The seed at work, shared with the watching thread. */
  readonly seed: Int32Array;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const packed = 'packed-';

async function work({ format, first, inputs, seed }: Task): Promise<FuzzReport> {
  const options = { first, inputs, onInput: (at: number) => Atomics.store(seed, 0, at) };
  if (format.startsWith(packed)) return fuzzPacked(format.slice(packed.length) as Packing, options);
  return fuzzFormat(standardFormats().get(format), fuzzCorpus[format]!(), options);
}

function watched(task: Task): Promise<FuzzReport | string> {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  let last = -1;
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const seed = Atomics.load(task.seed, 0);
      if (seed !== last) {
        last = seed;
        return;
      }
      void worker.terminate();
      resolve(`seed ${seed} hangs: no end within ${hangMs / 1000} s`);
    }, hangMs);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => clearInterval(timer));
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '100000' },
      first: { type: 'string', default: '1' },
      format: { type: 'string' },
    },
  });
  const all = [...standardFormats().names, ...Object.keys(packedCorpus).map((name) => packed + name)];
  const names = values.format === undefined ? all : [values.format];
  for (const format of names) {
    const seed = new Int32Array(new SharedArrayBuffer(4));
    const start = performance.now();
    const report = await watched({
      format,
      first: Number(values.first),
      inputs: Number(values.inputs),
      seed,
    });
    const seconds = (performance.now() - start) / 1000;
    if (typeof report === 'string') {
      process.exitCode = 1;
      say(`${format}: ${report}`);
      continue;
    }
    const { inputs, bytes, rows, slowestMs, failures } = report;
    if (failures.length > 0) process.exitCode = 1;
    say(
      `${format}: ${inputs} inputs, ${(bytes / 1e6).toFixed(0)} MB, ${rows} rows, ${seconds.toFixed(0)} s, ` +
        `slowest ${slowestMs.toFixed(0)} ms, ${failures.length} failures`,
    );
    for (const { seed: at, kind, detail } of failures.slice(0, 20)) say(`  seed ${at}: ${kind}: ${detail}`);
  }
}

if (isMainThread) await main();
else parentPort!.postMessage(await work(workerData as Task));
