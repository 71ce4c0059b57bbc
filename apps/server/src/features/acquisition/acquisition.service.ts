import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, acquisitionReportKey, acquisitionReportTopic } from '@countroom/contracts';
import { systemClock } from '@countroom/drivers';
import { ClockModel, idleGoal } from '@countroom/run-model';
import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { isDatabaseAway } from '../../platform/database/database-errors.js';
import { LeaseRepository } from '../../platform/database/lease.repository.js';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { type DiskSpace, watchedCodes } from './alarm-watch.js';
import { assembleParts, type DetectorParts } from './detector-parts.js';
import { newInstanceId, takeOwnership } from './ownership.js';
import { recoverRun } from './recovery/run-recovery.js';
import { buildReport } from './report-builder.js';
import { AcquisitionRepositories } from './store/acquisition-repositories.js';

const limitsMs = 50;
const lampsMs = 50;
const reportMs = 500;
const watchMs = 1000;
const pollMs = 2000;
const anchorMs = 10_000;
const reopenMs = 5000;
const flushMs = 10_000;
const resultsMs = 2000;

/** One detector, from owning it to letting it go. */
@Injectable()
export class AcquisitionService {
  private readonly log = new Logger(AcquisitionService.name);
  private readonly stopped = new AbortController();
  private parts: DetectorParts | undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private databaseAway = false;
  private disk: DiskSpace | undefined;
  /** Called when this process must be started anew; set by the entry. */
  onFatal: (reason: string) => void = () => undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly leases: LeaseRepository,
    private readonly notifications: NotificationsService,
    private readonly repositories: AcquisitionRepositories,
  ) {}

  async start(name: string): Promise<void> {
    const detector = await this.repositories.detectors.find(name);
    if (detector?.kind !== 'live') {
      throw new AppError(
        'not-found',
        detector === undefined
          ? `There is no detector ${name}; create it under Administration first.`
          : `Detector ${name} holds imported files and has nothing to acquire.`,
      );
    }
    const lease = await takeOwnership({
      leases: this.leases,
      detector: name,
      instanceId: newInstanceId(),
      signal: this.stopped.signal,
      onWaiting: (holder) =>
        this.log.warn(
          `Detector ${name} is owned by ${holder.instanceId} on ${holder.host}; waiting until it lets go.`,
        ),
    });
    const parts = await assembleParts(detector, lease, {
      config: this.config,
      leases: this.leases,
      repositories: this.repositories,
      storeFolder: this.storeFolder(),
      log: this.log,
      lost: (message) => this.lost(message),
      mustExit: (message) => this.exitAfterRun(message),
      reachable: (reachable) => this.reachable(reachable),
      changed: () => this.changed(),
      snapshot: () => this.publish(this.parts!),
      hearSource: (level, source, message) => this.hearSource(level, source, message),
    });
    this.parts = parts;
    await this.recover(parts);
    await this.openSources(parts);
    await this.takeUpGoal(parts);
    this.run(parts);
  }

  /** Ends the run in order, tells the database, lets the detector go. */
  async stop(): Promise<void> {
    this.stopped.abort();
    const { parts } = this;
    if (parts === undefined) return;
    parts.reader.stop();
    await parts.reconciler.shutDown({ outcome: 'interrupted', reason: 'stopped with the server' });
    await parts.commands.shutDown();
    await parts.packing.stop();
    for (const timer of this.timers) clearInterval(timer);
    parts.monitor.stop();
    parts.lamps.close();
    await parts.writer.saveLast(this.publish(parts));
    if (!(await parts.queue.flush(flushMs))) {
      this.log.error(
        `${parts.queue.waiting} reports did not reach the database; the next start takes them from the spool.`,
      );
    }
    parts.queue.stop();
    await parts.machine.close().catch((error: unknown) => this.log.error('sources did not close', error));
    await parts.keeper
      .release()
      .catch((error: unknown) => this.log.warn('the lease was not released', error));
    await parts.bus.close();
  }

  private async recover({ detector, reports, queue, packing, watch }: DetectorParts): Promise<void> {
    for (const id of await this.repositories.intents.leftBehind(detector.id)) {
      reports.abandonIntent(id, 'The acquisition process was started anew before this was done.');
    }
    const { version: goalVersion } = await this.repositories.detectors.goal(detector.id);
    const lastReport = await this.repositories.detectors.lastReport(detector.id);
    const storeFolder = this.storeFolder();
    watch.adopt(await this.repositories.alarms.openOf(detector.id, watchedCodes));
    const interrupted = (number: number, reason: string): void => watch.runInterrupted(number, reason);
    for (const run of await this.repositories.runs.unfinished(detector.id)) {
      const left = recoverRun(run, { storeFolder, reports, lastReport, goalVersion, interrupted });
      if (left !== undefined) packing.add(left);
    }
    await queue.flush(flushMs);
  }

  /** A run is never begun again by itself; a preparation that is wanted is. */
  private async takeUpGoal({ detector, reports, reconciler }: DetectorParts): Promise<void> {
    const { version, ...goal } = await this.repositories.detectors.goal(detector.id);
    const asked = await this.repositories.intents.pending(detector.id);
    if (goal.state === 'RUN' && asked.length === 0) reports.settleGoal(version, idleGoal);
    reconciler.resume(goal.state === 'READY' ? goal : idleGoal, version);
  }

  private run(parts: DetectorParts): void {
    const { detector, machine, monitor, watch, lamps, reader, writer } = parts;
    monitor.start();
    const every = (ms: number, task: () => void): void => void this.timers.push(setInterval(task, ms));
    every(limitsMs, () => machine.checkLimits());
    every(lampsMs, () => lamps.look(performance.now()));
    every(reportMs, () => writer.save(this.publish(parts)));
    every(pollMs, () => reader.wake());
    every(resultsMs, () => void this.lookAtResults(parts));
    every(reopenMs, () => void this.openSources(parts));
    every(watchMs, () => {
      void this.lookAtDisk().then(() => this.guard('alarms', () => watch.look(this.disk)));
      if (machine.position.phase === 'taking') watch.diskFailed(undefined);
    });
    this.watchClock(parts);
    this.notifications.subscribe('intents', (payload) => {
      if (payload === null || payload === detector.id) reader.wake();
    });
    void this.lookAtDisk().then(() => writer.save(this.publish(parts)));
  }

  /** Sources that are not open are tried again, and a new configuration is taken up, as long as nothing is going on. */
  private async openSources({ detector, machine }: DetectorParts): Promise<void> {
    if (machine.position.state !== 'STOP' || machine.position.phase !== 'idle') return;
    try {
      const configuration = await this.repositories.detectors.configuration(detector, undefined);
      for (const failure of await machine.openIdle(configuration))
        this.log.warn(`source not open: ${failure}`);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.warn(error instanceof Error ? error.message : String(error));
    }
  }

  /** Files of consumers are listed while they grow. */
  private async lookAtResults({ machine, results }: DetectorParts): Promise<void> {
    const { run, configuration } = machine;
    if (run === undefined || configuration === undefined || this.databaseAway) return;
    try {
      await results.look({ ...run, configurationHash: configuration.hash });
    } catch (error) {
      this.log.error('files of consumers could not be looked at', error);
    }
  }

  /** What only watches must never end a run by a fault of its own. */
  private guard(what: string, task: () => void): void {
    try {
      task();
    } catch (error) {
      this.log.error(`${what} failed`, error);
    }
  }

  private changed(): void {
    if (this.parts !== undefined) this.publish(this.parts);
  }

  private publish(parts: DetectorParts): ReturnType<typeof buildReport> {
    const report = buildReport({
      detector: parts.detector.name,
      lease: parts.lease,
      machine: parts.machine,
      reconciler: parts.reconciler,
      disk: this.disk,
      bytesPerSecond: parts.monitor.bytesPerSecond,
      packing: parts.packing.current,
      databaseAway: this.databaseAway,
    });
    parts.bus.publish({
      key: acquisitionReportKey(parts.detector.name),
      topic: acquisitionReportTopic,
      header: report,
      payload: new Uint8Array(0),
      dataAtMs: Date.now(),
    });
    return report;
  }

  private watchClock({ reports, machine }: DetectorParts): void {
    const clock = new ClockModel(systemClock.anchor());
    this.timers.push(
      setInterval(() => {
        const { step } = clock.add(systemClock.anchor());
        if (step === undefined) return;
        const text = `The clock of this machine was set by ${(Number(step.byNs) / 1e9).toFixed(3)} s`;
        reports.log('warning', text, machine.run?.id ?? null);
      }, anchorMs),
    );
  }

  private async lookAtDisk(): Promise<void> {
    try {
      const { bavail, bsize, blocks } = await statfs(this.storeFolder());
      this.disk = { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch (error) {
      this.log.warn('the disk cannot be looked at', error);
    }
  }

  private hearSource(level: 'debug' | 'info' | 'warn' | 'error', source: string, message: string): void {
    const text = source === '' ? message : `${source}: ${message}`;
    this.log[level === 'info' ? 'log' : level](text);
    const { parts } = this;
    if (parts === undefined || level === 'debug') return;
    parts.reports.log(level === 'warn' ? 'warning' : level, text, parts.machine.run?.id ?? null);
  }

  private reachable(reachable: boolean): void {
    if (this.databaseAway === !reachable) return;
    this.databaseAway = !reachable;
    if (reachable) this.log.log('the database is back');
    else this.log.warn('the database is away; data taking goes on, reports wait');
  }

  private lost(message: string): void {
    this.log.fatal(message);
    this.exitAfterRun(message);
  }

  private exitAfterRun(reason: string): void {
    const { parts } = this;
    const ended = parts?.reconciler.shutDown({ outcome: 'interrupted', reason }) ?? Promise.resolve();
    void ended.finally(() => this.onFatal(reason));
  }

  private storeFolder(): string {
    return this.config.stores['data'] ?? join(this.config.dataFolder, 'files');
  }
}
