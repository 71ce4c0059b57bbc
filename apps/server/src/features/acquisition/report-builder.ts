import type { AcquisitionReport } from '@countroom/contracts';
import { encodeTotals } from '@countroom/run-model';
import type { Lease } from '../../platform/database/lease.repository.js';
import type { DiskSpace } from './alarm-watch.js';
import type { DetectorMachine } from './machine/detector-machine.js';
import type { Reconciler } from './reconcile/reconciler.js';

export interface ReportParts {
  readonly detector: string;
  readonly lease: Lease;
  readonly machine: DetectorMachine;
  readonly reconciler: Reconciler;
  readonly disk: DiskSpace | undefined;
  readonly bytesPerSecond: number;
  readonly packing: number | undefined;
  readonly databaseAway: boolean;
}

export function buildReport(parts: ReportParts): AcquisitionReport {
  const { machine, reconciler, disk, bytesPerSecond } = parts;
  const { run, position } = machine;
  const together = machine.conjunction();
  const notes = [
    together.message,
    tellsAlready(reconciler.lastFailure, machine) ? '' : reconciler.lastFailure,
    parts.databaseAway ? 'the database is away; reports wait' : '',
    parts.packing === undefined ? '' : `packing run ${parts.packing}`,
  ];
  return {
    detector: parts.detector,
    instance: parts.lease.instanceId,
    leaseToken: parts.lease.token.toString(),
    goalVersion: reconciler.goalVersion,
    at: new Date().toISOString(),
    state: position.state,
    phase: position.phase,
    health: together.health === 'ok' && parts.databaseAway ? 'degraded' : together.health,
    message: notes.filter((note) => note !== '').join('; '),
    run:
      run === undefined
        ? null
        : {
            id: run.id,
            number: run.number,
            startedAt: new Date(Number(run.startedNs / 1_000_000n)).toISOString(),
            limits: run.limits,
            mode: run.mode,
          },
    counters: encodeTotals(machine.totals()),
    sources: machine.slots.map((slot) => slot.report(run !== undefined)),
    disk:
      disk === undefined
        ? null
        : { ...disk, secondsLeft: bytesPerSecond > 0 ? Math.round(disk.freeBytes / bytesPerSecond) : null },
  };
}

/** What keeps a source from working is told once. */
function tellsAlready(failure: string, { slots }: Pick<DetectorMachine, 'slots'>): boolean {
  return slots.some((slot) => {
    const { message } = slot.position();
    return message !== '' && failure.includes(message);
  });
}
