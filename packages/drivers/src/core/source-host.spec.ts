import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.js';
import type { DriverError } from './errors.js';
import type { SourceHandle } from './source-host.api.js';
import { startSource } from './source-host.js';
import { workerEntry } from './worker-entry.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const registryModule = workerEntry('../testing/difficult-device.js', import.meta.url);
const run = { runId: 'r', detector: 'demo', facts: {} };
const opened: SourceHandle[] = [];

afterEach(async () => {
  await Promise.allSettled(opened.splice(0).map((source) => source.close(200)));
});

async function open(
  trouble: string,
): Promise<{ source: SourceHandle; faults: DriverError[]; logs: string[] }> {
  const faults: DriverError[] = [];
  const logs: string[] = [];
  const source = await startSource({
    source: 'difficult',
    kind: 'difficult',
    config: { trouble },
    simulate: false,
    registryModule,
    events: {
      fault: (error) => faults.push(error),
      log: (level, message) => logs.push(`${level} ${message}`),
    },
  });
  opened.push(source);
  return { source, faults, logs };
}

describe('startSource', () => {
  it('rejects when the device cannot be reached', async () => {
    await expect(open('connect')).rejects.toMatchObject({
      code: 'device',
      message: 'nobody answers at 10.0.0.7',
    });
  });

  it('passes on a device that throws, and lets the run be closed', async () => {
    const { source, faults } = await open('acquire');
    await source.prepare(run);
    await source.start();
    await eventually('the fault is told', () => faults.length === 1);
    expect(faults[0]).toMatchObject({ code: 'device', message: 'link lost' });
    expect(source.status.state).toBe('fault');
    expect(await source.stop(500)).toMatchObject({ drained: false });
  });

  it('hears what a driver logs while it is made', async () => {
    const { source, logs } = await open('talk');
    expect(logs).toEqual(['info hello from difficult']);
    expect(source.status.state).toBe('idle');
  });

  it('ends a run that goes on when it is closed', async () => {
    const { source } = await open('talk');
    await source.prepare(run);
    await source.start();
    await source.close();
    expect(source.ring.closed).toBe(true);
  });

  it('tells when the thread dies, and rejects what waits for it', async () => {
    const { source, faults } = await open('die');
    await source.prepare(run);
    const started = source.start().catch((thrown: unknown) => thrown);
    await eventually('the end of the thread is told', () => faults.length === 1);
    expect(faults[0]).toMatchObject({ code: 'thread-ended', mustExit: false });
    await started;
    await expect(source.stop()).rejects.toMatchObject({ code: 'thread-ended' });
  });

  it('asks for the end of the process when a thread cannot be stopped', async () => {
    const { source } = await open('hang');
    await expect(source.close(100)).rejects.toMatchObject({ code: 'deadline', mustExit: true });
  });
});
