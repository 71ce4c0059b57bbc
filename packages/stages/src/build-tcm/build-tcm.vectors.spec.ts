import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lh5Backend } from '@countroom/lh5';
import { runTables } from '@countroom/pipeline';
import type { Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { lh5TableReader } from '../files/lh5-reader.js';
import { buildTcm } from './build-tcm.stage.js';
import { readMap } from './map-table.js';

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'legend/lh5');
const maps = existsSync(root)
  ? readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('-tier_tcm.lh5'))
  : [];
const pairs = maps
  .map((tcm) => ({
    tcm: join(root, tcm),
    raw: join(root, tcm.replace('/tcm/', '/raw/').replace('_tcm.', '_raw.')),
  }))
  .filter(({ raw }) => existsSync(raw));

describe.runIf(pairs.length === 0)('coincidence maps of production files', () => {
  it.skip(`there are none below ${root}`, () => undefined);
});

describe.each(pairs)('coincidence maps of production files: $tcm', ({ tcm, raw }) => {
  it('are the ones that the hardware trigger numbers of the raw tier give', async () => {
    const stored = await lh5Backend.openReader(tcm);
    const name = (await stored.tree()).children[0]!.path;
    const expected = readMap('test', name, await stored.readTable(name));
    await stored.close();

    const reader = await lh5Backend.openReader(raw);
    const parts: Table[] = [];
    const config = buildTcm.configSchema.parse({
      tables: ['ch*/raw'],
      columns: [{ name: 'eventnumber', window: 0 }],
    });
    await runTables(buildTcm, config, new Map([['hit', lh5TableReader(reader)]]), {
      append: (_, rows) => {
        if (rows.kind === 'table') parts.push(rows);
        return Promise.resolve();
      },
      write: () => Promise.resolve(),
    });
    await reader.close();
    expect(parts.map(({ rows }) => rows)).toEqual([0, expected.ends.length]);
    expect(readMap('test', name, parts[1]!)).toEqual(expected);
  });
});
