import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateFcio } from '@countroom/decoders';
import { columnOf, type RecordBatch } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defineDriver } from '../../core/driver-definition.js';
import { collectRun } from '../../testing/collect-run.js';
import { replay } from './index.js';
import type { ReplayConfig } from './replay.config.js';
import { replayConfig } from './replay.config.js';
import { Replay } from './replay.driver.js';
import { fileBytes } from './replay.io.js';
import { ReplayReader, scanRecording } from './replay.reader.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
  file = join(folder, 'run.fcio');
  writeFileSync(
    file,
    Buffer.concat([...simulateFcio({ events: 300, channels: 3, samples: 64, rateHz: 100, seed: 4 })]),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The replay with its real device in the simulator's place. */
const fromFile = defineDriver({
  ...replay,
  createSimulator: (config: ReplayConfig, context) =>
    Promise.resolve(new Replay(config, context, fileBytes(config.path))),
});

function eventNumbers(batches: readonly RecordBatch[], table: string): number[] {
  return batches
    .filter(({ schema }) => schema.name === table)
    .flatMap((batch) => Array.from(columnOf(batch, 'eventnumber').column.data.slice(0, batch.rows), Number));
}

describe('replay', () => {
  it('gives every record of the file once, in order, sample by sample', async () => {
    const { batches, counters } = await collectRun(fromFile, { path: file, speed: 0 });
    const tables = [...new Set(batches.map(({ schema }) => schema.name))].filter((name) =>
      name.endsWith('/raw'),
    );
    expect(tables.length).toBe(3);
    for (const table of tables) {
      expect(eventNumbers(batches, table)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    }
    expect(counters.recorded).toBe(901n);
    const facts = await scanRecording(fileBytes(file), { format: 'auto', sampleNs: 4 });
    const reader = new ReplayReader(fileBytes(file), facts);
    let rows = 0;
    let last = 0;
    while (await reader.load()) {
      expect(reader.timeS).toBeGreaterThanOrEqual(last);
      last = reader.timeS;
      reader.step();
      rows += 1;
    }
    expect(rows).toBe(901);
    expect(facts).toMatchObject({ format: 'fcio', rows: 901, lastS: last });
  });

  it('takes about the time of the recording divided by the speed', async () => {
    const { lastS, firstS } = await scanRecording(fileBytes(file), { format: 'auto', sampleNs: 4 });
    const { counters } = await collectRun(fromFile, { path: file, speed: 10 });
    expect(Number(counters.time.runNs) / 1e9).toBeGreaterThan((0.95 * (lastS - firstS)) / 10);
  });

  it.each([
    ['no path', () => ({}), /has no file/],
    [
      'a missing file',
      () => ({ path: join(folder, 'no.fcio') }),
      /cannot read .*no\.fcio: there is no such file/,
    ],
    ['a folder', () => ({ path: folder }), /is no file/],
    [
      'a file of another kind',
      () => {
        const text = join(folder, 'text.txt');
        writeFileSync(
          text,
          'no DAQ file at all, but longer than what it takes to find that out, by some way',
        );
        return { path: text };
      },
      /text\.txt.*no known DAQ format/,
    ],
    ['an unknown format', () => ({ path: file, format: 'nonsense' }), /there is no format nonsense/],
  ])('refuses %s with the way out', async (_what, config, message) => {
    const parsed = replayConfig.parse(config());
    const driver = new Replay(
      parsed,
      { source: 's', clock: neverClock, log: () => undefined },
      fileBytes(parsed.path),
    );
    await expect(driver.prepare()).rejects.toThrow(message);
    expect(await replay.probe(parsed)).toMatchObject({ found: false });
  });

  it('plays a damaged file as far as it goes, and says what was lost', async () => {
    const broken = join(folder, 'broken.fcio');
    const whole = Buffer.concat([...simulateFcio({ events: 50, channels: 1, samples: 64, seed: 4 })]);
    writeFileSync(broken, whole.subarray(0, whole.length - 200));
    const { batches, lines } = await collectRun(fromFile, { path: broken, speed: 0 });
    const table = batches.map(({ schema }) => schema.name).find((name) => name.endsWith('/raw'));
    expect(eventNumbers(batches, table!)).toEqual(Array.from({ length: 49 }, (_, i) => i));
    expect(lines.join('\n')).toMatch(/Recording is damaged/);
  });
});

const neverClock = {
  monotonicNs: () => 0n,
  epochNs: () => 0n,
  anchor: () => ({ monotonicNs: 0n, epochNs: 0n }),
};
