import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { buildTcm } from '../build-tcm/build-tcm.stage.js';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { numbersOf, tableOf } from '../testing/memory-reader.js';
import { skim } from './skim.js';
import { skimHistogram } from './skim-histogram.js';
import type { SkimQuery } from './skim-options.js';
import { withRuns } from './skim-runs.js';

/** Speed and memory of queries over files of 4 channels with 10 columns; figures are per second of CPU time. */
const channels = 4;
const rows = Number(process.env['COUNTROOM_BENCH_ROWS'] ?? 500_000);
const folder = mkdtempSync(join(tmpdir(), 'countroom-skim-bench-'));

async function makeFile(tier: string, count: number): Promise<string> {
  const file = join(folder, `${tier}.lh5`);
  const writer = await lh5Backend.createWriter(file, { compression: 'none' });
  for (let channel = 0; channel < channels; channel++) {
    const base = Array.from({ length: count }, (_, i) => ((i * 7919) % 4001) + channel);
    const columns = Object.fromEntries(
      Array.from({ length: 9 }, (_, k) => [
        `c${k}`,
        numbersOf(
          'float32',
          base.map((value) => value * (k + 1)),
        ),
      ]),
    );
    const timestamp = numbersOf(
      'float64',
      Array.from({ length: count }, (_, i) => i + channel / 8),
    );
    await writer.append(`ch${channel}/${tier}`, tableOf({ timestamp, ...columns }));
  }
  await writer.close();
  return file;
}

async function measure(name: string, work: () => Promise<number>): Promise<void> {
  const cpu = process.cpuUsage();
  const passed = await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  const rate = (channels * rows) / seconds / 1e6;
  const memory = process.memoryUsage.rss() / 2 ** 20;
  process.stdout.write(
    `${name.padEnd(44)} ${rate.toFixed(1).padStart(7)} M rows/s  ${String(passed).padStart(9)} pass  ${memory.toFixed(0)} MiB\n`,
  );
}

process.stdout.write(
  `${cpus()[0]?.model ?? ''}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}, ${channels} × ${rows} rows, CPU time\n`,
);
try {
  const [hit, dsp] = [await makeFile('hit', rows), await makeFile('dsp', rows)];
  const tcm = join(folder, 'tcm.lh5');
  const options = { columns: [{ name: 'timestamp', window: 0.2 }] };
  await runTableStageOnFiles({ stage: buildTcm, options, inputs: { hit }, output: tcm });
  const files = [{ files: { hit, dsp, tcm } }];
  const count = (query: SkimQuery): Promise<number> =>
    withRuns(files, async (runs) => {
      let passed = 0;
      for await (const table of skim(query, runs)) passed += table.rows;
      return passed;
    });
  const one = { columns: ['hit.c1', 'dsp.c2', 'hit.timestamp'] };
  await measure('3 columns, no cut', () => count(one));
  await measure('3 columns, one in 2 passes', () => count({ ...one, cuts: ['hit.c0 > 2000'] }));
  await measure('3 columns, one in 1000 passes', () => count({ ...one, cuts: ['hit.c0 > 4000'] }));
  await measure('by the map, one in 2 passes', () =>
    count({ ...one, columns: [...one.columns, 'tcm.index'], cuts: ['hit.c0 > 2000'] }),
  );
  await measure('histogram of one column with a cut', () =>
    withRuns(files, async (runs) => {
      const axis = { expression: 'hit.c1', bins: 1000, min: 0, max: 10_000 };
      return (await skimHistogram({ cuts: ['dsp.c0 > 2000'] }, runs, [axis])).entries;
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
