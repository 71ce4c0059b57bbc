import { randomUUID } from 'node:crypto';
import type { RunCommandName, RunRequest } from '@countroom/contracts';
import { decideCommand, encodeTotals, type Goal, goalOf, idleGoal, planStep } from '@countroom/run-model';
import type { ClosedRun, DetectorMachine, RunEnd } from '../machine/detector-machine.js';
import type { StoredConfiguration } from '../machine/machine-environment.js';
import type { Intent } from '../store/intents.repository.js';
import type { Reports } from '../store/reports.js';
import { IntentWork } from './intent-work.js';

/** What the reconciler needs of the database at once; all else goes through the reports. */
export interface ReconcilerStore {
  configuration(mode: string | undefined): Promise<StoredConfiguration>;
  createRun(run: {
    readonly id: string;
    readonly configuration: StoredConfiguration;
    readonly request: RunRequest;
    readonly by: string;
  }): Promise<{ readonly number: number; readonly spoolPath: string }>;
}

export interface ReconcilerOptions {
  readonly machine: DetectorMachine;
  readonly reports: Reports;
  readonly store: ReconcilerStore;
  readonly runClosed: (closed: ClosedRun) => void;
  readonly changed: () => void;
}

interface Order {
  readonly request: RunRequest;
  readonly by: string;
}

const emptyRequest: RunRequest = { tags: [], comment: '', limits: {} };

