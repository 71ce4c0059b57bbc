import { join } from 'node:path';
import type { RunLimits, RunOutcome } from '@countroom/contracts';
import type { RunContext } from '@countroom/drivers';
import {
  type Conjunction,
  combineTotals,
  conjunction,
  decideTransition,
  encodeTotals,
  isPosition,
  limitMet,
  type Position,
  type RunTotals,
  Stopwatch,
} from '@countroom/run-model';
import { type MachineEnvironment, type StoredConfiguration, sourcesOf } from './machine-environment.js';
import { writeJournal } from './run-journal.js';
import { SourceSlot, type SourceTrouble } from './source-slot.js';

export interface NewRun {
  readonly id: string;
  readonly number: number;
  readonly mode: string;
  readonly limits: RunLimits;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Folder of the run's spool, relative to the root of spools. */
  readonly folder: string;
}

export interface ActiveRun extends NewRun {
  readonly startedNs: bigint;
}

/** How a run is to end. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly reason: string;
}

export interface ClosedRun extends RunEnd {
  readonly run: ActiveRun;
  readonly endedNs: bigint;
  readonly totals: RunTotals;
  /** False while some spool may still be writing: its files are left to the next start. */
  readonly settled: boolean;
  readonly sources: readonly { readonly name: string; readonly driver: string; readonly totals: RunTotals }[];
}

export interface MachineEvents {
  changed(): void;
  /** The run cannot or shall not go on; whoever reconciles has to end it. Told once per run. */
  mustEnd(end: RunEnd, trouble?: SourceTrouble & { readonly source: string }): void;
  mustExit(message: string): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', source: string, message: string): void;
}

export interface MachineOptions {
  readonly detector: string;
  readonly spoolRoot: string;
  readonly minimumFreeBytes: number;
  readonly environment: MachineEnvironment;
  readonly events: MachineEvents;
}

const drainMs = 10_000;
const writeMs = 60_000;
/** A disk that refuses data will not take it by waiting. */
const hopelessMs = 2000;

/**
 * The detector as a whole: takes its sources through the states, one step at a time, in the only order in which
 * nothing is lost. Knows nothing of goals, people or the database.
 */
export class DetectorMachine {
  position: Position = { state: 'STOP', phase: 'idle' };
  slots: SourceSlot[] = [];
  configuration: StoredConfiguration | undefined;
  run: ActiveRun | undefined;
  runId: string | undefined;
  private stopwatch: Stopwatch | undefined;
  private opening: Promise<void> = Promise.resolve();
  private endTold = false;
  private diskFailed = false;

  constructor(private readonly options: MachineOptions) {}

  /**
   * Opens sources while nothing is going on, so that their readings show and what is wrong with them is known before a run
   * is wanted. Answers which failed.
   */
  async openIdle(configuration: StoredConfiguration): Promise<string[]> {
    return this.oneAtATime(async () => {
      const { state, phase } = this.position;
      return state === 'STOP' && phase === 'idle' ? this.open(configuration) : [];
    });
  }

  private async oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = this.opening.then(work);
    this.opening = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Sources that are open with the same configuration stay. */
  private async open(configuration: StoredConfiguration): Promise<string[]> {
    if (this.configuration?.hash !== configuration.hash) {
      await this.closeSources();
      const { environment, events } = this.options;
      this.configuration = configuration;
      this.slots = sourcesOf(configuration.content).map(
        (source) =>
          new SourceSlot(source, environment, {
            changed: () => events.changed(),
            trouble: (slot, trouble) => this.onTrouble(slot, trouble),
            mustExit: (message) => events.mustExit(message),
            log: (level, name, message) => events.log(level, name, message),
          }),
      );
    }
    const closed = this.slots.filter((slot) => !slot.isOpen);
    const results = await Promise.allSettled(
      closed.map(async (slot) => {
        await slot.close();
        await slot.start();
      }),
    );
    return results.flatMap((result, index) =>
      result.status === 'rejected' ? `${closed[index]?.name ?? ''}: ${reasonOf(result.reason)}` : [],
    );
  }

