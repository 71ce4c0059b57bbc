/**
 * Whole runs of raw_to_dsp from LH5 file to LH5 file (shuffle and deflate 4), in one thread and in two (compression has threads of
 * its own), beside dspeed's build_dsp on the same file in alternating runs, and the memory that a million rows take. Names of
 * chains as arguments choose among them; `--python=path` says where dspeed is installed already, `--no-dspeed` leaves
 * the comparison out, `--rows=N` sets the rows of a file (8000), `--many=N` those of the measurement of memory
 * (1 000 000; 0 leaves it out).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseOptions, ThreadExecutor } from '@countroom/pipeline';
import type { FileTimes } from '../../files/file-times.js';
import { OutputFiles } from '../../files/output-files.js';
import { runStageOnFile } from '../../files/run-stage.js';
import { rawToDsp } from '../raw-to-dsp.stage.js';
import { DspeedFiles, dspeedPython } from './dspeed-files.js';
import { manyRows } from './many-rows.js';
import { type FileCase, fileCases, writeRawFile } from './raw-input.js';

const rounds = 5;
const table = 'ch1/raw';
const folder = mkdtempSync(join(tmpdir(), 'countroom-files-bench-'));

function argument(name: string): string | undefined {
  return process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
}

async function ownSeconds(
  chain: FileCase,
  input: string,
  threads: number,
  times?: FileTimes,
): Promise<number> {
  const started = performance.now();
  await runStageOnFile({
    stage: rawToDsp,
    options: { config: chain.config, database: { ch1: chain.database } },
    input,
    output: join(folder, 'ours.lh5'),
    mode: 'replace',
    threads,
    ...(times === undefined ? {} : { times }),
  });
  return (performance.now() - started) / 1000;
}

async function compare(chain: FileCase, count: number, python: string | undefined): Promise<void> {
  const input = join(folder, `${chain.name}.lh5`);
  const rows = await writeRawFile(input, table, chain.rows, count);
  const { configPath: config, database } = chain;
  const other =
    python === undefined
      ? undefined
      : await DspeedFiles.start(python, folder, { input, table, config, database });
  const best = { one: Infinity, two: Infinity, dspeed: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    best.one = Math.min(best.one, await ownSeconds(chain, input, 1));
    if (other !== undefined) best.dspeed = Math.min(best.dspeed, await other.seconds());
    best.two = Math.min(best.two, await ownSeconds(chain, input, 2));
  }
  other?.stop();
  const times: FileTimes = { reading: 0, writing: 0 };
  const whole = 1000 * (await ownSeconds(chain, input, 1, times));
  const rate = (seconds: number) => Math.round(rows / seconds);
  const ratio = (seconds: number) => Number((best.dspeed / seconds).toFixed(1));
  console.log(chain.name);
  console.table({
    'waveforms/s, 1 thread': rate(best.one),
    'waveforms/s, 2 threads': rate(best.two),
    '1 thread: reading, %': Math.round((100 * times.reading) / whole),
    '1 thread: waiting for compression and writing, %': Math.round((100 * times.writing) / whole),
    ...(other === undefined
      ? {}
      : {
          'dspeed, waveforms/s': rate(best.dspeed),
          'against dspeed, 1 thread': ratio(best.one),
          'against dspeed, 2 threads': ratio(best.two),
        }),
  });
}

/** Processes many rows in a process of its own and prints the memory that it took at most. */
async function memory(chain: FileCase, count: number): Promise<void> {
  const whole = count - (count % chain.rows.rows);
  const config = parseOptions(rawToDsp, { config: chain.config, database: { ch1: chain.database } });
  const source = manyRows({ table, sample: chain.rows, count: whole });
  const plan = rawToDsp.plan(config, await source.tables(0));
  const files = await OutputFiles.open(join(folder, 'many.lh5'), {
    compression: { gzip: 4 },
    overwrite: true,
  });
  const started = performance.now();
  const executor = new ThreadExecutor({
    threads: availableParallelism(),
    module: new URL('./many-rows.js', import.meta.url).href,
  });
  await executor.run(rawToDsp, plan, source, files.sink, { blockRows: chain.rows.rows });
  await files.close();
  const seconds = (performance.now() - started) / 1000;
  const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(
    `  ${chain.name}: ${whole} rows in ${seconds.toFixed(0)} s, at most ${peak.toFixed(0)} MB of memory`,
  );
}

const chosen = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const testData = resolve(
  fileURLToPath(new URL('../../../../../', import.meta.url)),
  process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data',
);
const cases = (await fileCases(testData)).filter(({ name }) => chosen.length === 0 || chosen.includes(name));
const many = Number(argument('many') ?? 1_000_000);
try {
  if (process.argv.includes('--memory')) {
    for (const chain of cases) await memory(chain, many);
  } else {
    const load = loadavg()[0]?.toFixed(1) ?? '';
    console.log(`${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${load}, Node ${process.version}`);
    const python = process.argv.includes('--no-dspeed') ? undefined : (argument('python') ?? dspeedPython());
    for (const chain of cases) await compare(chain, Number(argument('rows') ?? 8000), python);
    if (many > 0) {
      const script = fileURLToPath(import.meta.url);
      for (const { name } of cases.filter((one) => one.name === 'minimal' || cases.length === 1))
        execFileSync(process.execPath, [script, name, '--memory', `--many=${many}`], { stdio: 'inherit' });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
