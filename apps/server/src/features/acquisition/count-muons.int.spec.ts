import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AnalysisSummary, detectorConfiguration } from '@countroom/contracts';
import { picoScopeSimulationBuilt } from '@countroom/drivers';
import { findPulses, pulseStatistics, pulseStatisticsOfFile, runTableStageOnFiles } from '@countroom/stages';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { DetectorFixture } from './testing/detector-fixture.js';

const tutorial = readFileSync(
  fileURLToPath(new URL('../../../../../docs/tutorials/count-muons.md', import.meta.url)),
  'utf8',
);

/** A JSON block of the tutorial by the mark in front of it. */
function block(name: string): object {
  const [, text] =
    new RegExp(`<!-- test: ${name} -->\\n\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(tutorial) ?? [];
  return JSON.parse(text ?? '') as object;
}

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

describe.skipIf(!picoScopeSimulationBuilt())('the tutorial on muons (needs a C compiler at set-up)', () => {
  it('leads from a simulated scope to the lifetime of the muon', async () => {
    await fixture.create(
      detectorConfiguration.parse({ ...block('detector'), spool: { minimumFreeBytes: 0 } }),
    );
    await fixture.start();
    await fixture.done('start', { run: { limits: { events: 4000 } } });
    const run = await fixture.packedRun(1);
    expect(run.outcome).toBe('completed');

    const folder = join(fixture.storeFolder, 'analysis/demo', run.id, 'muons');
    const online = readFileSync(join(folder, 'dPFilt.csv'), 'utf8').split('\n');
    const doubles = online.filter((line) => line !== '' && !line.startsWith('#')).length;
    expect(doubles).toBeGreaterThan(200);
    expect(readdirSync(folder)).toContain('pFilt.csv');

    const raw = join(fixture.storeFolder, run.datasets[0]!.path);
    const output = join(fixture.folder, 'pulses.lh5');
    await runTableStageOnFiles({ stage: findPulses, options: block('pulses'), inputs: { raw }, output });
    expect(existsSync(output)).toBe(true);
    const { report } = await pulseStatisticsOfFile(output, 'pulses', {
      window: { min: 1, max: 15 },
      interval: 1,
    });
    expect(report.doublePulses).toBe(doubles);
    const [low, high] = report.lifetime!.tauInterval;
    expect(2.197).toBeGreaterThan(low - 2 * (high - low));
    expect(2.197).toBeLessThan(high + 2 * (high - low));
    expect(high - low).toBeLessThan(0.7);

    // In the browser nobody gives volts or names: the run says them.
    const { algorithm } = block('pulses') as { algorithm: object };
    const pulses = join(fixture.folder, 'pulses-of-the-run.lh5');
    const found = await runTableStageOnFiles({
      stage: findPulses,
      options: { algorithm },
      inputs: { raw },
      output: pulses,
    });
    expect(found.report).toMatchObject({ double: doubles });
    const statistics = await runTableStageOnFiles({
      stage: pulseStatistics,
      options: { fromUs: 1 },
      inputs: { pulses },
      output: join(fixture.folder, 'statistics.lh5'),
    });
    const { tables } = statistics.report as unknown as AnalysisSummary;
    const lifetime = tables[0]!.numbers.find(({ name }) => name === 'tau');
    expect(tables[0]!.channel).toBe('A + B');
    expect(lifetime!.value).toBeCloseTo(report.lifetime!.tau, 3);
  }, 180_000);
});