/** Brings the machine to the goal, one step at a time, and tells those who asked what became of it. */
export class Reconciler {
  goal: Goal = idleGoal;
  goalVersion = 0;
  /** Why the last thing asked for did not happen; shown until something else is asked for. */
  lastFailure = '';
  private order: Order = { request: emptyRequest, by: 'acquisition' };
  private end: RunEnd | undefined;
  private work: IntentWork[] = [];
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly options: ReconcilerOptions) {}

  resume(goal: Goal, version: number): void {
    this.goal = goal;
    this.goalVersion = version;
    this.wake();
  }

  /** A run command whose baton and lease were checked. */
  accept(intent: Intent, command: RunCommandName, run: RunRequest | undefined, reason: string): void {
    const { state, phase } = this.options.machine.position;
    const decision = decideCommand(command, state, phase, this.goal.state);
    this.goalVersion = Math.max(this.goalVersion, intent.goalVersion);
    if (!decision.allowed) {
      this.refuse(intent, decision.reason);
      return;
    }
    this.lastFailure = '';
    if (command === 'end' || command === 'abort') {
      const why = reason === '' ? '' : `: ${reason}`;
      this.end =
        command === 'abort'
          ? { outcome: 'aborted', reason: `aborted by ${intent.by}${why}` }
          : { outcome: 'completed', reason: `ended by ${intent.by}${why}` };
      this.dropWork(`superseded: ${intent.by} asked to ${command}`);
    }
    if (command === 'start' || command === 'prepare' || command === 'begin') {
      const prepared = command !== 'prepare' && state === 'READY' ? this.order.request : emptyRequest;
      this.order = { request: completeRequest(run ?? emptyRequest, prepared), by: intent.by };
    }
    this.goal = goalOf(command, this.goal);
    this.work.push(new IntentWork(intent, this.options.reports));
    this.wake();
  }

  /** The stored goal was changed when the command was accepted; the one held here is what goes on. */
  refuse(intent: Intent, reason: string): void {
    this.goalVersion = Math.max(this.goalVersion, intent.goalVersion);
    const { reports } = this.options;
    if (intent.order.kind === 'run') reports.settleGoal(this.goalVersion, this.goal);
    new IntentWork(intent, reports).refuse(reason);
  }

  /** The run ends by itself or because it must. */
  requestEnd(end: RunEnd): void {
    if (this.options.machine.run === undefined && this.goal.state === 'STOP') return;
    this.end ??= end;
    this.goal = idleGoal;
    this.dropWork(end.reason);
    this.wake();
  }

  /** Ends whatever is on and waits until the detector is in STOP. */
  async shutDown(end: RunEnd): Promise<void> {
    this.requestEnd(end);
    this.wake();
    while (this.running !== undefined) await this.running;
  }

  private wake(): void {
    this.again = true;
    this.running ??= this.reconcile().finally(() => {
      this.running = undefined;
      if (this.again) this.wake();
    });
  }

  private async reconcile(): Promise<void> {
    while (this.again) {
      this.again = false;
      for (let step = this.plan(); step !== 'none' && step !== 'wait'; step = this.plan()) {
        try {
          await this.perform(step);
        } catch (error) {
          this.failed(step, error instanceof Error ? error.message : String(error));
        }
        this.options.changed();
      }
      if (this.plan() === 'none') this.completeWork();
    }
  }

  private plan(): ReturnType<typeof planStep> {
    return planStep(this.goal, this.options.machine.position);
  }

  private async perform(step: Exclude<ReturnType<typeof planStep>, 'none' | 'wait'>): Promise<void> {
    const { machine } = this.options;
    switch (step) {
      case 'prepare':
        return this.prepare();
      case 'begin':
        return this.begin();
      case 'pause':
        await machine.pause();
        this.logRun('paused');
        return;
      case 'resume':
        await machine.resume();
        this.logRun('goes on');
        return;
      case 'release':
        this.end = undefined;
        return machine.release();
      case 'end':
        return this.endRun();
    }
  }

  private logRun(what: string): void {
    const { run } = this.options.machine;
    if (run !== undefined) this.options.reports.log('info', `Run ${run.number} ${what}`, run.id);
  }

  private async prepare(): Promise<void> {
    const { machine, store } = this.options;
    const configuration = await store.configuration(this.order.request.mode);
    this.tellWork('preparing the sources');
    await machine.prepare(configuration, randomUUID(), {
      mode: configuration.name,
      configurationVersion: configuration.version,
      configurationHash: configuration.hash,
      user: this.order.by,
    });
    this.tellWork('every source is READY');
  }

  private async begin(): Promise<void> {
    const { machine, store, reports } = this.options;
    const { request, by } = this.order;
    const configuration = await store.configuration(request.mode);
    if (machine.configuration?.hash !== configuration.hash) {
      // Prepared for another configuration: that preparation is of no use any more.
      return machine.release();
    }
    const id = machine.runId!;
    const { number, spoolPath } = await store.createRun({ id, configuration, request, by });
    try {
      await machine.begin({
        id,
        number,
        mode: configuration.name,
        limits: request.limits,
        folder: spoolPath,
        facts: {
          mode: configuration.name,
          configurationVersion: configuration.version,
          configurationHash: configuration.hash,
          user: by,
          comment: request.comment,
        },
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const now = BigInt(Date.now()) * 1_000_000n;
      reports.runClosed(
        {
          id,
          startedNs: null,
          endedNs: now,
          outcome: 'failed',
          reason: message,
          counters: encodeTotals(machine.totals()),
          sources: [],
        },
        `Run ${number} could not be begun: ${message}`,
        this.goalVersion,
      );
      throw error;
    }
    const run = machine.run!;
    reports.runBegun(id, run.startedNs);
    reports.log(
      'info',
      `Run ${number} begun by ${by} (${configuration.name}, version ${configuration.version})`,
      id,
    );
  }

  private async endRun(): Promise<void> {
    const { machine, reports } = this.options;
    const end = this.end ?? { outcome: 'completed', reason: 'ended' };
    const closed = await machine.end(end);
    this.end = undefined;
    const { run, totals, outcome, reason } = closed;
    const line = `Run ${run.number} ${outcome}: ${reason}; ${totals.recorded} events recorded`;
    reports.runClosed(
      {
        id: run.id,
        startedNs: run.startedNs,
        endedNs: closed.endedNs,
        outcome,
        reason,
        counters: encodeTotals(totals),
        sources: closed.sources.map((source) => ({
          name: source.name,
          driver: source.driver,
          counters: encodeTotals(source.totals),
        })),
      },
      line,
      this.goal.state === 'STOP' ? this.goalVersion : undefined,
    );
    for (const work of this.work)
      work.complete(line, { run: run.number, outcome, recorded: totals.recorded.toString() });
    this.work = [];
    this.options.runClosed(closed);
  }

  private failed(step: string, message: string): void {
    const { machine, reports } = this.options;
    const { run, position } = machine;
    this.lastFailure = message;
    reports.log('error', `Could not ${step}: ${message}`, run?.id ?? null);
    if (step === 'pause' || step === 'resume') {
      this.goal = { state: this.goal.state, paused: position.phase === 'paused' };
    } else {
      this.goal = idleGoal;
      this.end = run === undefined ? undefined : { outcome: 'failed', reason: message };
    }
    reports.settleGoal(this.goalVersion, this.goal);
    this.dropWork(message);
  }

  private completeWork(): void {
    const { run, position } = this.options.machine;
    const result = run === undefined ? undefined : { run: run.number };
    const where =
      run === undefined ? position.state : `${position.state}: run ${run.number} is ${position.phase}`;
    for (const work of this.work) work.complete(where, result);
    this.work = [];
  }

  private dropWork(message: string): void {
    for (const work of this.work) work.fail(message);
    this.work = [];
  }

  private tellWork(message: string): void {
    for (const work of this.work) work.progress(message);
  }
}

/** What was said at the preparation holds where nothing else is said at the beginning. */
function completeRequest(said: RunRequest, before: RunRequest): RunRequest {
  const mode = said.mode ?? before.mode;
  return {
    ...(mode === undefined ? {} : { mode }),
    tags: said.tags.length > 0 ? said.tags : before.tags,
    comment: said.comment === '' ? before.comment : said.comment,
    limits: Object.keys(said.limits).length > 0 ? said.limits : before.limits,
  };
}
