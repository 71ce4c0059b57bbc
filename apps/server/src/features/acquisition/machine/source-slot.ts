import { join } from 'node:path';
import type { SourceStatus as SourceReport } from '@countroom/contracts';
import {
  type ConsumerStatus,
  DriverError,
  emptyTimeAccount,
  type PreparedSource,
  type RunContext,
  type SignalReading,
  type SourceHandle,
  type SourceState,
  type SourceStatus,
  type SpoolHandle,
  type SpoolOptions,
} from '@countroom/drivers';
import {
  encodeTotals,
  type Position,
  type RunTotals,
  type SourcePosition,
  zeroTotals,
} from '@countroom/run-model';
import type { MachineEnvironment, SourceConfiguration } from './machine-environment.js';
import { reportSignals } from './signal-report.js';
import { expectGoodConsumers, SourceConsumers } from './source-consumers.js';
import { channelOf } from './tables.js';

const positions: Record<SourceState, Position> = {
  idle: { state: 'STOP', phase: 'idle' },
  prepared: { state: 'READY', phase: 'idle' },
  taking: { state: 'RUN', phase: 'taking' },
  paused: { state: 'RUN', phase: 'paused' },
  draining: { state: 'RUN', phase: 'draining' },
  fault: { state: 'STOP', phase: 'idle' },
};

/** A source without word for so long is taken for dead; drivers speak every 200 ms. */
const silentAfterMs = 3000;

/** Why a source that takes part in a run cannot go on. */
export interface SourceTrouble {
  readonly kind: 'ended' | 'fault' | 'consumer' | 'disk-low' | 'disk-failed';
  readonly message: string;
}

export interface SourceSlotEvents {
  changed(): void;
  trouble(slot: SourceSlot, trouble: SourceTrouble): void;
  /** The driver's thread cannot be stopped: this process has to be started anew. */
  mustExit(message: string): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', source: string, message: string): void;
}

/** One source: its driver while open, its spool during a run, and what is known of both. */
export class SourceSlot {
  readonly name: string;
  readonly kind: string;
  prepared: PreparedSource | undefined;
  readonly readings = new Map<string, SignalReading>();
  /** Its spool was given up while it may still write: nobody else may touch its files in this process's life. */
  stillWriting = false;
  private handle: SourceHandle | undefined;
  private spool: SpoolHandle | undefined;
  private consumers: SourceConsumers | undefined;
  private status: SourceStatus | undefined;
  private failure: string | undefined;
  private heardMs = 0;
  private final: RunTotals | undefined;
  private toldEnd = false;
  private readonly dropped = new Set<string>();

  constructor(
    private readonly configuration: SourceConfiguration,
    private readonly environment: MachineEnvironment,
    private readonly events: SourceSlotEvents,
  ) {
    this.name = configuration.name;
    this.kind = configuration.driver;
  }

  get isOpen(): boolean {
    return this.handle !== undefined && this.failure === undefined;
  }

  get open(): SourceHandle {
    if (this.handle !== undefined) return this.handle;
    throw new DriverError(
      'wrong-state',
      this.name,
      `source ${this.name} is not open: ${this.failure ?? 'not started'}`,
    );
  }

  /** Starts the driver; a failure is kept as the slot's trouble and thrown. */
  async start(): Promise<void> {
    const { ring } = this.configuration;
    try {
      this.handle = await this.environment.startSource({
        source: this.name,
        kind: this.kind,
        config: this.configuration.config,
        simulate: this.configuration.simulated,
        ring,
        events: {
          status: (status) => this.hear(status),
          signals: (readings) => this.hearSignals(readings),
          log: (level, message) => this.events.log(level, this.name, message),
          fault: (error) => this.fail(error),
        },
      });
      this.status = this.handle.status;
      this.heardMs = this.environment.monotonicMs();
      this.failure = undefined;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      this.events.changed();
    }
  }

  async prepare(run: RunContext): Promise<void> {
    this.final = undefined;
    this.spool = undefined;
    this.toldEnd = false;
    this.stillWriting = false;
    this.consumers = undefined;
    this.dropped.clear();
    this.prepared = await this.open.prepare(run);
    this.status = this.open.status;
    if (this.configuration.consumers.length > 0) expectGoodConsumers(this.consumersSetup(this.prepared, run));
  }

