import type { RecordBatch } from '@countroom/records';
import type { z } from 'zod';
import { cloneBatch, decodeBatch } from '../core/batch-codec.js';
import { systemClock } from '../core/clock.js';
import type { Driver, DriverCounters } from '../core/driver.js';
import type { DriverDefinition } from '../core/driver-definition.js';
import { infoLines } from '../core/info-table.js';
import { Ring } from '../core/ring/ring.js';
import { SourceRunner } from '../core/source-runner.js';
import { eventually } from './eventually.js';

/** All data of a run of a simulator that ends by itself, in this thread. INFO lines apart; `told` is the log of the source. */
export async function collectRun<C extends z.ZodType, D extends Driver>(
  definition: DriverDefinition<C, D>,
  config: unknown,
): Promise<{
  readonly batches: RecordBatch[];
  readonly lines: string[];
  readonly counters: DriverCounters;
  readonly told: string[];
}> {
  const told: string[] = [];
  const log = (_: string, message: string): void => void told.push(message);
  const context = { source: 'test', clock: systemClock, log };
  const driver = await definition.createSimulator(definition.configSchema.parse(config), context);
  const ring = Ring.create();
  const consumer = ring.attach('test', { kind: 'obligatory' });
  let ended = false;
  const runner = new SourceRunner(driver, context, definition.capabilities.pushes, {
    status: ({ endedBecause }) => {
      ended ||= endedBecause !== undefined;
    },
    fault: () => {
      ended = true;
    },
  });
  const { tables } = await runner.prepare({ runId: 'r', detector: 'test', facts: {} }, ring.buffer);
  const batches: RecordBatch[] = [];
  const lines: string[] = [];
  const drain = (): void => {
    for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
      const { batch } = decodeBatch(tables[record.schemaId]!, record.bytes);
      if (record.schemaId === 0) lines.push(...infoLines(batch).map(({ message }) => message));
      else batches.push(cloneBatch(batch));
    }
  };
  await runner.start();
  await eventually(
    'the run ends by itself',
    () => {
      drain();
      return ended;
    },
    30_000,
  );
  const { counters } = await runner.stop(10_000);
  drain();
  await driver.close();
  return { batches, lines, counters, told };
}
