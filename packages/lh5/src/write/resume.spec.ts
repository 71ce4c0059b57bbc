import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { DataObject } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { h5wasmBackend, openReader, ownBackend } from '../backend.js';
import { encodeWaveforms } from '../codecs/encode.js';
import type { Lh5Writer, StoreOptions } from '../ports.js';
import { complexArray, numberArray, sampleTable, vectors } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { Journal } from './journal.js';
import { parsePartName } from './part-name.js';
import { recoverFile } from './recover.js';
import { finishInPlace, resumeWriter } from './resume.js';
import { sweepFolder } from './sweep.js';

const place = temporaryFolder();
const rounds = 9;
const storage: StoreOptions = { chunkRows: 100, fletcher32: true };

function waves(round: number): DataObject {
  const samples = Array.from({ length: 40 * 7 }, (_, k) => 1000 + ((k * (round + 3)) % 97));
  return encodeWaveforms(numberArray('uint16', samples, [40]), { name: 'radware_sigcompress', shift: -900 });
}

/** What is written in a round: rows of every kind, and something without rows now and then. */
async function writeRound(writer: Lh5Writer, round: number): Promise<void> {
  await writer.append('ch1/raw', sampleTable(130, 130 * round), storage);
  await writer.append('ch1/small', sampleTable(3, 3 * round));
  await writer.append('nested', {
    ...vectors([[0, round], [], [1]]),
    flattened: vectors([[round, 2], [], [3]]),
  });
  await writer.append('waves', waves(round));
  await writer.append('complex', complexArray([round, 2, 0, -0.5]));
  const names = Array.from({ length: 700 }, (_, k) => `größer ${round} ${k}`);
  await writer.append('names', { kind: 'strings', values: names, attrs: {} });
  if (round % 3 === 0)
    await writer.write(`facts/number${round}`, { kind: 'scalar', value: round, attrs: {} });
  if (round === 2) await writer.setAttributes('ch1/raw', { comment: 'set later' });
}

/** What JSON does not have, as texts. */
function asPlain(_: string, part: unknown): unknown {
  if (typeof part === 'bigint') return String(part);
  if (part instanceof Map) return [...part] as unknown[];
  return part instanceof Float64Array || part instanceof Float32Array ? [...part].map(String) : part;
}

async function contentOf(file: string): Promise<unknown> {
  const reader = await openReader(file);
  try {
    const parts = [await reader.tree(), await reader.read('', { decode: false })];
    return parts.map((value) => JSON.parse(JSON.stringify(value, asPlain)) as unknown);
  } finally {
    await reader.close();
  }
}

const whole = place('whole.lh5');

describe('a file that is gone on with', () => {
  it('is as if it had been written in one go, wherever that was', { timeout: 60_000 }, async () => {
    const writer = await ownBackend.createWriter(whole);
    for (let round = 0; round < rounds; round += 1) await writeRound(writer, round);
    await writer.close();
    const expected = await contentOf(whole);
    for (const stop of [0, 1, 4, rounds]) {
      const file = place(`stop-${stop}.lh5`);
      const first = await ownBackend.createWriter(file);
      for (let round = 0; round < stop; round += 1) await writeRound(first, round);
      const snapshot = deserialize(serialize(await first.snapshot())) as Awaited<
        ReturnType<Lh5Writer['snapshot']>
      >;
      // What comes after the snapshot is lost with the process.
      if (stop < rounds) await writeRound(first, stop);
      await first.suspend();
      await expect(first.append('x', numberArray('int8', [1]))).rejects.toThrow('has been closed');
      if (stop > 0) {
        await finishInPlace(snapshot);
        const reader = await openReader(snapshot.temporary);
        expect(await reader.rowCount('ch1/raw')).toBe(130 * stop);
        await reader.close();
      }
      const second = await resumeWriter(snapshot);
      expect(await second.rowCount('ch1/raw')).toBe(130 * stop);
      for (let round = stop; round < rounds; round += 1) await writeRound(second, round);
      await second.close();
      expect(await contentOf(file)).toEqual(expected);
    }
  });

  it('refuses rows of another form, and what cannot be gone on with', async () => {
    const first = await ownBackend.createWriter(place('forms.lh5'));
    await first.append('x', numberArray('int16', [1]));
    await first.write('single', { kind: 'scalar', value: 1, attrs: {} });
    const snapshot = await first.snapshot();
    await first.suspend();
    const second = await resumeWriter(snapshot);
    await expect(second.append('x', numberArray('int32', [1]))).rejects.toThrow('number type');
    await expect(second.write('single', numberArray('int8', [1]))).rejects.toThrow('is there already');
    await second.suspend();
    truncateSync(snapshot.temporary, 95);
    await expect(resumeWriter(snapshot)).rejects.toThrow('is cut off at byte 95 of 96');
    const library = await h5wasmBackend.createWriter(place('library.lh5'));
    await expect(library.snapshot()).rejects.toThrow('cannot go on after a break');
    await library.abort();
    const summed = await ownBackend.createWriter(place('summed.lh5'), { sha256: true });
    await summed.append('x', numberArray('int16', [1]));
    await expect(summed.snapshot()).rejects.toThrow('leave sha256 away');
    await summed.abort();
  });
});

