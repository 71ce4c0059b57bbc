import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectorConfiguration } from '@countroom/contracts';
import {
  DriverError,
  emptyTimeAccount,
  type SourceHandle,
  type SourceOptions,
  type SourceState,
  type SourceStatus,
  type SpoolEvents,
  type SpoolHandle,
  type startSpool,
} from '@countroom/drivers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DetectorMachine, type NewRun, type RunEnd } from './detector-machine.js';
import type { StoredConfiguration } from './machine-environment.js';
import { readJournal } from './run-journal.js';

const zero = { triggers: 0n, recorded: 0n, dropped: 0n, time: emptyTimeAccount, tables: [] };

/** A source that does what a test tells it to, and notes what was asked of it. */
class PlayedSource {
  status: SourceStatus;
  readonly failing = new Set<string>();
  drained = true;

  rowsPerEvent = 1;

  constructor(
    readonly options: SourceOptions,
    private readonly notes: string[],
  ) {
    this.status = {
      source: options.source,
      state: 'idle',
      counters: zero,
      bufferFull: false,
      bufferFill: 0,
      timeNs: 0n,
    };
  }

  tell(changes: Partial<SourceStatus>): void {
    this.status = { ...this.status, ...changes };
    this.options.events?.status?.(this.status);
  }

  step(name: string, state: SourceState): Promise<void> {
    this.notes.push(`${this.options.source} ${name}`);
    if (this.failing.has(name)) return Promise.reject(new Error(`${name} of ${this.options.source} failed`));
    this.tell({ state });
    return Promise.resolve();
  }

  get handle(): SourceHandle {
    const counters = { ...zero, triggers: 12n, recorded: 10n, dropped: 2n };
    const source = {
      source: this.options.source,
      kind: this.options.kind,
      signals: [],
      ring: {},
      prepare: async () => {
        await this.step('prepare', 'prepared');
        return { tables: [], device: {}, rowsPerEvent: this.rowsPerEvent };
      },
      start: async () => this.step('start', 'taking'),
      pause: async () => this.step('pause', 'paused'),
      resume: async () => this.step('resume', 'taking'),
      stop: async () => {
        await this.step('stop', 'idle');
        return { drained: this.drained, batches: 1n, counters };
      },
      close: () => Promise.resolve(),
    };
    return Object.defineProperty(source, 'status', { get: () => this.status }) as unknown as SourceHandle;
  }
}

let folder: string;
let notes: string[];
let sources: Map<string, PlayedSource>;
let spools: Map<string, SpoolEvents>;
let ends: RunEnd[];
let machine: DetectorMachine;
let nowNs: bigint;

