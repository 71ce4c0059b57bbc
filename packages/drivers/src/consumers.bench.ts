import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ConsumerChain } from './core/consumers/consumer-chain.js';
import { ReadoutFigures } from './core/figures/readout-figures.js';
import { Ring } from './core/ring/ring.js';
import { TimeAccount } from './core/time-account.js';
import { ScopeWriter, scopeSource, type TestScope } from './testing/scope-batches.js';

/*
 * Targets T1, T2, T7 and T9 of the buffer manager: records through ring and one obligatory consumer in a worker thread, and
 * the accounts over twenty days: node dist/consumers.bench.js [seconds of each measurement]. With --minutes=10 only T1 and
 * T2 are measured, each for so long.
 */
const { values: options, positionals } = parseArgs({
  options: { minutes: { type: 'string' } },
  allowPositionals: true,
});
const long = { channels: 2, samples: 4000, rows: 16 };
const short = { channels: 2, samples: 500, rows: 128 };
const seconds = Number(positionals[0] ?? 10);
const folder = mkdtempSync(join(tmpdir(), 'consumers-bench-'));
const modules = join(dirname(fileURLToPath(import.meta.url)), 'testing');

interface Throughput {
  readonly perSecond: number;
  readonly events: bigint;
  readonly lost: bigint;
  readonly gaps: number;
  readonly highest: number;
}

/**
 * Writes events for a while, at full speed or at a given pace, with one obligatory consumer behind the ring and a display
 * that takes 20 pictures/s.
 */
async function throughput(
  scope: TestScope,
  perSecond: number | undefined,
  forS = seconds,
): Promise<Throughput> {
  const ring = Ring.create({ slots: 4096, bytes: 128 * 1024 * 1024 });
  const common = {
    input: 'scope',
    kind: 'module',
    module: 'bench-consumer.js',
    config: {},
    channels: [],
    events: 'joined',
    threads: 1,
    deadlineMs: 60_000,
    restarts: 0,
    memoryMb: 512,
    keep: false,
    onFailure: 'continue',
  } as const;
  const chain = new ConsumerChain({
    source: scopeSource(scope),
    ring,
    consumers: [
      { ...common, name: 'analysis', policy: { kind: 'obligatory' } },
      { ...common, name: 'display', policy: { kind: 'paced', perSecond: 20 } },
    ],
    modules,
    folder,
    events: { log: (_, name, message) => console.log(name, message) },
  });
  while (chain.statuses().some(({ state }) => state === 'starting'))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const writer = new ScopeWriter(scope, ring.producer());
  const record = Int16Array.from({ length: scope.samples }, (_, i) => (i * 37) % 1000);
  const records = Array.from({ length: scope.channels }, () => record);
  const begin = performance.now();
  let events = 0;
  let highest = 0;
  for (;;) {
    const elapsed = (performance.now() - begin) / 1000;
    if (elapsed >= forS) break;
    const due = perSecond === undefined ? events + 64 : Math.floor(perSecond * elapsed);
    for (; events < due; events++) await writer.put(records);
    highest = Math.max(highest, ring.fill());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.close();
  const status = (await chain.finish(60_000)).find(({ name }) => name === 'analysis');
  const took = (performance.now() - begin) / 1000;
  const { counts, ring: counters } = status!;
  return {
    perSecond: Number(status!.events) / took,
    events: status!.events,
    lost: BigInt(events) - status!.events + counters.dropped,
    gaps: counts['gaps'] ?? 0,
    highest,
  };
}

function show(what: string, one: Throughput, reference: string): void {
  const level = `ring at most ${(100 * one.highest).toFixed(0)} % full`;
  const loss = `lost ${one.lost}, gaps ${one.gaps}`;
  console.log(
    `${one.perSecond.toFixed(0).padStart(8)} records/s  ${what}; ${loss}; ${level} (reference: ${reference})`,
  );
}

/** Twenty days at 50 Hz in virtual time: the accounts must be exact, and memory must not grow. */
function twentyDays(): void {
  const events = 20 * 86_400 * 50;
  const account = new TimeAccount(0n);
  const figures = new ReadoutFigures(0n, 0n);
  const before = process.memoryUsage().heapUsed;
  let now = 0n;
  for (let i = 0; i < events; i++) {
    const armed = now;
    now += 18_765_433n;
    account.enter('post-trigger', now);
    const ready = now;
    now += 12_345n;
    account.enter('transfer', now);
    now += 1_222_223n;
    account.enter('live', now);
    figures.event(armed, ready, now);
  }
  const { runNs, liveNs, deadNs } = account.facts();
  const rest = runNs - liveNs - Object.values(deadNs).reduce((sum, part) => sum + part, 0n);
  const status = figures.status(now);
  const grown = (process.memoryUsage().heapUsed - before) / 1e6;
  console.log(
    `T7/T9: ${status.events} events in ${Number(runNs) / 86_400e9} days; run - live - dead = ${rest} ns; live exact: ${status.liveNs === liveNs}; heap ${grown.toFixed(1)} MB more`,
  );
}

function head(): void {
  const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`;
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}, load ${loadavg()[0]!.toFixed(1)}`);
}

async function everything(): Promise<void> {
  show('T1: 2 x 4000 int16, at 10,000/s', await throughput(long, 10_000), '1,190/s');
  show('T1: 2 x 4000 int16, as fast as it goes', await throughput(long, undefined), '1,190/s');
  show(
    'T1: 2 x 4000 int16, each record a batch of its own',
    await throughput({ ...long, rows: 1 }, undefined),
    '1,190/s',
  );
  show('T2: 2 x 500 int16, at 25,000/s', await throughput(short, 25_000), '1,190/s');
  show('T2: 2 x 500 int16, as fast as it goes', await throughput(short, undefined), '1,190/s');
  twentyDays();
}

/** T1 (10,000/s) and T2 (25,000/s) with a fifth more, as long as it is asked for: without a loss, the ring below half. */
async function sustained(minutes: number): Promise<void> {
  for (const [target, scope, rate] of [
    ['T1: 2 x 4000', long, 12_000],
    ['T2: 2 x 500', short, 30_000],
  ] as const) {
    const what = `${target} int16, at ${rate.toLocaleString('en')}/s for ${minutes} minutes`;
    show(what, await throughput(scope, rate, 60 * minutes), '1,190/s');
  }
}

try {
  head();
  await (options.minutes === undefined ? everything() : sustained(Number(options.minutes)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
