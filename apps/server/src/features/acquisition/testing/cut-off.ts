import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { RunCounters } from '@countroom/contracts';
import { expect } from 'vitest';
import type { DetectorFixture } from './detector-fixture.js';

/** Sets the time of all files in the spool of the fixture's first run, and answers with it. */
export async function touchSpool(fixture: DetectorFixture): Promise<Date> {
  const run = (await fixture.run(1))!;
  // A whole second: file times are set as fractions, which would be rounded.
  const time = new Date(1000 * Math.ceil(run.startedAt!.getTime() / 1000) + 60_000);
  const folder = join(fixture.storeFolder, run.spoolPath!);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), time, time);
  return time;
}

/** A run that was cut off has the events of its file, source by source, and times that split without rest. */
export function expectCounted(
  run: { readonly counters: unknown; readonly sources: unknown; readonly recorded: bigint | null },
  events: readonly (readonly [source: string, events: number])[],
): void {
  const sources = run.sources as { name: string; driver: string; counters: RunCounters }[];
  expect(sources.map(({ name, counters }) => [name, Number(counters.recorded)])).toEqual(events);
  expect(run.recorded).toBe(BigInt(events.reduce((sum, [, count]) => sum + count, 0)));
  for (const { driver, counters } of sources) {
    const ns = (key: keyof RunCounters): bigint => BigInt(counters[key]!);
    expect(driver).not.toBe('');
    expect(ns('triggers')).toBe(ns('recorded') + ns('dropped'));
    expect(ns('durable')).toBe(ns('recorded'));
    expect(ns('runTimeNs')).toBeGreaterThan(0n);
    expect(ns('liveTimeNs')).toBeGreaterThan(0n);
    expect(ns('bytes')).toBeGreaterThan(0n);
    expect(ns('runTimeNs')).toBe(ns('liveTimeNs') + ns('deviceDeadNs') + ns('bufferDeadNs') + ns('pausedNs'));
    expect(ns('countedUntilNs')).toBeGreaterThan(0n);
  }
}
