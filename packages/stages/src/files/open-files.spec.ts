import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lh5Reader, lh5Backend } from '@countroom/lh5';
import { concatRows, type Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { skim } from '../skim/skim.js';
import { openRuns } from '../skim/skim-runs.js';
import { numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { OpenFiles } from './open-files.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-open-'));
const at = (k: number): string => join(folder, `${k}.lh5`);
const files = Array.from({ length: 300 }, (_, k) => at(k));

/** Files that differ. */
const kinds = 7;

async function make(file: string, energies: readonly number[]): Promise<void> {
  const writer = await lh5Backend.createWriter(file, { compression: 'none' });
  await writer.append('ch1/hit', tableOf({ energy: numbersOf('float32', energies) }));
  await writer.close();
}

beforeAll(async () => {
  for (const [k, file] of files.entries()) {
    if (k < kinds) await make(file, [k, k + 0.5]);
    else copyFileSync(at(k % kinds), file);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Counts the files that are open. */
function counted(most: number) {
  const seen = { now: 0, highest: 0, opened: 0 };
  const open = async (file: string): Promise<Lh5Reader> => {
    const reader = await lh5Backend.openReader(file);
    seen.now++;
    seen.opened++;
    seen.highest = Math.max(seen.highest, seen.now);
    const close = reader.close.bind(reader);
    vi.spyOn(reader, 'close').mockImplementation(() => {
      seen.now--;
      return close();
    });
    return reader;
  };
  return { seen, files: new OpenFiles({ most, open }) };
}

async function energies(
  most: number,
): Promise<{ values: unknown[]; seen: ReturnType<typeof counted>['seen'] }> {
  const { seen, files: open } = counted(most);
  const { runs, close } = await openRuns(
    files.map((hit) => ({ files: { hit } })),
    open,
  );
  const parts: Table[] = [];
  const query = { columns: ['hit.energy'], cuts: ['hit.energy % 1 > 0'], entries: false };
  for await (const part of skim(query, runs)) parts.push(part);
  await close();
  return { values: valuesOf(concatRows(parts).columns.get('energy')), seen };
}

describe('files that are open at a time', () => {
  it('are as few as they may be, and a query over 300 files gives the same', {
    timeout: 60_000,
  }, async () => {
    const expected = files.map((_, k) => (k % kinds) + 0.5);
    const few = await energies(3);
    expect(few.values).toEqual(expected);
    expect([few.seen.highest, few.seen.now]).toEqual([3, 0]);
    const many = await energies(1000);
    expect(many.values).toEqual(expected);
    expect(many.seen).toEqual({ now: 0, highest: 300, opened: 300 });
  });

  it('are not closed while they are used, and work waits for a place', async () => {
    const { seen, files: open } = counted(2);
    const readers = [];
    for (const file of files.slice(0, 20)) readers.push(await open.open(file));
    const rows = await Promise.all(
      [...readers, ...readers].map(async (reader) => (await reader.read('ch1/hit', [0, 9])).rows),
    );
    expect(rows).toEqual(Array(40).fill(2));
    expect(seen.highest).toBe(2);
    await open.close();
    expect(seen.now).toBe(0);
    await expect(readers[0]!.tables(1)).rejects.toThrow(/0\.lh5.*is closed/);
  });

  it('leave no place taken when one cannot be opened', async () => {
    const { files: open } = counted(1);
    await expect(open.open(join(folder, 'none.lh5'))).rejects.toThrow(/none\.lh5.*cannot be opened/);
    expect((await (await open.open(at(0))).tables(1)).length).toBe(1);
    await open.close();
  });

  it('are not taken for others that came into their place', async () => {
    const { files: open } = counted(1);
    const file = join(folder, 'own.lh5');
    await make(file, [1]);
    const own = await open.open(file);
    await open.open(at(1));
    await make(join(folder, 'new.lh5'), [2]);
    renameSync(join(folder, 'new.lh5'), file);
    await expect(own.read('ch1/hit', [0, 1])).rejects.toThrow('was replaced while it was read');
    await open.close();
  });
});
