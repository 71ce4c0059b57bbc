import { join } from 'node:path';
import { packInThread } from '../../core/packer/packer-host.js';
import { Ring } from '../../core/ring/ring.js';
import { startSpool } from '../../core/spool/spool-host.js';
import { ScopeWriter, scopeSource, type TestScope } from '../scope-batches.js';

/** What raw records cost on disk. */
export interface RawStorage {
  /** Samples of all channels. */
  readonly samples: number;
  readonly spoolMBps: number;
  readonly spoolBytesPerSample: number;
  readonly packMBps: number;
  readonly packedBytesPerSample: number;
}

/** Writes events as fast as they are stored, durable at the end, and packs them into a raw file. */
export async function rawStorage(scope: TestScope, events: number, folder: string): Promise<RawStorage> {
  const ring = Ring.create({ slots: 1024, bytes: 64 << 20 });
  const { tables, device } = scopeSource(scope);
  const run = { runId: 'bench', detector: 'bench', facts: {} };
  const facts = { source: 'scope', schemas: tables, run, device };
  const spool = await startSpool(ring, facts, { folder, name: `s${scope.samples}`, minFreeBytes: 0 });
  const writer = new ScopeWriter(scope, ring.producer());
  const record = Int16Array.from({ length: scope.samples }, (_, i) => 256 * (((i * 37) % 11) - 5));
  const records = Array.from({ length: scope.channels }, () => record);
  const begin = performance.now();
  for (let event = 0; event < events; event++) await writer.put(records);
  await writer.close();
  await spool.finish(600_000);
  const tookS = (performance.now() - begin) / 1000;
  const samples = events * scope.channels * scope.samples;
  const spooled = Number(spool.counters.durableBytes);
  const packBegin = performance.now();
  const { closedSegments: segments } = spool.counters;
  const packed = await packInThread({ segments, target: join(folder, `s${scope.samples}.lh5`) });
  const packS = (performance.now() - packBegin) / 1000;
  return {
    samples,
    spoolMBps: spooled / 1e6 / tookS,
    spoolBytesPerSample: spooled / samples,
    packMBps: packed.bytes / 1e6 / packS,
    packedBytesPerSample: packed.bytes / samples,
  };
}
