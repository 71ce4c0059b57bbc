import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { buildTcm } from '../build-tcm/build-tcm.stage.js';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { skimStage } from '../skim/skim.stage.js';
import { numbersOf, tableOf } from '../testing/memory-reader.js';
import { hitToEvt } from './hit-to-evt.stage.js';

/**
 * Speed and memory from files to a file: hits per second of processor time (all threads), and the largest memory of the
 * process meanwhile, for some hits and for four times as many.
 */
const channels = 20;
const hits = Number(process.env['COUNTROOM_BENCH_HITS'] ?? 1_000_000);
const rowsAtOnce = 50_000;
const folder = mkdtempSync(join(tmpdir(), 'countroom-events-bench-'));

const events = {
  channels: { all: Array.from({ length: channels }, (_, key) => `ch${key}`) },
  operations: {
    multiplicity: { expression: 'hit.energy > 25', aggregation_mode: 'sum', initial: 0 },
    energies: { expression: 'hit.energy', aggregation_mode: 'gather', query: 'hit.energy > 25' },
    lead: { expression: 'tcm.index', aggregation_mode: 'last_at:hit.energy', initial: -1 },
    lead_energy: { expression: 'hit.energy', aggregation_mode: 'keep_at_idx:evt.lead' },
    first: { expression: 'hit.timestamp', aggregation_mode: 'first_at:hit.timestamp' },
    is_good: { expression: 'hit.energy < 2900', aggregation_mode: 'all' },
  },
};

async function hitFile(total: number): Promise<string> {
  const file = join(folder, `hit-${total}.lh5`);
  const writer = await lh5Backend.createWriter(file, { compression: 'none' });
  const rows = total / channels;
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - start);
    for (let channel = 0; channel < channels; channel++) {
      const time = Array.from({ length: count }, (_, i) => 3 * (start + i) + ((start + i + channel) % 3));
      const energy = time.map((_, i) => ((start + i) * 37 + channel * 11) % 3000);
      await writer.append(
        `ch${channel}/hit`,
        tableOf({ timestamp: numbersOf('float64', time), energy: numbersOf('float32', energy) }),
      );
    }
  }
  await writer.close();
  return file;
}

async function measure(
  stage: Parameters<typeof runTableStageOnFiles>[0]['stage'],
  options: unknown,
  inputs: Readonly<Record<string, string>>,
  total: number,
): Promise<string> {
  const output = join(folder, `${stage.name}-${total}.lh5`);
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const cpu = process.cpuUsage();
  const store = { compression: 'none' } as const;
  const { rows } = await runTableStageOnFiles({
    stage,
    options,
    inputs,
    output,
    store,
  });
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  const rate = total / (user + system);
  process.stdout.write(
    `${stage.name.padEnd(12)} ${String(total).padStart(9)} hits ${String(rows).padStart(9)} rows ` +
      `${rate.toFixed(2).padStart(6)} M hits/s ${(most / 2 ** 20).toFixed(0).padStart(5)} MiB at most\n`,
  );
  return output;
}

process.stdout.write(
  `${cpus()[0]?.model ?? ''}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}, ${channels} channels, processor time\n`,
);
try {
  for (const total of [hits, 4 * hits]) {
    const hit = await hitFile(total);
    const window = { columns: [{ name: 'timestamp', window: 0.5 }] };
    const tcm = await measure(buildTcm, window, { hit }, total);
    const evt = await measure(hitToEvt, { config: events }, { tcm, hit }, total);
    const query = { columns: ['hit.energy', 'evt.multiplicity'], cuts: ['evt.multiplicity > 3'] };
    await measure(skimStage, query, { hit, tcm, evt }, total);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