  /** What looks at its events during the run; to be called after `openSpool`. */
  async openConsumers(run: RunContext): Promise<void> {
    const { prepared } = this;
    if (prepared === undefined || this.configuration.consumers.length === 0) return;
    this.consumers = await SourceConsumers.start({
      ...this.consumersSetup(prepared, run),
      run,
      startSpool: this.environment.startSpool,
      events: {
        log: (level, consumer, message) =>
          this.events.log(level, this.name, `consumer ${consumer}: ${message}`),
        stopRun: (consumer, reason) => this.trouble('consumer', `consumer ${consumer}: ${reason}`),
      },
    });
  }

  get consumerStatuses(): readonly ConsumerStatus[] {
    return this.consumers?.statuses() ?? [];
  }

  /** Consumers of the run that people ended. */
  get droppedByPeople(): ReadonlySet<string> {
    return this.dropped;
  }

  /** Ends a consumer for an operator: the device does not wait for it any more. Throws naming those that there are. */
  dropConsumer(name: string, by: string): void {
    if (this.consumers?.drop(name, by) === true) {
      this.dropped.add(name);
      return;
    }
    const known = this.consumerStatuses.map((one) => one.name).join(', ');
    throw new Error(
      `There is no consumer ${name} at work on ${this.name}${known === '' ? '' : `; known are: ${known}`}`,
    );
  }

  /** To be called after `prepare`: nothing of the run may pass before its spool listens. */
  async openSpool(run: RunContext, options: SpoolOptions): Promise<void> {
    const { prepared } = this;
    if (prepared === undefined)
      throw new DriverError('wrong-state', this.name, `source ${this.name} is not prepared`);
    this.spool = await this.environment.startSpool(
      this.open.ring,
      {
        source: this.name,
        schemas: prepared.tables,
        run,
        device: prepared.device,
        ...(prepared.rowsPerEvent === undefined ? {} : { rowsPerEvent: prepared.rowsPerEvent }),
        ...(prepared.timeInRows === undefined ? {} : { timeInRows: prepared.timeInRows }),
      },
      options,
      {
        lowSpace: (freeBytes) =>
          this.trouble('disk-low', `only ${Math.round(freeBytes / 1e6)} MB are free for new data`),
        fault: (error) => this.trouble('disk-failed', error.message),
      },
    );
  }

  /** Drains the driver and makes its data durable. Answers with what was left undone; empty when all is well. */
  async finish(deadlines: { readonly drainMs: number; readonly writeMs: number }): Promise<string> {
    const faults: string[] = [];
    const note = (error: unknown): void =>
      void faults.push(error instanceof Error ? error.message : String(error));
    if (this.handle !== undefined) {
      try {
        const report = await this.handle.stop(deadlines.drainMs);
        if (this.status !== undefined) this.status = { ...this.status, counters: report.counters };
        if (!report.drained) faults.push(`source ${this.name} did not hand over all its data in time`);
      } catch (error) {
        note(error);
      }
    }
    await this.consumers?.finish(deadlines.drainMs).catch(note);
    try {
      await this.spool?.finish(deadlines.writeMs);
    } catch (error) {
      this.stillWriting = error instanceof DriverError && error.code === 'deadline';
      note(error);
    }
    this.stillWriting ||= this.consumers?.stillWriting ?? false;
    this.final = this.totals();
    return faults.join('; ');
  }

