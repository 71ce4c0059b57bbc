import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { h5wasmBackend } from '@countroom/lh5';
import { buildTcm, readMap, runTableStageOnFiles } from '@countroom/stages';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { DetectorFixture, simulatedDetector } from './testing/detector-fixture.js';

let database: TestDatabase;
let fixture: DetectorFixture;

beforeEach(async () => {
  database = await createTestDatabase();
  fixture = new DetectorFixture(database.url);
});
afterEach(async () => {
  await fixture.close();
  await database.drop();
});

describe('coincidences while a run takes data', () => {
  it('are those that build_tcm finds in the packed run', async () => {
    const windowNs = 200_000;
    const consumer = {
      name: 'together',
      input: 'left',
      kind: 'coincidences',
      events: 'single',
      config: { windowNs, mapFile: 'map.txt' },
    };
    const { sources } = simulatedDetector();
    const detector = simulatedDetector({ sources: sources.slice(0, 1), consumers: [consumer] as never });
    await fixture.create(detector);
    await fixture.start();
    await fixture.done('start');
    await fixture.reportWhere('data', ({ counters }) => BigInt(counters.recorded) > 300n);
    await fixture.done('end');
    const run = await fixture.packedRun(1);

    const lines = readFileSync(
      join(fixture.storeFolder, 'analysis/demo', run.id, 'together/map.txt'),
      'utf8',
    );
    const live = lines.trim().split('\n');

    const raw = run.datasets.find(({ dataKind }) => dataKind === 'raw')!;
    const output = join(fixture.folder, 'tcm.lh5');
    await runTableStageOnFiles({
      stage: buildTcm,
      options: { from: 'raw', tables: ['ch*/raw'], columns: [{ name: 'devicetime', window: windowNs }] },
      inputs: { raw: join(fixture.storeFolder, raw.path) },
      output,
    });
    const reader = await h5wasmBackend.openReader(output);
    const { key, row, ends } = readMap('test', 'map', await reader.readTable('hardware_tcm_1'));
    await reader.close();
    const offline = Array.from(ends, (end, event) =>
      Array.from({ length: end - (ends[event - 1] ?? 0) }, (_, i) => {
        const hit = (ends[event - 1] ?? 0) + i;
        return `${key[hit]} ${row[hit]}`;
      }).join(' '),
    );
    expect(row.length).toBe(Number(run.recorded));
    expect(offline.some((line) => line.split(' ').length > 2)).toBe(true);
    expect(live).toEqual(offline);
  });
});
