import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { simulateFcio } from '@countroom/decoders';
import { concatenate, corrupted, flashCamExample } from '@countroom/decoders/testing';
import { parseOptions, type StageProgress } from '@countroom/pipeline';
import { afterAll, describe, expect, it } from 'vitest';
import { daqToRaw } from '../daq-to-raw/daq-to-raw.stage.js';
import { columnsOf } from '../testing/column-hashes.js';
import type { KeepRun } from './keep-run.js';
import { runByteStage } from './run-byte-stage.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-keep-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Two readouts in succession, with damage in between, of more than one chunk of the file. */
const recording = concatenate([
  ...simulateFcio({ events: 1500, channels: 3, samples: 400, seed: 3, statusEvery: 100 }),
  corrupted(concatenate(simulateFcio({ events: 40, channels: 2, samples: 90, seed: 5 })), 9),
  ...simulateFcio({ events: 700, channels: 3, samples: 200, seed: 4 }),
]);
writeFileSync(at('run.fcio'), recording);
writeFileSync(at('run.fcio.gz'), gzipSync(recording));
writeFileSync(at('run.orca'), flashCamExample(2500));

const options = {
  checksums: true,
  exactTimes: true,
  coincidences: { columns: [{ name: 'timestamp', window: 1e-5 }] },
};

interface Broken {
  readonly input: string;
  readonly output: string;
  readonly options?: unknown;
  /** Bytes of input after which it is broken off; without it, it is not. */
  readonly stopAt?: number;
  readonly keep?: KeepRun;
  readonly onLog?: (text: string) => void;
}

async function convert({ input, output, options: given = options, stopAt, keep, onLog }: Broken) {
  const stop = new AbortController();
  const seen: number[] = [];
  const result = await runByteStage(
    daqToRaw,
    parseOptions(daqToRaw, given),
    { input: at(input), output: at(output), naming: at, ...(keep === undefined ? {} : { keep }) },
    {},
    {
      signal: stop.signal,
      onProgress: ({ done }: StageProgress) => {
        seen.push(done);
        if (stopAt !== undefined && done >= stopAt) stop.abort();
      },
      onLog: (_, text) => onLog?.(text),
    },
  );
  // Tables come in the order of their first full block.
  const tables = result.tables.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { ...result, tables, first: seen[0] ?? 0 };
}

/** Makes what a run has left look as if its process were gone: a process number that nobody has. */
function forgetOwner(): void {
  for (const name of readdirSync(folder)) {
    const gone = name.replace(/-\d+-([0-9a-z]+-[0-9a-f]{8}\.journal)$/, '-4194305-$1');
    renameSync(at(name), at(gone));
  }
}

const keep: KeepRun = { resume: true, markBytes: 1 << 20, seconds: 0 };
const left = (): string[] => readdirSync(folder).filter((name) => name.startsWith('.'));

describe('a conversion that is broken off', () => {
  it.each([
    ['run.fcio', options],
    ['run.fcio.gz', options],
    ['run.orca', { ...options, checksums: false }],
    [
      'run.fcio',
      {
        nMaxPerKey: 1700,
        outSpec: { FCEventDecoder: { 'ch{key}': { key_list: ['*'], out_name: 'x/{name}' } } },
      },
    ],
  ])('goes on, and gives what it would have given: %s', { timeout: 60_000 }, async (input, given) => {
    const whole = `whole-${basename(input)}.lh5`;
    rmSync(at(whole), { force: true });
    const expected = await convert({ input, output: whole, options: given });
    for (const [round, share] of [0.6, 0.95].entries()) {
      const output = `broken-${basename(input)}-${round}.lh5`;
      const total = expected.read;
      const run = { input, output, options: given, keep };
      await expect(convert({ ...run, stopAt: share * total })).rejects.toThrow(/cancelled/);
      expect(left().length).toBeGreaterThan(0);
      forgetOwner();
      const { first, ...resumed } = await convert(run);
      expect(first).toBeGreaterThan(0.1 * total);
      expect({ ...resumed, first: expected.first }).toEqual(expected);
      expect(left()).toEqual([]);
      expect(await columnsOf(at(output))).toEqual(await columnsOf(at(whole)));
      rmSync(at(output));
    }
    rmSync(at(whole));
  });

  it('goes on in every file that the output specification names', { timeout: 60_000 }, async () => {
    const group = (name: string, keys: readonly number[]) => ({
      [name]: { key_list: keys, out_stream: `${name}.lh5:/`, out_name: '{name}/raw' },
    });
    const given = {
      outSpec: { FCEventDecoder: { ...group('one', [51_200]), ...group('two', [51_201, 51_202]) } },
    };
    const run = { input: 'run.fcio', output: 'parts.lh5', options: given, keep };
    const expected = await convert(run);
    const files = ['one.lh5', 'two.lh5'];
    expect([...new Set(expected.tables.map(({ file }) => file))].sort()).toEqual(files);
    const columns = await Promise.all(files.map((file) => columnsOf(at(file))));
    for (const file of files) rmSync(at(file));
    await expect(convert({ ...run, stopAt: 0.7 * expected.read })).rejects.toThrow(/cancelled/);
    expect(files.some((file) => existsSync(at(file)))).toBe(false);
    forgetOwner();
    const { first, ...resumed } = await convert(run);
    expect(first).toBeGreaterThan(0.1 * expected.read);
    expect({ ...resumed, first: expected.first }).toEqual(expected);
    expect(await Promise.all(files.map((file) => columnsOf(at(file))))).toEqual(columns);
    expect(left()).toEqual([]);
    for (const file of files) rmSync(at(file));
  });

  it('leaves nothing behind unless somebody wants to go on', async () => {
    const run = { input: 'run.fcio', output: 'gone.lh5', stopAt: recording.length / 2 };
    await expect(convert({ ...run, keep: { ...keep, resume: false } })).rejects.toThrow(/cancelled/);
    expect(left()).toEqual([]);
  });

  it('begins anew with other options, and says so', async () => {
    const run = { input: 'run.fcio', output: 'other.lh5', keep };
    await expect(convert({ ...run, stopAt: recording.length / 2 })).rejects.toThrow(/cancelled/);
    forgetOwner();
    const logs: string[] = [];
    const { rows } = await convert({ ...run, options: {}, onLog: (text) => logs.push(text) });
    expect(rows).toBeGreaterThan(4500);
    expect(logs.join()).toContain('had another input or other options: it begins anew');
  });

  it('is not taken from a process that is still at it', async () => {
    const run = { input: 'run.fcio', output: 'busy.lh5', keep };
    await expect(convert({ ...run, stopAt: recording.length / 2 })).rejects.toThrow(/cancelled/);
    await expect(convert(run)).rejects.toThrow(/is being written by process/);
    forgetOwner();
    await convert(run);
    expect(left()).toEqual([]);
  });
});
