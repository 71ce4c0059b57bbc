import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { flashCamExample } from '@countroom/decoders/testing';
import { parseOptions } from '@countroom/pipeline';
import { afterAll, describe, expect, it } from 'vitest';
import { daqToRaw } from '../daq-to-raw/daq-to-raw.stage.js';
import type { FollowInput } from './read-chunks.js';
import { runByteStage } from './run-byte-stage.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-follow-'));
const at = (name: string): string => join(folder, name);
const recording = flashCamExample(20);
const half = recording.length >> 1;
const config = parseOptions(daqToRaw, {});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Converts a file of which the first half is there; `more` is called when that has been read. */
async function convert(name: string, follow: FollowInput, more: () => void, signal?: AbortSignal) {
  writeFileSync(at(`${name}.orca`), recording.subarray(0, half));
  return runByteStage(
    daqToRaw,
    config,
    { input: at(`${name}.orca`), output: at(`${name}.lh5`), follow },
    {},
    {
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ done }) => {
        if (done === half) more();
      },
    },
  );
}

describe('an input that is still being written', () => {
  it('is read until it is complete', async () => {
    let written = false;
    const { rows, report } = await convert('idle', { idleMs: 300 }, () => {
      if (!written) appendFileSync(at('idle.orca'), recording.subarray(half));
      written = true;
    });
    expect(rows).toBeGreaterThan(140);
    expect(report).toMatchObject({ clean: true, bytes: recording.length });
  });

  it('is read until someone says that it is enough', async () => {
    const stop = new AbortController();
    const { rows, report } = await convert('stop', { stop: stop.signal }, () => stop.abort());
    expect(rows).toBeGreaterThan(30);
    expect(report).toMatchObject({ bytes: half });
    expect(readdirSync(folder)).toContain('stop.lh5');
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const cancel = new AbortController();
    const work = convert('cancel', {}, () => cancel.abort(), cancel.signal);
    await expect(work).rejects.toThrow(/cancel/i);
    expect(readdirSync(folder).filter((name) => name.startsWith('cancel'))).toEqual(['cancel.orca']);
  });

  it('must not be packed', async () => {
    writeFileSync(at('packed.orca'), gzipSync(recording));
    const run = { input: at('packed.orca'), output: at('packed.lh5'), follow: { idleMs: 1 } };
    await expect(runByteStage(daqToRaw, config, run, {}, {})).rejects.toThrow('cannot be followed');
  });
});
