import type { AcquisitionReport } from '@countroom/contracts';
import { type Goal, idleGoal } from '@countroom/run-model';
import type { Lease } from '../../../platform/database/lease.repository.js';
import type { AlarmCondition } from './acquisition-alarms.repository.js';
import type { OwnedDetector } from './acquisition-detectors.repository.js';
import type { AcquisitionRepositories } from './acquisition-repositories.js';
import type { ConsumerDataset } from './acquisition-results.repository.js';
import type { RawDataset, RunToClose } from './acquisition-runs.repository.js';
import type { IntentEventKind } from './intents.repository.js';
import type { ReportQueue } from './report-queue.js';

/** With so much waiting for an absent database, lines are no longer added to it; what happens to runs always is. */
const mostWaitingLines = 5000;

export type LogLevel = 'info' | 'warning' | 'error';

/** What this process has to tell of its detector. Everything goes through the queue: nothing here waits for the database. */
export class Reports {
  constructor(
    readonly detector: OwnedDetector,
    readonly lease: Lease,
    private readonly repositories: AcquisitionRepositories,
    private readonly queue: ReportQueue,
    private readonly snapshot: () => AcquisitionReport,
  ) {}

  log(level: LogLevel, text: string, runId: string | null = null): void {
    if (this.queue.waiting > mostWaitingLines) return;
    const line = { detectorId: this.detector.id, runId, level, text, at: new Date() };
    this.queue.push('log line', async (tx) => this.repositories.detectors.addLog(tx, line));
  }

  intent(
    id: string,
    event: {
      readonly sequence: number;
      readonly kind: IntentEventKind;
      readonly message: string;
      readonly result?: unknown;
    },
  ): void {
    const dated = { ...event, at: new Date() };
    // Who hears that a command is done finds the state that it led to.
    const state = event.kind === 'progress' ? undefined : this.snapshot();
    this.queue.push(`event of command ${id}`, async (tx) => {
      if (state !== undefined) await this.repositories.detectors.saveActual(tx, this.detector.id, state);
      await this.repositories.intents.addEvent(tx, id, dated);
    });
  }

  abandonIntent(id: string, message: string): void {
    this.queue.push(`end of command ${id}`, async (tx) => {
      const sequence = await this.repositories.intents.nextSequence(tx, id);
      await this.repositories.intents.addEvent(tx, id, { sequence, kind: 'failed', message, at: new Date() });
    });
  }

  runBegun(runId: string, startedNs: bigint): void {
    this.queue.push('beginning of the run', async (tx) => this.repositories.runs.begun(tx, runId, startedNs));
  }

  /** With `settle` the goal goes to STOP in the same transaction, unless a newer one was set. */
  runClosed(run: RunToClose, line: string, settle: number | undefined): void {
    const { id: detectorId } = this.detector;
    const at = new Date();
    const level = run.outcome === 'failed' || run.outcome === 'interrupted' ? 'warning' : 'info';
    this.queue.push('end of the run', async (tx) => {
      const closed = await this.repositories.runs.close(tx, run);
      if (closed)
        await this.repositories.detectors.addLog(tx, { detectorId, runId: run.id, level, text: line, at });
      if (settle !== undefined)
        await this.repositories.detectors.settleGoal(tx, detectorId, settle, idleGoal);
      await this.repositories.detectors.notifyChanged(tx, detectorId);
    });
  }

  settleGoal(version: number, goal: Goal): void {
    const { id } = this.detector;
    this.queue.push('goal', async (tx) => {
      await this.repositories.detectors.settleGoal(tx, id, version, goal);
      await this.repositories.detectors.notifyChanged(tx, id);
    });
  }

  /** `done` is called once the database has it: only then may the spool go. */
  rawPacked(dataset: Omit<RawDataset, 'detectorId'>, line: string, done: () => void): void {
    const { id: detectorId } = this.detector;
    const at = new Date();
    this.queue.push(
      'raw file',
      async (tx) => {
        await this.repositories.runs.registerRaw(tx, { ...dataset, detectorId });
        await this.repositories.detectors.addLog(tx, {
          detectorId,
          runId: dataset.runId,
          level: 'info',
          text: line,
          at,
        });
        await this.repositories.detectors.notifyChanged(tx, detectorId);
      },
      done,
    );
  }

  /** `done` is called once the database has them. */
  consumersWrote(
    { id: runId, configurationHash }: { readonly id: string; readonly configurationHash: string },
    files: readonly ConsumerDataset[],
    done?: () => void,
  ): void {
    const { id: detectorId } = this.detector;
    const run = { detectorId, runId, configurationHash };
    this.queue.push('files of consumers', async (tx) => this.repositories.results.put(tx, run, files), done);
  }

  nothingToPack(runId: string): void {
    this.queue.push('empty run', async (tx) => this.repositories.runs.forgetSpool(tx, runId));
  }

  raise(alarm: AlarmCondition): void {
    this.queue.push(`alarm ${alarm.code}`, async (tx) =>
      this.repositories.alarms.raise(tx, this.detector.id, alarm),
    );
  }

  clear(alarm: Pick<AlarmCondition, 'subject' | 'code'>): void {
    this.queue.push(`alarm ${alarm.code}`, async (tx) =>
      this.repositories.alarms.clear(tx, this.detector.id, alarm),
    );
  }
}
