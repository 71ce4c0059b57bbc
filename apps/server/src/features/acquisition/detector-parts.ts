import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BusPublisher, localAddress, openPublisher, readBusKeys } from '@countroom/bus';
import type { AcquisitionReport } from '@countroom/contracts';
import { openStatusLamps, startSource, startSpool, systemClock } from '@countroom/drivers';
import type { Logger } from '@nestjs/common';
import type { AppConfig } from '../../platform/config/app-config.js';
import { isDatabaseAway } from '../../platform/database/database-errors.js';
import type { Lease, LeaseRepository } from '../../platform/database/lease.repository.js';
import { LeaseKeeper } from '../../platform/database/lease-keeper.js';
import { AlarmWatch } from './alarm-watch.js';
import { LampWatch } from './lamp-watch.js';
import { DetectorMachine, type MachineEvents } from './machine/detector-machine.js';
import { LiveMonitor } from './monitor/live-monitor.js';
import { leaseDurationMs } from './ownership.js';
import { IntentReader } from './reconcile/intent-reader.js';
import { Reconciler } from './reconcile/reconciler.js';
import { SourceCommands } from './reconcile/source-commands.js';
import { Packing } from './recovery/packing.js';
import { ConsumerResults } from './results/consumer-results.js';
import type { OwnedDetector } from './store/acquisition-detectors.repository.js';
import type { AcquisitionRepositories } from './store/acquisition-repositories.js';
import { ReportQueue } from './store/report-queue.js';
import { Reports } from './store/reports.js';
import { StateWriter } from './store/state-writer.js';

/** What works for one detector, from the lease to the alarms. */
export interface DetectorParts {
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
  readonly results: ConsumerResults;
  readonly monitor: LiveMonitor;
  readonly watch: AlarmWatch;
  readonly lamps: LampWatch;
}

/** What the parts need of the process that they work in. */
export interface PartsHost {
  readonly config: AppConfig;
  readonly leases: LeaseRepository;
  readonly repositories: AcquisitionRepositories;
  readonly storeFolder: string;
  readonly log: Logger;
  /** The detector belongs to another process now. */
  readonly lost: (message: string) => void;
  readonly mustExit: (message: string) => void;
  readonly reachable: (reachable: boolean) => void;
  readonly changed: () => void;
  readonly snapshot: () => AcquisitionReport;
  readonly hearSource: MachineEvents['log'];
}

/** Puts together what takes the runs of one detector; nothing works yet. */
export async function assembleParts(
  detector: OwnedDetector,
  lease: Lease,
  host: PartsHost,
): Promise<DetectorParts> {
  const { config, leases, repositories, storeFolder, log } = host;
  mkdirSync(storeFolder, { recursive: true });
  const queue = new ReportQueue({
    write: async (work) => repositories.fenced.write(lease, work),
    onLost: (error) => host.lost(error.message),
    onDropped: (what, error) => log.error(`could not store: ${what}`, error),
    onReachable: (reachable) => host.reachable(reachable),
  });
  const keeper = new LeaseKeeper(leases, lease, {
    durationMs: leaseDurationMs,
    onLost: () => host.lost(`Another process has taken detector ${detector.name}.`),
    onError: (error) => log.debug('the lease could not be renewed', error),
  });
  const bus = await openPublisher({
    addresses: [localAddress(config.bus.folder, detector.name), ...optional(config.bus.listen)],
    ...(config.bus.keyFile === undefined ? {} : { keys: readBusKeys(config.bus.keyFile) }),
  });
  const reports = new Reports(detector, lease, repositories, queue, host.snapshot);
  const machine = new DetectorMachine({
    detector: detector.name,
    spoolRoot: storeFolder,
    minimumFreeBytes: config.diskReserveBytes,
    environment: {
      startSource,
      startSpool,
      monotonicMs: () => performance.now(),
      monotonicNs: () => systemClock.monotonicNs(),
      epochNs: () => systemClock.epochNs(),
      consumers: { modules: config.consumerFolder, folder: join(storeFolder, 'analysis') },
    },
    events: {
      changed: () => host.changed(),
      mustEnd: (end, trouble) => {
        if (trouble?.kind === 'disk-failed') watch.diskFailed(trouble.message);
        reconciler.requestEnd(end);
      },
      mustExit: (message) => host.mustExit(message),
      log: (level, source, message) => host.hearSource(level, source, message),
    },
  });
  const watch = new AlarmWatch(machine, reports, () =>
    Math.max(config.diskReserveBytes, machine.configuration?.content.spool.minimumFreeBytes ?? 0),
  );
  const lamps = new LampWatch(machine, openStatusLamps, (message) => reports.log('warning', message));
  const results = new ConsumerResults(detector.name, storeFolder, reports);
  const packing = new Packing(detector.name, storeFolder, reports, results);
  const reconciler = new Reconciler({
    machine,
    reports,
    store: {
      configuration: async (mode) => repositories.detectors.configuration(detector, mode),
      createRun: async (run) =>
        repositories.fenced.write(lease, async (tx) =>
          repositories.runs.create(tx, { ...run, detectorId: detector.id }, detector.name),
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
    changed: () => host.changed(),
  });
  const commands = new SourceCommands(machine, reports);
  const monitor = new LiveMonitor(detector.name, machine, bus, (error) =>
    log.error('the live display failed', error),
  );
  const reader = new IntentReader({
    detector,
    lease,
    intents: repositories.intents,
    reconciler,
    commands,
    onError: (error) => {
      if (!isDatabaseAway(error)) log.error('commands could not be read', error);
    },
  });
  const writer = new StateWriter({
    repositories: repositories,
    lease,
    detectorId: detector.id,
    onReachable: (reachable) => host.reachable(reachable),
    onError: (error) => log.error('the state could not be stored', error),
  });
  const working = { reconciler, commands, reader, writer, packing, results, monitor, watch, lamps };
  return { detector, lease, keeper, bus, queue, reports, machine, ...working };
}

function optional<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
