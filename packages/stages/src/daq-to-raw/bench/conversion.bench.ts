/**
 * Whole conversions of recordings to compressed LH5 files (shuffle and deflate 4): rate beside legend-daq2lh5 in turns, rate by the
 * number of compressing threads, and the memory that endless recordings take. Run by `npx nx bench stages`; COUNTROOM_BENCH_GB sets
 * the gigabytes of an endless recording (default 1).
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulateFcio } from '@countroom/decoders';
import { decodeWaveforms, encodeWaveforms, openReader } from '@countroom/lh5';
import { parseOptions, runBytes } from '@countroom/pipeline';
import { OutputFiles } from '../../files/output-files.js';
import { runStageOnFile } from '../../files/run-stage.js';
import { daqToRaw } from '../daq-to-raw.stage.js';
import { Daq2lh5Process, daq2lh5Python } from './daq2lh5.js';
import { endlessRecording } from './endless-recording.js';

const rounds = 9;
const store = { compression: { gzip: 4 }, overwrite: true } as const;
const folder = mkdtempSync(join(tmpdir(), 'conversion-bench-'));
const output = join(folder, 'ours.lh5');

/** The recorded file where it is there, else a simulated one of the same shape. */
function recording(): string {
  const data = process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data';
  const recorded = resolve(
    fileURLToPath(new URL('../../../../../', import.meta.url)),
    data,
    'legend/fcio/th228.fcio',
  );
  if (existsSync(recorded)) return recorded;
  const file = join(folder, 'simulated.fcio');
  writeFileSync(file, Buffer.concat([...simulateFcio({ events: 1000, channels: 1, samples: 1836 })]));
  return file;
}

async function convert(input: string): Promise<number> {
  const started = performance.now();
  await runStageOnFile({ stage: daqToRaw, options: {}, input, output, mode: 'replace' });
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Ours flushes its file to the disk: what the other one has left to be flushed is not to count for that. */
function flush(file: string): void {
  const descriptor = openSync(file, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

async function besideReference(input: string): Promise<void> {
  const bytes = statSync(input).size / 1e6;
  const python = daq2lh5Python();
  const reference = python === undefined ? undefined : new Daq2lh5Process(python);
  const theirs = join(folder, 'theirs.lh5');
  const seconds = { ours: [] as number[], theirs: [] as number[] };
  for (let round = -2; round < rounds; round += 1) {
    const own = await convert(input);
    const other = (await reference?.convert(input, theirs)) ?? Number.NaN;
    if (reference !== undefined) flush(theirs);
    if (round < 0) continue;
    seconds.ours.push(own);
    seconds.theirs.push(other);
  }
  const ratio = median(seconds.theirs.map((other, round) => other / seconds.ours[round]!));
  const rates = (all: readonly number[]): string =>
    `${(bytes / median(all)).toFixed(1)} MB/s (best ${(bytes / Math.min(...all)).toFixed(1)})`;
  const sizes = (file: string): string => `${(bytes / (statSync(file).size / 1e6)).toFixed(2)} times smaller`;
  console.log(`${input.split('/').at(-1)}: ${rates(seconds.ours)}, ${sizes(output)}`);
  if (reference === undefined) console.log('  no legend-daq2lh5 here: there is no network, or no Python');
  else {
    console.log(
      `  legend-daq2lh5 ${rates(seconds.theirs)}, ${sizes(theirs)}; in turns ${ratio.toFixed(1)} times faster`,
    );
    const [encode, decode] = await reference.radware(theirs);
    const [ownEncode, ownDecode] = await radware(output);
    console.log(
      `  radware encode ${ownEncode.toFixed(0)} MB/s, decode ${ownDecode.toFixed(0)} MB/s; ` +
        `theirs ${encode.toFixed(0)}, ${decode.toFixed(0)}: ${(ownEncode / encode).toFixed(1)} and ${(ownDecode / decode).toFixed(1)} times`,
    );
    reference.stop();
  }
}

async function radware(file: string): Promise<readonly [number, number]> {
  const reader = await openReader(file);
  const values = await reader.read('FCEvent/waveform/values');
  await reader.close();
  if (values.kind !== 'array') throw new TypeError('the waveforms are no array');
  const encoded = encodeWaveforms(values, { name: 'radware_sigcompress', shift: -32_768 });
  const best = (action: () => unknown): number => {
    let least = Infinity;
    for (let round = 0; round < 16; round += 1) {
      const started = performance.now();
      action();
      least = Math.min(least, performance.now() - started);
    }
    return values.data.byteLength / 1e3 / least;
  };
  return [
    best(() => encodeWaveforms(values, { name: 'radware_sigcompress', shift: -32_768 })),
    best(() => decodeWaveforms(encoded)),
  ];
}

const shapes = {
  'one channel': { channels: 1, samples: 4096 },
  '120 tables': { channels: 120, samples: 6000 },
};

/** Converts an endless recording and prints rate and peak memory; runs in a process of its own. */
async function endless(shape: keyof typeof shapes, gigabytes: number): Promise<void> {
  const tables = {
    FCEventDecoder: { 'ch{key}': { key_list: ['*'], out_stream: ':/', out_name: '{name}/raw' } },
  };
  const config = parseOptions(daqToRaw, { outSpec: shape === '120 tables' ? tables : null });
  const started = performance.now();
  const files = await OutputFiles.open(output, store);
  const chunks = endlessRecording(shapes[shape], gigabytes * 1e9);
  await runBytes(daqToRaw, config, { name: 'endless.fcio', bytes: null, chunks }, files.sink, {});
  await files.close();
  const rate = (gigabytes * 1e3) / ((performance.now() - started) / 1000);
  const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(
    `  ${shape}, ${gigabytes} GB: ${rate.toFixed(0)} MB/s, at most ${peak.toFixed(0)} MB of memory`,
  );
}

async function threads(input: string, count: number): Promise<void> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds + 2; round += 1) seconds.push(await convert(input));
  const rate = statSync(input).size / 1e6 / median(seconds.slice(2));
  console.log(`  ${count} compressing thread${count === 1 ? '' : 's'}: ${rate.toFixed(1)} MB/s`);
}

function inOwnProcess(part: string, argument: string, poolThreads: number): void {
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), part, argument], {
    stdio: 'inherit',
    env: { ...process.env, UV_THREADPOOL_SIZE: String(poolThreads) },
  });
}

async function everything(): Promise<void> {
  const load = loadavg()[0]?.toFixed(1) ?? '';
  console.log(
    `Conversion of recordings, ${cpus().length} × ${cpus()[0]?.model ?? ''}, load ${load}, Node ${process.version}`,
  );
  await besideReference(recording());
  for (const count of [1, 2, 4]) inOwnProcess('threads', String(count), count);
  for (const shape of Object.keys(shapes)) inOwnProcess('endless', shape, 4);
}

const [, , part, argument] = process.argv;
try {
  if (part === 'threads') await threads(recording(), Number(argument));
  else if (part === 'endless')
    await endless(
      argument === '120 tables' ? argument : 'one channel',
      Number(process.env['COUNTROOM_BENCH_GB'] ?? 1),
    );
  else await everything();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
