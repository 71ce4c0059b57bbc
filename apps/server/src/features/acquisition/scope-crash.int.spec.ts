import { join } from 'node:path';
import { detectorConfiguration, type RunCounters } from '@countroom/contracts';
import { picoScopeSimulationBuilt } from '@countroom/drivers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/test-database.js';
import { expectCounted } from './testing/cut-off.js';
import { DetectorFixture } from './testing/detector-fixture.js';
import { rowsOf, timeInRows } from './testing/raw-file.js';

const crashing = detectorConfiguration.parse({
  sources: [
    {
      name: 'scope',
      driver: 'picoscope',
      simulated: true,
      config: {
        channels: [{ name: 'A', rangeV: 0.2, coupling: 'DC' }],
        trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling' },
        simulation: { rateHz: 500, fault: 'crash', faultAfter: 300 },
      },
    },
  ],
  ring: { slots: 64, slotBytes: 65_536 },
  spool: { minimumFreeBytes: 0 },
});

describe.skipIf(!picoScopeSimulationBuilt())(
  'a crash in the library of a scope (needs a C compiler at set-up)',
  () => {
    let database: TestDatabase;
    let fixture: DetectorFixture;

    beforeEach(async () => {
      database = await createTestDatabase();
      fixture = new DetectorFixture(database.url);
      await fixture.create(crashing);
    });
    afterEach(async () => {
      await fixture.close();
      await database.drop();
    });

    it('takes the acquisition process alone; its successor keeps what was durable', async () => {
      const first = await fixture.start();
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        first.once('exit', (_, signal) => resolve(signal)),
      );
      await fixture.done('start');
      expect(await ended).toBe('SIGABRT');
      await fixture.prisma.detectorActual.deleteMany();
      await fixture.start();
      const run = await fixture.packedRun(1);
      expect(run).toMatchObject({
        outcome: 'interrupted',
        reason: expect.stringMatching(/without closing/) as string,
      });
      expect(run.recorded).toBeGreaterThan(50n);
      const rows = await rowsOf(join(fixture.storeFolder, run.datasets[0]!.path));
      expectCounted(run, [['scope', rows['ch0000000/raw']!]]);
      // Times go on to the last record on the disk, beyond the last account of the driver.
      const { runTimeNs } = run.counters as RunCounters;
      expect(BigInt(runTimeNs)).toBeGreaterThanOrEqual(
        await timeInRows(fixture.storeFolder, run.datasets[0]!.path),
      );
    });
  },
);