  /** STOP to READY: every source has to confirm. On failure all are released again. */
  async prepare(
    configuration: StoredConfiguration,
    runId: string,
    facts: RunContext['facts'],
  ): Promise<void> {
    this.mustBe('STOP', 'idle');
    this.enter('STOP', 'preparing');
    try {
      const failed = await this.oneAtATime(async () => this.open(configuration));
      if (failed.length > 0) throw new Error(`Not every source could be opened: ${failed.join('; ')}`);
      const context: RunContext = { runId, detector: this.options.detector, facts };
      await allOrFirstError(this.slots.map(async (slot) => slot.prepare(context)));
      const together = this.conjunction();
      if (together.state !== 'READY') throw new Error(`Not every source is READY. ${together.message}`);
      this.runId = runId;
      this.enter('READY', 'idle');
    } catch (error) {
      await Promise.allSettled(this.slots.map(async (slot) => slot.release()));
      this.enter('STOP', 'idle');
      throw error;
    }
  }

  /** READY to RUN: spools listen before the first source is armed. On failure everything is stopped again. */
  async begin(run: NewRun): Promise<void> {
    this.mustBe('READY', 'idle');
    this.enter('READY', 'starting');
    const { environment, detector } = this.options;
    this.endTold = false;
    this.diskFailed = false;
    const folder = this.folderOf(run);
    const context: RunContext = { runId: run.id, runNumber: run.number, detector, facts: run.facts };
    this.run = { ...run, startedNs: environment.epochNs() };
    try {
      this.journal(null);
      const { segmentBytes, minimumFreeBytes } = this.configuration!.content.spool;
      const minFreeBytes = Math.max(minimumFreeBytes, this.options.minimumFreeBytes);
      await allOrFirstError(
        this.slots.map(async (slot) =>
          slot.openSpool(context, { folder, name: slot.name, segmentBytes, minFreeBytes }),
        ),
      );
      await allOrFirstError(this.slots.map(async (slot) => slot.openConsumers(context)));
      await allOrFirstError(this.slots.map(async (slot) => slot.open.start()));
      this.stopwatch = new Stopwatch(environment.monotonicNs());
      this.enter('RUN', 'taking');
    } catch (error) {
      await Promise.allSettled(this.slots.map(async (slot) => slot.finish({ drainMs, writeMs })));
      this.enter('READY', 'closing');
      this.run = undefined;
      this.enter('STOP', 'idle');
      throw error;
    }
  }

  async pause(): Promise<void> {
    await allOrFirstError(this.inState('taking').map(async (slot) => slot.open.pause()));
    this.stopwatch?.pause(this.options.environment.monotonicNs());
    this.enter('RUN', 'paused');
  }

  async resume(): Promise<void> {
    await allOrFirstError(this.inState('paused').map(async (slot) => slot.open.resume()));
    this.stopwatch?.resume(this.options.environment.monotonicNs());
    this.enter('RUN', 'taking');
  }

  /** RUN to STOP: drain every source, make all data durable, close the journal. Never throws for a sick source. */
  async end(end: RunEnd): Promise<ClosedRun> {
    const run = this.run;
    if (run === undefined) throw new Error('There is no run to end.');
    const { environment } = this.options;
    this.endTold = true;
    this.stopwatch?.stop(environment.monotonicNs());
    this.enter('RUN', 'draining');
    const deadlines = this.diskFailed ? { drainMs: hopelessMs, writeMs: hopelessMs } : { drainMs, writeMs };
    const faults = await Promise.all(this.slots.map(async (slot) => slot.finish(deadlines)));
    this.enter('RUN', 'closing');
    const left = faults.filter((fault) => fault !== '').join('; ');
    const closed: ClosedRun = {
      run,
      endedNs: environment.epochNs(),
      outcome: left === '' || end.outcome === 'aborted' ? end.outcome : 'failed',
      reason: left === '' ? end.reason : `${end.reason}; ${left}`,
      totals: this.totals(),
      settled: this.slots.every((slot) => !slot.stillWriting),
      sources: this.slots.map((slot) => ({ name: slot.name, driver: slot.kind, totals: slot.totals() })),
    };
    try {
      this.journal(closed);
    } catch (error) {
      this.options.events.log(
        'error',
        '',
        `the end of run ${run.number} is not in its journal: ${reasonOf(error)}`,
      );
    }
    this.run = undefined;
    this.enter('STOP', 'idle');
    return closed;
  }

  /** READY to STOP without a run. */
  async release(): Promise<void> {
    this.mustBe('READY', 'idle');
    this.enter('READY', 'closing');
    await Promise.allSettled(this.slots.map(async (slot) => slot.release()));
    this.enter('STOP', 'idle');
  }