/** The name of a file of this process as it would be if that had ended. */
function asOfDead(name: string): string {
  const { status, pid } = spawnSync('true');
  expect(status).toBe(0);
  return name.replace(`-${process.pid}-`, `-${pid}-`);
}

describe('what writers leave behind', () => {
  it('goes when they are gone, and never before', async () => {
    const file = place('left/run.lh5');
    const other = place('left/other.lh5');
    mkdirSync(dirname(file));
    const living = await ownBackend.createWriter(file, { overwrite: true });
    const [mine = ''] = readdirSync(dirname(file));
    expect(parsePartName(mine)).toMatchObject({ target: 'run.lh5', kind: 'part' });
    const dead = asOfDead(mine);
    const elsewhere = dead.replace(/lh5\.[0-9a-f]{8}/, 'lh5.00000000');
    const ofOther = dead.replace('run', 'other');
    const before = dead.replace(/(lh5\.[0-9a-f]{8})[0-9a-f]{6}/, '$1000000').replace(/-\d+-/, '-1-');
    for (const name of [dead, elsewhere, ofOther, before]) writeFileSync(place(`left/${name}`), 'x');
    // A new writer of the same file sweeps.
    await (await ownBackend.createWriter(file)).close();
    expect(readdirSync(dirname(file)).sort()).toEqual([mine, elsewhere, ofOther, 'run.lh5'].sort());
    expect(await sweepFolder(dirname(other))).toEqual([ofOther]);
    await living.close();
    expect(readdirSync(dirname(file)).sort()).toEqual([elsewhere, 'run.lh5'].sort());
  });
});

describe('a journal', () => {
  it('is taken over from a process that is gone, with the last complete state', async () => {
    const file = place('kept.lh5');
    const folder = dirname(file);
    const writer = await ownBackend.createWriter(file);
    await writeRound(writer, 0);
    const journal = Journal.for(file);
    expect(await Journal.takeOver(file)).toBeUndefined();
    await journal.save({ writers: [], note: { at: 0 } });
    await journal.save({ writers: [await writer.snapshot()], note: { at: 1n } });
    await expect(Journal.takeOver(file)).rejects.toThrow(`is being written by process ${process.pid}`);
    await writer.suspend();
    const name = readdirSync(folder).find((one) => one.includes('kept') && one.endsWith('.journal'))!;
    renameSync(place(name), place(asOfDead(name)));
    expect(await sweepFolder(folder)).toEqual([]);
    const taken = await Journal.takeOver(file);
    expect(taken?.content.note).toEqual({ at: 1n });
    const [snapshot] = taken!.content.writers;
    const second = await resumeWriter(snapshot!);
    await second.close();
    await taken!.journal.remove();
    const reader = await openReader(file);
    expect(await reader.rowCount('ch1/raw')).toBe(130);
    await reader.close();
    expect(readdirSync(folder).filter((one) => one.includes(`.${basename(file)}`))).toEqual([]);
  });

  it('gives back what had been written', async () => {
    const [file, out] = [place('lost.lh5'), place('rest.lh5')];
    const writer = await ownBackend.createWriter(file);
    await writeRound(writer, 0);
    await Journal.for(file).save({ writers: [await writer.snapshot()], note: null });
    await writeRound(writer, 1);
    await writer.suspend();
    const name = readdirSync(dirname(file)).find((one) => one.includes('lost') && one.endsWith('.journal'))!;
    renameSync(place(name), place(asOfDead(name)));
    expect(await recoverFile(file, out)).toEqual([out]);
    const reader = await openReader(out);
    expect(await reader.rowCount('ch1/raw')).toBe(130);
    await reader.close();
    expect(readdirSync(dirname(file)).filter((one) => one.startsWith('.lost'))).toEqual([]);
    await expect(recoverFile(file, place('more.lh5'))).rejects.toThrow('nothing was kept of it');
  });

  it('that is damaged counts as none', async () => {
    const file = place('damaged.lh5');
    const journal = Journal.for(file);
    await journal.save({ writers: [], note: 'x' });
    const name = readdirSync(dirname(file)).find((one) => one.startsWith('.damaged'))!;
    const dead = asOfDead(name);
    writeFileSync(place(dead), 'countroom journal 1\nand then nothing of it');
    await journal.remove();
    expect(await Journal.takeOver(file)).toBeUndefined();
    expect(readdirSync(dirname(file)).filter((one) => one.startsWith('.damaged'))).toEqual([]);
  });
});
