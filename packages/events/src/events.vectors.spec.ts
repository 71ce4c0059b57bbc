import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildCoincidenceMap } from './coincidence/coincidence-builder.js';

interface CaseFile {
  readonly channels: Record<string, Record<string, (number | string)[]>>;
  readonly tcm: Record<string, { readonly table_key: number[][]; readonly row_in_table: number[][] }>;
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');
const folder = join(root, 'dsp/evt');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

describe.runIf(files.length === 0)('event vectors', () => {
  it.skip(`there are none below ${folder}`, () => undefined);
});

describe.each(files)('event vectors: %s', (name) => {
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CaseFile;
  const keys = Object.keys(file.channels).map(Number);

  it.each(Object.keys(file.tcm))('coincidence map: %s', (title) => {
    const window = Number(/window ([\d.]+)/.exec(title)?.[1]);
    const { table, row, ends } = buildCoincidenceMap(
      {
        tables: keys.map((key) => ({ path: `ch${key}`, key })),
        columns: [{ name: 'timestamp', window }],
        reference: title.includes('first') ? 'first' : 'last',
      },
      keys.map((key) => [Float64Array.from(file.channels[String(key)]!['timestamp']!, Number)]),
    );
    const lists = (values: readonly number[]): number[][] =>
      [...ends].map((end, event) => values.slice(event === 0 ? 0 : ends[event - 1], end));
    expect(lists([...table].map((index) => keys[index]!))).toEqual(file.tcm[title]!.table_key);
    expect(lists([...row])).toEqual(file.tcm[title]!.row_in_table);
  });
});
