import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../testing/eventually.js';
import { sampleSchema } from '../testing/sample-batches.js';
import { ScriptedDriver } from '../testing/scripted-driver.js';
import { decodeBatch } from './batch-codec.js';
import { systemClock } from './clock.js';
import type { ErrorFacts } from './errors.js';
import { infoLines, infoSchema } from './info-table.js';
import { Ring } from './ring/ring.js';
import type { RingConsumer } from './ring/ring-consumer.js';
import { lastAccountIn } from './source-account.js';
import type { SourceStatus } from './source-host.api.js';
import { SourceRunner } from './source-runner.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const run = { runId: 'r', detector: 'demo', facts: {} };

interface Bench {
  readonly driver: ScriptedDriver;
  readonly runner: SourceRunner;
  readonly ring: Ring;
  readonly consumer: RingConsumer;
  readonly statuses: SourceStatus[];
  readonly faults: ErrorFacts[];
}

async function prepared(options: { pushes?: boolean; slots?: number } = {}): Promise<Bench> {
  const driver = new ScriptedDriver();
  const statuses: SourceStatus[] = [];
  const faults: ErrorFacts[] = [];
  const context = { source: 'scripted', clock: systemClock, log: () => undefined };
  const runner = new SourceRunner(driver, context, options.pushes ?? false, {
    status: (status) => statuses.push(status),
    fault: (error) => faults.push(error),
  });
  const ring = Ring.create({ slots: options.slots ?? 16, bytes: 16_384 });
  const { tables } = await runner.prepare(run, ring.buffer);
  expect(tables).toEqual([infoSchema, sampleSchema]);
  return { driver, runner, ring, consumer: ring.attach('test', { kind: 'obligatory' }), statuses, faults };
}

/** Everything in the ring: INFO lines as texts, rows as numbers, in order. */
function contents(consumer: RingConsumer, into: (string | bigint)[] = []): (string | bigint)[] {
  for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
    const { batch } = decodeBatch(record.schemaId === 0 ? infoSchema : sampleSchema, record.bytes);
    if (record.schemaId === 0) into.push(...infoLines(batch).map(({ message }) => message));
    else into.push(...Array.from(batch.columns[0]!.data.slice(0, batch.rows) as BigInt64Array));
  }
  return into;
}