const configuration: StoredConfiguration = {
  versionId: 'v',
  name: 'physics',
  version: 1,
  hash: 'h',
  content: detectorConfiguration.parse({
    sources: ['a', 'b'].map((name) => ({ name, driver: 'played', config: {} })),
  }),
};
const newRun: NewRun = {
  id: '0191d6c0-0000-7000-8000-000000000001',
  number: 3,
  mode: 'physics',
  limits: {},
  facts: {},
  folder: 'spool/demo/3',
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cr-machine-'));
  notes = [];
  sources = new Map();
  spools = new Map();
  ends = [];
  nowNs = 0n;
  const spool: typeof startSpool = (_ring, facts, _options, events) => {
    notes.push(`${facts.source} spool`);
    if (events !== undefined) spools.set(facts.source, events);
    const counters = { recordedRows: 12n, writtenRows: 12n, durableRows: 12n, writtenBytes: 100n };
    const handle = {
      counters,
      finish: () => {
        notes.push(`${facts.source} finish`);
        return Promise.resolve(counters);
      },
    };
    return Promise.resolve(handle as unknown as SpoolHandle);
  };
  machine = new DetectorMachine({
    detector: 'demo',
    spoolRoot: folder,
    minimumFreeBytes: 0,
    environment: {
      startSource: (options) => {
        const played = new PlayedSource(options, notes);
        sources.set(options.source, played);
        return Promise.resolve(played.handle);
      },
      startSpool: spool,
      monotonicMs: () => Number(nowNs / 1_000_000n),
      monotonicNs: () => nowNs,
      epochNs: () => 1_700_000_000_000_000_000n + nowNs,
    },
    events: {
      changed: () => undefined,
      mustEnd: (end) => void ends.push(end),
      mustExit: () => undefined,
      log: () => undefined,
    },
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function taking(): Promise<void> {
  await machine.prepare(configuration, newRun.id, {});
  await machine.begin(newRun);
}

describe('DetectorMachine', () => {
  it('lets every spool listen before any source starts, and finishes spools after their source is drained', async () => {
    await taking();
    expect(machine.position).toEqual({ state: 'RUN', phase: 'taking' });
    const firstStart = notes.findIndex((note) => note.endsWith('start'));
    expect(notes.indexOf('a spool')).toBeLessThan(firstStart);
    expect(notes.indexOf('b spool')).toBeLessThan(firstStart);
    const closed = await machine.end({ outcome: 'completed', reason: 'enough' });
    for (const name of ['a', 'b'])
      expect(notes.indexOf(`${name} stop`)).toBeLessThan(notes.indexOf(`${name} finish`));
    expect(closed).toMatchObject({
      outcome: 'completed',
      totals: { recorded: 20n, written: 20n, durable: 20n, dropped: 4n },
    });
    expect(readJournal(join(folder, newRun.folder))?.closed).toMatchObject({
      outcome: 'completed',
      counters: { durable: '20' },
    });
    expect(machine.position).toEqual({ state: 'STOP', phase: 'idle' });
  });

  it('is not READY while one source is not, and releases those that were', async () => {
    await machine.openIdle(configuration);
    sources.get('b')!.failing.add('prepare');
    await expect(machine.prepare(configuration, newRun.id, {})).rejects.toThrow('prepare of b failed');
    expect(machine.position).toEqual({ state: 'STOP', phase: 'idle' });
    expect(sources.get('a')!.status.state).toBe('idle');
    expect(existsSync(join(folder, 'spool'))).toBe(false);
  });

  it('takes back a begin that one source refuses', async () => {
    await machine.prepare(configuration, newRun.id, {});
    sources.get('b')!.failing.add('start');
    await expect(machine.begin(newRun)).rejects.toThrow('start of b failed');
    expect(machine.position).toEqual({ state: 'STOP', phase: 'idle' });
    expect(machine.run).toBeUndefined();
    expect(notes).toContain('a finish');
  });

  it('asks once for the end when a source fails, a disk fills or a limit is met', async () => {
    await taking();
    sources.get('a')!.options.events?.fault?.(new DriverError('device', 'a', 'no answer from the device'));
    spools.get('b')?.lowSpace?.(1e6);
    expect(ends).toEqual([{ outcome: 'failed', reason: 'source a: no answer from the device' }]);
    expect(machine.conjunction()).toMatchObject({ health: 'fault', message: 'a: no answer from the device' });
    await machine.end(ends[0]!);
    await machine.openIdle(configuration);
    await machine.prepare(configuration, newRun.id, {});
    await machine.begin({ ...newRun, limits: { seconds: 2, events: 100 } });
    const counters = { ...zero, triggers: 99n, recorded: 99n };
    sources.get('a')!.tell({ counters });
    machine.checkLimits();
    expect(ends).toHaveLength(1);
    nowNs += 1_000_000_000n;
    await machine.pause();
    nowNs += 60_000_000_000n;
    machine.checkLimits();
    await machine.resume();
    machine.checkLimits();
    expect(ends).toHaveLength(1);
    nowNs += 1_000_000_000n;
    machine.checkLimits();
    machine.checkLimits();
    expect(ends[1]).toEqual({ outcome: 'completed', reason: 'limit of 2 s reached' });
    expect(ends).toHaveLength(2);
  });

  it('counts an event of several channels once, against a limit as well', async () => {
    await machine.openIdle(configuration);
    sources.get('a')!.rowsPerEvent = 3;
    await machine.prepare(configuration, newRun.id, {});
    await machine.begin({ ...newRun, limits: { events: 100 } });
    sources.get('a')!.tell({ counters: { ...zero, triggers: 300n, recorded: 297n, dropped: 3n } });
    machine.checkLimits();
    expect(ends).toEqual([]);
    expect(machine.totals()).toMatchObject({ triggers: 100n, recorded: 99n, dropped: 1n, durable: 4n });
    sources.get('a')!.tell({ counters: { ...zero, triggers: 300n, recorded: 300n } });
    machine.checkLimits();
    expect(ends).toEqual([{ outcome: 'completed', reason: 'limit of 100 events reached' }]);
  });

  it('ends by itself when every source has, not when one has', async () => {
    await taking();
    sources.get('a')!.tell({ endedBecause: 'end of file' });
    expect(ends).toEqual([]);
    sources.get('b')!.tell({ endedBecause: 'end of file' });
    expect(ends).toEqual([{ outcome: 'completed', reason: 'b: end of file' }]);
  });

  it('calls a run failed whose source did not hand over everything', async () => {
    await taking();
    sources.get('b')!.drained = false;
    expect(await machine.end({ outcome: 'completed', reason: 'enough' })).toMatchObject({
      outcome: 'failed',
      reason: 'enough; source b did not hand over all its data in time',
    });
    expect(readdirSync(join(folder, newRun.folder))).toContain('run.json');
  });

  it('can pause again after one source failed to', async () => {
    await taking();
    sources.get('b')!.failing.add('pause');
    await expect(machine.pause()).rejects.toThrow('pause of b failed');
    expect(machine.position.phase).toBe('taking');
    sources.get('b')!.failing.clear();
    await machine.pause();
    expect(machine.position.phase).toBe('paused');
    expect(notes.filter((note) => note === 'a pause')).toHaveLength(1);
  });

  it('refuses steps that lead where no run may go', async () => {
    await expect(machine.begin(newRun)).rejects.toThrow(/STOP\/idle; this step begins in READY\/idle/);
    await expect(machine.end({ outcome: 'completed', reason: '' })).rejects.toThrow(/no run/);
  });
});
