import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type BusPublisher, localAddress, openPublisher, readBusKeys } from '@countroom/bus';
import { AppError, acquisitionReportKey, acquisitionReportTopic } from '@countroom/contracts';
import { startSource, startSpool, systemClock } from '@countroom/drivers';
import { ClockModel, idleGoal } from '@countroom/run-model';
import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { isDatabaseAway } from '../../platform/database/database-errors.js';
import { type Lease, LeaseRepository } from '../../platform/database/lease.repository.js';
import { LeaseKeeper } from '../../platform/database/lease-keeper.js';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { AlarmWatch, type DiskSpace, watchedCodes } from './alarm-watch.js';
import { DetectorMachine } from './machine/detector-machine.js';
import { LiveMonitor } from './monitor/live-monitor.js';
import { leaseDurationMs, newInstanceId, takeOwnership } from './ownership.js';
import { IntentReader } from './reconcile/intent-reader.js';
import { Reconciler } from './reconcile/reconciler.js';
import { SourceCommands } from './reconcile/source-commands.js';
import { Packing } from './recovery/packing.js';
import { recoverRun } from './recovery/run-recovery.js';
import { buildReport } from './report-builder.js';
import type { OwnedDetector } from './store/acquisition-detectors.repository.js';
import { AcquisitionRepositories } from './store/acquisition-repositories.js';
import { ReportQueue } from './store/report-queue.js';
import { Reports } from './store/reports.js';
import { StateWriter } from './store/state-writer.js';

const limitsMs = 50;
const reportMs = 500;
const watchMs = 1000;
const pollMs = 2000;
const anchorMs = 10_000;
const reopenMs = 5000;
const flushMs = 10_000;

interface Parts {
  readonly detector: OwnedDetector;
  readonly lease: Lease;
  readonly keeper: LeaseKeeper;
  readonly bus: BusPublisher;
  readonly queue: ReportQueue;
  readonly reports: Reports;
  readonly machine: DetectorMachine;
  readonly reconciler: Reconciler;
  readonly commands: SourceCommands;
  readonly reader: IntentReader;
  readonly writer: StateWriter;
  readonly packing: Packing;
  readonly monitor: LiveMonitor;
  readonly watch: AlarmWatch;
}

/** One detector, from owning it to letting it go. */
@Injectable()
export class AcquisitionService {
  private readonly log = new Logger(AcquisitionService.name);
  private readonly stopped = new AbortController();
  private parts: Parts | undefined;
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
    const parts = await this.assemble(detector, lease);
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
    await parts.reconciler.shutDown({ outcome: 'interrupted', reason: 'stopped with the server' });
    await parts.commands.shutDown();
    await parts.packing.stop();
    for (const timer of this.timers) clearInterval(timer);
    parts.monitor.stop();
    parts.reader.stop();
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