  async close(): Promise<void> {
    await this.oneAtATime(async () => this.closeSources());
  }

  /** To be called often: limits are met by time as well as by events. */
  checkLimits(): void {
    if (this.run === undefined || this.position.phase !== 'taking' || this.stopwatch === undefined) return;
    const { runNs, pausedNs } = this.stopwatch.read(this.options.environment.monotonicNs());
    const reason = limitMet(this.run.limits, { events: this.totals().recorded, runTimeNs: runNs, pausedNs });
    if (reason !== undefined) this.tellEnd({ outcome: 'completed', reason });
  }

  totals(): RunTotals {
    return combineTotals(this.slots.map((slot) => slot.totals()));
  }

  conjunction(): Conjunction {
    return conjunction(this.slots.map((slot) => slot.position()));
  }

  folderOf(run: NewRun): string {
    return join(this.options.spoolRoot, run.folder);
  }

  /** One that was paused already, when another failed to, is not paused again. */
  private inState(state: 'taking' | 'paused'): SourceSlot[] {
    return this.slots.filter((slot) => slot.sourceStatus?.state === state);
  }

  private journal(closed: ClosedRun | null): void {
    const { run } = this;
    if (run === undefined) return;
    writeJournal(this.folderOf(run), {
      runId: run.id,
      number: run.number,
      detector: this.options.detector,
      startedNs: run.startedNs.toString(),
      closed:
        closed === null
          ? null
          : {
              endedNs: closed.endedNs.toString(),
              outcome: closed.outcome,
              reason: closed.reason,
              counters: encodeTotals(closed.totals),
              sources: closed.sources.map(({ name, driver, totals }) => ({
                name,
                driver,
                counters: encodeTotals(totals),
              })),
            },
    });
  }

  private onTrouble(slot: SourceSlot, trouble: SourceTrouble): void {
    const about = { ...trouble, source: slot.name };
    if (trouble.kind === 'disk-failed') this.diskFailed = true;
    switch (trouble.kind) {
      case 'ended':
        if (this.slots.every((one) => one.sourceStatus?.endedBecause !== undefined)) {
          this.tellEnd({ outcome: 'completed', reason: `${slot.name}: ${trouble.message}` });
        }
        return;
      case 'fault': {
        this.tellEnd({ outcome: 'failed', reason: `source ${slot.name}: ${trouble.message}` }, about);
        return;
      }
      case 'consumer': {
        this.tellEnd({ outcome: 'interrupted', reason: `source ${slot.name}: ${trouble.message}` }, about);
        return;
      }
      case 'disk-low': {
        this.tellEnd({ outcome: 'interrupted', reason: `disk nearly full: ${trouble.message}` }, about);
        return;
      }
      case 'disk-failed': {
        this.tellEnd({ outcome: 'failed', reason: `data could not be written: ${trouble.message}` }, about);
        return;
      }
    }
  }

  private tellEnd(end: RunEnd, trouble?: SourceTrouble & { readonly source: string }): void {
    if (this.run === undefined || this.endTold) return;
    this.endTold = true;
    this.options.events.mustEnd(end, trouble);
  }

  private async closeSources(): Promise<void> {
    const results = await Promise.allSettled(this.slots.map(async (slot) => slot.close()));
    for (const [index, result] of results.entries()) {
      if (result.status === 'rejected') {
        this.options.events.log('error', this.slots[index]?.name ?? '', reasonOf(result.reason));
      }
    }
    this.slots = [];
    this.configuration = undefined;
  }

  private mustBe(state: Position['state'], phase: Position['phase']): void {
    const { position } = this;
    if (position.state === state && position.phase === phase) return;
    throw new Error(
      `The detector is ${position.state}/${position.phase}; this step begins in ${state}/${phase}.`,
    );
  }

  private enter(state: Position['state'], phase: Position['phase']): void {
    const decision = decideTransition(this.position.state, state);
    if (decision.kind === 'refused' || !isPosition(state, phase)) {
      throw new Error(`${this.position.state} to ${state}/${phase}: ${decision.reason}`);
    }
    this.position = { state, phase };
    this.options.events.changed();
  }
}

/** Waits for all, so that nothing goes on behind the back of the caller, then throws what failed first. */
async function allOrFirstError(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
