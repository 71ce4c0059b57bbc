import { createHash, type Hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from '@countroom/records';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeBatch } from '../core/batch-codec.js';
import { describeDefinition, parseConfig } from '../core/configuration.js';
import type { DriverDefinition } from '../core/driver-definition.js';
import type { DriverError } from '../core/errors.js';
import { beginningRun, endingRun, infoLines, infoSchema } from '../core/info-table.js';
import { packInThread } from '../core/packer/packer-host.js';
import type { SignalReading } from '../core/signal.js';
import type { PreparedSource, SourceEvents, SourceHandle, StopReport } from '../core/source-host.api.js';
import { startSource } from '../core/source-host.js';
import { SegmentReader } from '../core/spool/segment-reader.js';
import { startSpool } from '../core/spool/spool-host.js';
import { collectRun } from '../testing/collect-run.js';
import { driverTrials } from '../testing/driver-trials.js';
import { eventually } from '../testing/eventually.js';
import { deviceModules } from './device-modules.js';
import { registry } from './device-registry.js';
import { picoLogSimulationBuilt } from './pico-log/sdk/logger-library.js';
import { picoScopeSimulationBuilt } from './pico-scope/simulation/simulated-access.js';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const run = {
  runId: 'b7c7c0c8-0000-4000-8000-000000000001',
  runNumber: 1,
  detector: 'demo',
  facts: { mode: 'test' },
};
const opened: SourceHandle[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((source) => source.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function open(kind: string, config: object, events: SourceEvents = {}): Promise<SourceHandle> {
  const source = await startSource({ source: 'trial', kind, config, simulate: true, events });
  opened.push(source);
  return source;
}

interface Taken {
  readonly lines: string[];
  readonly batches: RecordBatch[];
  readonly sequences: bigint[];
}

/** Takes all of a run on the side; answers with everything when the run has been stopped. */
function takeAll(source: SourceHandle, prepared: PreparedSource): () => Promise<Taken> {
  const consumer = source.ring.attach('test', { kind: 'obligatory' });
  const taken: Taken = { lines: [], batches: [], sequences: [] };
  const finished = (async () => {
    while (!consumer.ended) {
      for (let record = consumer.take(); record !== undefined; record = consumer.take()) {
        const bytes = Uint8Array.from(record.bytes);
        const { batch, sequence } = decodeBatch(prepared.tables[record.schemaId]!, bytes);
        taken.sequences.push(sequence);
        if (record.schemaId === 0) taken.lines.push(...infoLines(batch).map(({ message }) => message));
        else taken.batches.push(batch);
      }
      await consumer.wait(20);
    }
    return taken;
  })();
  return () => finished;
}

function rowsOf(batches: readonly RecordBatch[]): bigint {
  return batches.reduce((sum, { rows }) => sum + BigInt(rows), 0n);
}

function expectAccounted({ counters }: StopReport, batches: readonly RecordBatch[]): void {
  const { triggers, recorded, dropped, time, tables } = counters;
  expect(recorded).toBe(rowsOf(batches));
  expect(triggers).toBe(recorded + dropped);
  const sum = (key: 'triggers' | 'recorded' | 'dropped'): bigint =>
    tables.reduce((all, table) => all + table[key], 0n);
  expect([sum('triggers'), sum('recorded'), sum('dropped')]).toEqual([triggers, recorded, dropped]);
  for (const { table, recorded: rows } of tables) {
    expect(rowsOf(batches.filter(({ schema }) => schema.name === table))).toBe(rows);
  }
  const dead = Object.values(time.deadNs).reduce((all, ns) => all + ns, 0n);
  expect(time.runNs).toBe(time.liveNs + time.pausedNs + dead);
}

it('every driver kind has a trial here', () => {
  expect(Object.keys(driverTrials).sort()).toEqual([...registry.kinds].sort());
});

it('every driver kind can be loaded alone', async () => {
  expect(Object.keys(deviceModules)).toEqual([...registry.kinds]);
  for (const [kind, load] of Object.entries(deviceModules)) expect(await load()).toBe(registry.get(kind));
});

it('a thread refuses a kind that there is not, and a configuration, and says where', async () => {
  await expect(open('no-such-kind', {})).rejects.toMatchObject({ code: 'unknown-kind' });
  const { bad } = driverTrials['simulated-digitizer']!;
  await expect(open('simulated-digitizer', bad.config)).rejects.toMatchObject({
    code: 'bad-configuration',
    place: bad.place,
  });
});

/** Simulated scopes and loggers need libraries that the set-up builds where there is a C compiler. */
const built = picoScopeSimulationBuilt() && picoLogSimulationBuilt();
const native = ['picoscope', 'picolog'];
const tried = registry.definitions.filter(({ kind }) => built || !native.includes(kind));
it.skipIf(built)('skips simulated scopes and loggers: a library was not built (no C compiler)', (context) => {
  context.skip();
});

describe.each(tried.map((definition) => [definition.kind, definition] as const))(
  'driver %s',
  (kind: string, definition: DriverDefinition) => {
    const trial = driverTrials[kind]!;

    it('is described as plain data, with labels on every setting and a title on every signal and command', () => {
      const described = JSON.parse(JSON.stringify(describeDefinition(definition))) as {
        config: { properties: Record<string, { title?: string }> };
      };
      for (const [key, property] of Object.entries(described.config.properties)) {
        expect(property.title, `title of ${key}`).toBeTruthy();
      }
      const signals = definition.signals(parseConfig(definition, trial.lively));
      expect(new Set(signals.map(({ name }) => name)).size).toBe(signals.length);
      for (const { title, periodMs } of signals) {
        expect(title).toBeTruthy();
        expect(periodMs).toBeGreaterThanOrEqual(50);
      }
      expect(Object.keys(definition.commands).length).toBeGreaterThan(0);
    });

    it('takes a run: first line, batches without gaps that honour the schema, last line, drained, counters add up', async () => {
      const source = await open(kind, trial.lively);
      const prepared = await source.prepare(run);
      expect(prepared.tables[0]).toEqual(infoSchema);
      for (const { table } of prepared.channels)
        expect(prepared.tables.map(({ name }) => name)).toContain(table);
      const finish = takeAll(source, prepared);
      await source.start();
      await eventually('records come', () => source.ring.recorded().rows > 100n);
      const report = await source.stop();
      const { lines, batches, sequences } = await finish();
      expect(report.drained).toBe(true);
      expect(lines[0]).toBe(beginningRun);
      expect(lines.at(-1)).toBe(endingRun);
      expect(sequences).toEqual(sequences.map((_, index) => BigInt(index)));
      expect(report.batches).toBe(BigInt(sequences.length));
      for (const batch of batches) expect(prepared.tables).toContainEqual(batch.schema);
      expectAccounted(report, batches);
      expect(source.status.state).toBe('idle');
    });

    it('pauses without data, resumes, and takes a second run from zero', async () => {
      const source = await open(kind, trial.lively);
      for (let i = 0; i < 2; i++) {
        const prepared = await source.prepare(run);
        const finish = takeAll(source, prepared);
        await source.start();
        await eventually('records come', () => source.ring.recorded().rows > 20n);
        await source.pause();
        await eventually('what was taken before arrives', () => source.status.state === 'paused');
        const { recorded } = source.status.counters;
        await expect(source.pause()).rejects.toMatchObject({ code: 'wrong-state' });
        await source.readSignals();
        expect(source.status.counters.recorded).toBe(recorded);
        await source.resume();
        await eventually('records come again', () => source.status.counters.recorded > recorded);
        const report = await source.stop();
        const { lines, batches } = await finish();
        expect(lines).toEqual([beginningRun, 'Pausing run', 'Resuming run', endingRun]);
        expectAccounted(report, batches);
        expect(report.counters.time.pausedNs).toBeGreaterThan(0n);
      }
    });

    it('gives the same records for the same seed, and others for another', async () => {
      const values = async (config: object): Promise<Record<string, string>> => {
        const { batches } = await collectRun(definition, config);
        const hashes = new Map<string, Hash>();
        for (const { schema, columns } of batches) {
          const index = schema.columns.findIndex(({ name }) => name === 'waveform/values');
          const data = columns[index]?.data;
          if (data === undefined) continue;
          const hash = hashes.get(schema.name) ?? createHash('sha256');
          hashes.set(schema.name, hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
        }
        return Object.fromEntries([...hashes].map(([table, hash]) => [table, hash.digest('hex')]));
      };
      const first = await values(trial.repeatable);
      expect(Object.keys(first).length).toBeGreaterThan(1);
      expect(await values(trial.repeatable)).toEqual(first);
      expect(await values(trial.other)).not.toEqual(first);
    });

    it('refuses a bad configuration and says where', () => {
      const refused = (config: object): unknown => {
        try {
          return parseConfig(definition, config);
        } catch (thrown) {
          return thrown;
        }
      };
      expect(refused(trial.bad.config)).toMatchObject({
        code: 'bad-configuration',
        place: trial.bad.place,
      });
      expect(String(refused({ surprise: 1 }))).toMatch(/surprise/);
    });

    it('has signals that can be read, arrive by themselves, settings that can be written; its thread ends when closed', async () => {
      const arrived: SignalReading[] = [];
      const source = await open(kind, trial.lively, { signals: (readings) => arrived.push(...readings) });
      await source.prepare(run);
      const readings = await source.readSignals();
      expect(readings.map(({ name }) => name)).toEqual(source.signals.map(({ name }) => name));
      for (const { name, value, severity } of readings)
        expect(severity, `${name} = ${String(value)}`).not.toBe('invalid');
      await eventually('readings arrive', () => arrived.length >= source.signals.length);
      await expect(source.writeSignal('no/such', 1)).rejects.toMatchObject({ code: 'unknown-signal' });
      await expect(source.writeSignal('rate', 1)).rejects.toThrow(/can only be read/);
      if (trial.setting !== undefined) {
        const { name, value, bad } = trial.setting;
        expect(await source.writeSignal(name, value)).toMatchObject({ name, value, severity: 'ok' });
        await expect(source.writeSignal(name, bad)).rejects.toMatchObject({
          code: 'bad-parameters',
          place: name,
        });
      }
      await source.close();
      const failure = await source.prepare(run).catch((thrown: unknown) => thrown as DriverError);
      expect(failure).toMatchObject({ code: 'thread-ended' });
    });

    it('runs commands during a run, refuses bad parameters and states, and cancels', async () => {
      const { command, cancellable } = trial;
      const source = await open(kind, trial.lively);
      await expect(source.runCommand(command.name, command.parameters)).rejects.toMatchObject({
        code: 'wrong-state',
      });
      const finish = takeAll(source, await source.prepare(run));
      await source.start();
      const result = await source.runCommand(command.name, command.parameters);
      expect(result).toMatchObject(command.parameters);
      await expect(source.runCommand(command.name, command.bad)).rejects.toMatchObject({
        code: 'bad-parameters',
      });
      await expect(source.runCommand('no-such', {})).rejects.toMatchObject({ code: 'unknown-command' });
      const abort = new AbortController();
      const before = source.ring.recorded().rows;
      const cancelled = source.runCommand(cancellable.name, cancellable.parameters, {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
      await eventually('data taking goes on', () => source.ring.recorded().rows > before);
      await source.stop();
      await finish();
    });

    it('goes the whole way: ring, spool, packed file, with the same number of rows everywhere', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
      folders.push(folder);
      let ended = false;
      const source = await open(kind, trial.repeatable, {
        status: (status) => (ended ||= status.endedBecause !== undefined),
      });
      const prepared = await source.prepare(run);
      const { rowsPerEvent = 1, device } = prepared;
      const facts = { source: 'trial', schemas: prepared.tables, run, rowsPerEvent, device };
      const spool = await startSpool(source.ring, facts, { folder, name: 'trial', minFreeBytes: 0 });
      await source.start();
      await eventually('the run ends by itself', () => ended);
      const report = await source.stop();
      const counters = await spool.finish();
      const { rows } = source.ring.recorded();
      expect(counters).toMatchObject({ recordedRows: rows, writtenRows: rows, durableRows: rows });
      expect(new SegmentReader(counters.closedSegments[0]!).header).toMatchObject({ run, source: 'trial' });
      const packed = await packInThread({
        segments: counters.closedSegments,
        target: join(folder, 'raw.lh5'),
      });
      const { 'run/info': lines, ...tables } = packed.rows;
      expect(lines).toBeGreaterThanOrEqual(2);
      expect(BigInt(Object.values(tables).reduce((sum, count) => sum + count, 0))).toBe(
        report.counters.recorded,
      );
      expect(BigInt(packed.events * rowsPerEvent)).toBe(report.counters.recorded);
    });
  },
);
