import { startSource } from '../core/source-host.js';
import { startSpool } from '../core/spool/spool-host.js';

/*
 * A program for tests: takes simulated data into the folder given as argument for ever, and tells its parent
 * which rows it counts as written.
 */
const folder = process.argv[2] ?? '.';
const run = { runId: 'taker', detector: 'test', facts: {} };
const config = { pacing: 'fast', recordSamples: 256, preTriggerSamples: 128 };
const source = await startSource({ source: 'hpge', kind: 'simulated-digitizer', config, simulate: true });
const { tables, device } = await source.prepare(run);
const facts = { source: 'hpge', schemas: tables, run, device };
const options = { folder, name: 'hpge', segmentBytes: 4 * 1024 * 1024, minFreeBytes: 0 };
const spool = await startSpool(source.ring, facts, options);
await source.start();
setInterval(() => process.send?.({ writtenRows: String(spool.counters.writtenRows) }), 5);
