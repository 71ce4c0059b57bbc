/**
 * Waveforms per second of whole chains in memory, in one and in two threads, beside dspeed on the same rows in
 * alternating runs, and memory over many rows. Names of chains as arguments choose among them; `--python=path` says
 * where dspeed is installed already, `--no-dspeed` leaves the comparison out.
 */
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RecordBatch } from '@countroom/records';
import { planChain } from '../chain/plan.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import type { ThreadInput } from './chain.worker.js';
import { type ChainCase, chainCases, repeated, rowsOf } from './chain-input.js';
import { DspeedProcess, dspeedPython } from './dspeed.js';

const rows = 20_000;
const rounds = 5;
const pieceRows = 512;
/** Rows that dspeed is given: its rate does not depend on their number. */
const comparedRows = 1000;

function seconds(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Starts threads on the same rows; the function that comes back runs all rows once. */
async function threadsOn(
  chain: ChainCase,
  input: RecordBatch,
  count: number,
): Promise<{ readonly seconds: () => Promise<number>; readonly stop: () => Promise<void> }> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const { config, database } = chain;
  const workerData: ThreadInput = { config, database, input, next, pieceRows };
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./chain.worker.js', import.meta.url), { workerData }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return {
    async seconds() {
      next[0] = 0;
      const start = process.hrtime.bigint();
      const done = Promise.all(workers.map((worker) => once(worker, 'message')));
      for (const worker of workers) worker.postMessage('run');
      await done;
      return Number(process.hrtime.bigint() - start) / 1e9;
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function threadRates(chain: ChainCase, input: RecordBatch): Promise<readonly [number, number]> {
  const one = await threadsOn(chain, input, 1);
  const two = await threadsOn(chain, input, 2);
  let [best1, best2] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    best1 = Math.min(best1, await one.seconds());
    best2 = Math.min(best2, await two.seconds());
  }
  await one.stop();
  await two.stop();
  return [input.rows / best1, input.rows / best2];
}

async function besideDspeed(
  python: string,
  chain: ChainCase,
  input: RecordBatch,
): Promise<{ readonly own: number; readonly dspeed: number }> {
  const part = rowsOf(input, 0, Math.min(comparedRows, input.rows));
  const { config, database } = chain;
  const planned = planChain(config, { input: part, database, kernels: nodeKernels() });
  planned.run(part);
  const other = await DspeedProcess.start(python, chain, part);
  let [own, dspeed] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    own = Math.min(
      own,
      seconds(() => {
        planned.run(part);
      }),
    );
    dspeed = Math.min(dspeed, await other.seconds());
  }
  other.stop();
  return { own: part.rows / own, dspeed: part.rows / dspeed };
}

function firstBlock(chain: ChainCase, input: RecordBatch): number {
  const part = rowsOf(input, 0, 16);
  const { config, database } = chain;
  return seconds(() => {
    planChain(config, { input: part, database, kernels: nodeKernels() }).run(part);
  });
}

/** MiB of memory before and after many batches of the same rows. */
function memoryOver(chain: ChainCase, input: RecordBatch, times: number): readonly [number, number] {
  const part = rowsOf(input, 0, 2000);
  const { config, database } = chain;
  const planned = planChain(config, { input: part, database, kernels: nodeKernels() });
  const used = () => process.memoryUsage().rss / 2 ** 20;
  for (let i = 0; i < 3; i += 1) planned.run(part);
  const before = used();
  for (let i = 0; i < times; i += 1) planned.run(part);
  return [before, used()];
}

const given = process.argv.find((argument) => argument.startsWith('--python='))?.slice('--python='.length);
const python = process.argv.includes('--no-dspeed') ? undefined : (given ?? dspeedPython());
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const text = (value: number) => Math.round(value);
console.log(
  `${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${new Date().toISOString()}, load ${loadavg()[0]?.toFixed(1) ?? ''}`,
);
for (const chain of await chainCases()) {
  if (chosen.length > 0 && !chosen.includes(chain.name)) continue;
  const input = repeated(chain.rows, rows);
  const start = firstBlock(chain, input);
  const [one, two] = await threadRates(chain, input);
  const [before, after] = memoryOver(chain, input, 10);
  const result: Record<string, number | string> = {
    rows: chain.isRecorded ? 'recorded' : 'made',
    'first block, ms': text(1000 * start),
    'waveforms/s, 1 thread': text(one),
    'waveforms/s, 2 threads': text(two),
    '2 threads / 1': Number((two / one).toFixed(2)),
    'MiB before': text(before),
    'MiB after 20 000 rows more': text(after),
  };
  if (python !== undefined) {
    const { own, dspeed } = await besideDspeed(python, chain, input);
    Object.assign(result, {
      'waveforms/s, in turns': text(own),
      'dspeed, in turns': text(dspeed),
      'against dspeed': Number((own / dspeed).toFixed(1)),
    });
  }
  console.log(chain.name);
  console.table(result);
}