describe('SourceRunner', () => {
  it('frames a run by its first and last line, and drains what the device still holds', async () => {
    const { driver, runner, consumer } = await prepared();
    driver.onAcquire = (sink) => {
      if (driver.rows < 10) driver.write(sink);
      return { kind: 'idle', waitMs: 1 };
    };
    driver.leftOver = 5;
    await runner.start();
    await eventually('ten rows', () => driver.rows >= 10);
    const report = await runner.stop(5000);
    expect(report.drained).toBe(true);
    const all = contents(consumer);
    expect(all).toEqual(['Beginning run', ...Array.from({ length: 15 }, (_, i) => BigInt(i)), 'Ending run']);
    expect(consumer.ended).toBe(true);
    expect(driver.calls).toEqual(['prepare', 'arm', 'disarm stopping']);
    expect(runner.state).toBe('idle');
  });

  it('keeps its counters in order with the data: every row before an account is counted, none behind it', async () => {
    const { driver, runner, consumer } = await prepared();
    driver.onAcquire = (sink) => {
      if (!sink.blocked) driver.write(sink);
      return { kind: 'idle', waitMs: 1 };
    };
    const seen: { readonly rows: bigint; readonly recorded: bigint }[] = [];
    let [rows, counted] = [0n, 0n];
    const look = (): void => {
      for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
        counted += BigInt(record.rows);
        const { batch } = decodeBatch(record.schemaId === 0 ? infoSchema : sampleSchema, record.bytes);
        const account = record.schemaId === 0 ? lastAccountIn(batch) : undefined;
        if (account !== undefined) seen.push({ rows, recorded: account.recorded });
        if (record.schemaId !== 0) rows += BigInt(batch.rows);
      }
    };
    await runner.start();
    await eventually('accounts while data comes', () => {
      look();
      return seen.filter(({ recorded }) => recorded > 0n).length > 1;
    });
    const { counters } = await runner.stop(5000);
    look();
    expect(seen.map((one) => one.recorded)).toEqual(seen.map((one) => one.rows));
    expect(seen.at(-1)?.recorded).toBe(counters.recorded);
    // The ring counts the rows of the run and its two lines of text.
    expect(counted).toBe(counters.recorded + 2n);
  });

  it('does not re-arm while the ring is full, loses nothing, and goes on by itself', async () => {
    const { driver, runner, consumer, statuses } = await prepared();
    const got: (string | bigint)[] = [];
    await runner.start();
    await eventually('the ring is full', () => statuses.some(({ bufferFull }) => bufferFull));
    await eventually('the device was disarmed', () => driver.calls.includes('disarm buffer'));
    const held = driver.rows;
    await eventually('room again lets it go on', () => {
      contents(consumer, got);
      return driver.rows > held + 1000;
    });
    expect(driver.calls.filter((call) => call === 'arm').length).toBeGreaterThan(1);
    const stopped = runner.stop(5000);
    const deadline = eventually('drained', () => {
      contents(consumer, got);
      return consumer.ended;
    });
    expect((await stopped).drained).toBe(true);
    await deadline;
    expect(got.filter((item) => typeof item === 'bigint')).toEqual(
      Array.from({ length: driver.rows }, (_, i) => BigInt(i)),
    );
  });

  it('goes on asking devices that push, which count their drops', async () => {
    const { driver, runner, statuses } = await prepared({ pushes: true });
    let asked = 0;
    driver.onAcquire = (sink) => {
      if (sink.blocked) asked += 1;
      else driver.write(sink);
      return { kind: 'more' };
    };
    await runner.start();
    await eventually('asked with a full ring', () => asked > 3);
    expect(statuses.some(({ bufferFull }) => bufferFull)).toBe(true);
    expect(driver.calls).not.toContain('disarm buffer');
    expect((await runner.stop(50)).drained).toBe(false);
  });

  it('stops at the deadline when nobody takes the data, and says so', async () => {
    const { runner, statuses, ring } = await prepared();
    await runner.start();
    await eventually('the ring is full', () => statuses.some(({ bufferFull }) => bufferFull));
    expect(await runner.stop(100)).toMatchObject({ drained: false });
    expect(ring.closed).toBe(true);
  });

  it('pauses and resumes with a line each', async () => {
    const { driver, runner, consumer } = await prepared();
    driver.onAcquire = () => ({ kind: 'idle', waitMs: 1 });
    await runner.start();
    await runner.pause();
    expect(runner.state).toBe('paused');
    await runner.resume();
    await eventually('armed again', () => driver.calls.filter((call) => call === 'arm').length === 2);
    await runner.stop(1000);
    expect(contents(consumer)).toEqual(['Beginning run', 'Pausing run', 'Resuming run', 'Ending run']);
  });

  it('reports a device that ends by itself and waits for the stop', async () => {
    const { driver, runner, statuses } = await prepared();
    driver.onAcquire = () => ({ kind: 'ended', reason: 'end of file' });
    await runner.start();
    await eventually('the end is told', () => statuses.at(-1)?.endedBecause === 'end of file');
    expect(runner.state).toBe('taking');
    expect((await runner.stop(1000)).drained).toBe(true);
  });

  it('turns an exception into a fault, keeps the data before it, and can be stopped and used again', async () => {
    const { driver, runner, consumer, faults } = await prepared();
    driver.onAcquire = (sink) => {
      if (driver.rows === 3) throw new Error('cable pulled');
      driver.write(sink);
      return { kind: 'more' };
    };
    await runner.start();
    await eventually('the fault is told', () => faults.length === 1);
    expect(runner.state).toBe('fault');
    expect(faults[0]).toMatchObject({ code: 'device', message: 'cable pulled' });
    expect((await runner.stop(1000)).drained).toBe(false);
    expect(contents(consumer)).toEqual(['Beginning run', 0n, 1n, 2n, 'Fault: cable pulled', 'Ending run']);
    await runner.prepare(run, Ring.create({ slots: 16, bytes: 16_384 }).buffer);
    expect(runner.state).toBe('prepared');
  });

  it('decides every call in every state', async () => {
    const { driver, runner } = await prepared();
    driver.onAcquire = () => ({ kind: 'idle', waitMs: 1 });
    await expect(runner.pause()).rejects.toThrow(/is prepared; pause needs taking/);
    await expect(runner.resume()).rejects.toThrow(/resume needs paused/);
    await runner.start();
    await expect(runner.start()).rejects.toThrow(/is taking; start needs prepared/);
    await expect(runner.prepare(run, Ring.create().buffer)).rejects.toThrow(/prepare needs idle or prepared/);
    await runner.stop(1000);
    await expect(runner.stop(1000)).rejects.toThrow(/is idle; stop needs/);
  });

  it('closes a run that was prepared and never started', async () => {
    const { runner, consumer } = await prepared();
    expect(await runner.stop(1000)).toMatchObject({ drained: true, batches: 1n });
    expect(contents(consumer)).toEqual(['Ending run']);
  });
});

it('a source tells what its driver waits for', async () => {
  const { driver, runner } = await prepared();
  expect(runner.status()).not.toHaveProperty('waitsBecause');
  driver.waitsFor = 'the unit is gone';
  expect(runner.status()).toMatchObject({ waitsBecause: 'the unit is gone' });
});