  /** Lets go of a preparation. */
  async release(): Promise<void> {
    if (this.handle?.status.state === 'prepared') await this.handle.stop();
    this.prepared = undefined;
  }

  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = undefined;
    await handle?.close();
  }

  /** Counters of the run, in events: exact once it is finished. */
  totals(): RunTotals {
    if (this.final !== undefined) return this.final;
    const { counters } = this.status ?? { counters: noCounters };
    const { time } = counters;
    const spool = this.spool?.counters;
    const infoRows = spool === undefined ? 0n : spool.recordedRows - counters.recorded;
    const perEvent = BigInt(this.prepared?.rowsPerEvent ?? 1);
    const events = (rows: bigint): bigint =>
      clamp(rows - (infoRows > 0n ? infoRows : 0n), counters.recorded) / perEvent;
    const dead = Object.entries(time.deadNs);
    const sum = (parts: [string, bigint][]): bigint => parts.reduce((total, [, ns]) => total + ns, 0n);
    return {
      triggers: counters.triggers / perEvent,
      recorded: counters.recorded / perEvent,
      dropped: counters.dropped / perEvent,
      written: spool === undefined ? 0n : events(spool.writtenRows),
      durable: spool === undefined ? 0n : events(spool.durableRows),
      bytes: spool?.writtenBytes ?? 0n,
      runTimeNs: time.runNs,
      liveTimeNs: time.liveNs,
      deviceDeadNs: sum(dead.filter(([part]) => part !== 'buffer')),
      bufferDeadNs: sum(dead.filter(([part]) => part === 'buffer')),
      pausedNs: time.pausedNs,
    };
  }

  get freeBytes(): number | undefined {
    return this.spool?.counters.freeBytes;
  }

  get ringSlots(): number {
    return this.configuration.ring.slots;
  }

  get bufferFull(): boolean {
    return this.status?.bufferFull ?? false;
  }

  /** What its driver waits for before it takes data again; undefined while all is well. */
  get waitsBecause(): string | undefined {
    return this.status?.waitsBecause;
  }

  get sourceStatus(): SourceStatus | undefined {
    return this.status;
  }

  position(): SourcePosition {
    const state = this.status?.state ?? 'idle';
    const silent = this.isOpen && this.environment.monotonicMs() - this.heardMs > silentAfterMs;
    const waits = silent ? 'no sign of life from its thread' : this.waitsBecause;
    const message = this.failure ?? waits ?? (this.bufferFull ? 'its buffer is full' : '');
    const health =
      this.failure !== undefined || state === 'fault'
        ? 'fault'
        : waits !== undefined || this.bufferFull
          ? 'degraded'
          : 'ok';
    return { name: this.name, ...positions[state], health, message };
  }

  report(inRun: boolean): SourceReport {
    const { state, phase, health, message } = this.position();
    const slots = this.configuration.ring.slots;
    return {
      name: this.name,
      driver: this.kind,
      state,
      phase,
      health,
      message,
      counters: encodeTotals(inRun || this.final !== undefined ? this.totals() : zeroTotals),
      ring: { slots, filled: Math.round((this.status?.bufferFill ?? 0) * slots) },
      channels: (this.prepared?.tables ?? []).flatMap((table) => channelOf(table.name) ?? []),
      signals: reportSignals(this.handle?.signals ?? [], this.readings),
    };
  }

  private consumersSetup(prepared: PreparedSource, run: RunContext) {
    const { consumers: places } = this.environment;
    const { tables, channels, device } = prepared;
    return {
      source: { source: this.name, tables, channels, device },
      ring: this.open.ring,
      consumers: this.configuration.consumers,
      modules: places?.modules,
      folder: join(places?.folder ?? '.', run.detector, run.runId),
    };
  }

  private hear(status: SourceStatus): void {
    const before = this.status?.state;
    this.status = status;
    this.heardMs = this.environment.monotonicMs();
    if (status.endedBecause !== undefined && !this.toldEnd) {
      this.toldEnd = true;
      this.trouble('ended', status.endedBecause);
    }
    if (before !== status.state) this.events.changed();
  }

  private hearSignals(readings: readonly SignalReading[]): void {
    this.heardMs = this.environment.monotonicMs();
    for (const reading of readings) this.readings.set(reading.name, reading);
  }

  private fail(error: DriverError): void {
    this.failure = error.message;
    if (error.mustExit) this.events.mustExit(error.message);
    this.trouble('fault', error.message);
    this.events.changed();
  }

  private trouble(kind: SourceTrouble['kind'], message: string): void {
    this.events.trouble(this, { kind, message });
  }
}

const noCounters = { triggers: 0n, recorded: 0n, dropped: 0n, time: emptyTimeAccount, tables: [] };

function clamp(value: bigint, most: bigint): bigint {
  if (value < 0n) return 0n;
  return value > most ? most : value;
}