  private async assemble(detector: OwnedDetector, lease: Lease): Promise<Parts> {
    const storeFolder = this.storeFolder();
    mkdirSync(storeFolder, { recursive: true });
    const queue = new ReportQueue({
      write: async (work) => this.repositories.fenced.write(lease, work),
      onLost: (error) => this.lost(error.message),
      onDropped: (what, error) => this.log.error(`could not store: ${what}`, error),
      onReachable: (reachable) => this.reachable(reachable),
    });
    const keeper = new LeaseKeeper(this.leases, lease, {
      durationMs: leaseDurationMs,
      onLost: () => this.lost(`Another process has taken detector ${detector.name}.`),
      onError: (error) => this.log.debug('the lease could not be renewed', error),
    });
    const bus = await openPublisher({
      addresses: [localAddress(this.config.bus.folder, detector.name), ...optional(this.config.bus.listen)],
      ...(this.config.bus.keyFile === undefined ? {} : { keys: readBusKeys(this.config.bus.keyFile) }),
    });
    const reports = new Reports(detector, lease, this.repositories, queue, () => this.publish(this.parts!));
    const machine = new DetectorMachine({
      detector: detector.name,
      spoolRoot: storeFolder,
      minimumFreeBytes: this.config.diskReserveBytes,
      environment: {
        startSource,
        startSpool,
        monotonicMs: () => performance.now(),
        monotonicNs: () => systemClock.monotonicNs(),
        epochNs: () => systemClock.epochNs(),
      },
      events: {
        changed: () => this.changed(),
        mustEnd: (end, trouble) => {
          if (trouble?.kind === 'disk-failed') watch.diskFailed(trouble.message);
          reconciler.requestEnd(end);
        },
        mustExit: (message) => this.exitAfterRun(message),
        log: (level, source, message) => this.hearSource(level, source, message),
      },
    });
    const watch = new AlarmWatch(machine, reports, () =>
      Math.max(this.config.diskReserveBytes, machine.configuration?.content.spool.minimumFreeBytes ?? 0),
    );
    const packing = new Packing(detector.name, storeFolder, reports);
    const reconciler = new Reconciler({
      machine,
      reports,
      store: {
        configuration: async (mode) => this.repositories.detectors.configuration(detector, mode),
        createRun: async (run) =>
          this.repositories.fenced.write(lease, async (tx) =>
            this.repositories.runs.create(tx, { ...run, detectorId: detector.id }, detector.name),
          ),
      },
      runClosed: ({ run, totals, settled, outcome }) => {
        if (!settled) {
          reports.log('warning', `Run ${run.number} is packed when acquisition starts anew`, run.id);
          return;
        }
        packing.add({
          id: run.id,
          number: run.number,
          spoolPath: run.folder,
          configurationHash: machine.configuration?.hash ?? '',
          // What a failing disk had taken beyond its last sync is in the file all the same.
          durable: outcome === 'failed' ? undefined : totals.durable,
        });
      },
      changed: () => this.changed(),
    });
    const commands = new SourceCommands(machine, reports);
    const monitor = new LiveMonitor(detector.name, machine, bus, (error) =>
      this.log.error('the live display failed', error),
    );
    const reader = new IntentReader({
      detector,
      lease,
      intents: this.repositories.intents,
      reconciler,
      commands,
      onError: (error) => {
        if (!isDatabaseAway(error)) this.log.error('commands could not be read', error);
      },
    });
    const writer = new StateWriter({
      repositories: this.repositories,
      lease,
      detectorId: detector.id,
      onReachable: (reachable) => this.reachable(reachable),
      onError: (error) => this.log.error('the state could not be stored', error),
    });
    const working = { reconciler, commands, reader, writer, packing, monitor, watch };
    return { detector, lease, keeper, bus, queue, reports, machine, ...working };
  }

  private async recover({ detector, reports, queue, packing, watch }: Parts): Promise<void> {
    for (const id of await this.repositories.intents.leftBehind(detector.id)) {
      reports.abandonIntent(id, 'The acquisition process was started anew before this was done.');
    }
    const { version: goalVersion } = await this.repositories.detectors.goal(detector.id);
    const lastReport = await this.repositories.detectors.lastReport(detector.id);
    const storeFolder = this.storeFolder();
    for (const run of await this.repositories.runs.unfinished(detector.id)) {
      const left = recoverRun(run, { storeFolder, reports, lastReport, goalVersion });
      if (left !== undefined) packing.add(left);
    }
    watch.adopt(await this.repositories.alarms.openOf(detector.id, watchedCodes));
    await queue.flush(flushMs);
  }

  /** A run is never begun again by itself; a preparation that is wanted is. */
  private async takeUpGoal({ detector, reports, reconciler }: Parts): Promise<void> {
    const { version, ...goal } = await this.repositories.detectors.goal(detector.id);
    if (goal.state === 'RUN') reports.settleGoal(version, idleGoal);
    reconciler.resume(goal.state === 'READY' ? goal : idleGoal, version);
  }

  private run(parts: Parts): void {
    const { detector, machine, monitor, watch, reader, writer } = parts;
    monitor.start();
    const every = (ms: number, task: () => void): void => void this.timers.push(setInterval(task, ms));
    every(limitsMs, () => machine.checkLimits());
    every(reportMs, () => writer.save(this.publish(parts)));
    every(pollMs, () => reader.wake());
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
  private async openSources({ detector, machine }: Parts): Promise<void> {
    if (machine.position.state !== 'STOP' || machine.position.phase !== 'idle') return;
    try {
      const configuration = await this.repositories.detectors.configuration(detector, undefined);
      for (const failure of await machine.openIdle(configuration))
        this.log.warn(`source not open: ${failure}`);
    } catch (error) {
      if (!isDatabaseAway(error)) this.log.warn(error instanceof Error ? error.message : String(error));
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

  private publish(parts: Parts): ReturnType<typeof buildReport> {
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

  private watchClock({ reports, machine }: Parts): void {
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

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
