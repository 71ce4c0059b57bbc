import { type AcquisitionReport, detectorConfiguration, runState } from '@countroom/contracts';
import type { Goal } from '@countroom/run-model';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import type { DatabaseClient } from '../../../platform/database/prisma.service.js';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import type { StoredConfiguration } from '../machine/machine-environment.js';

export interface OwnedDetector {
  readonly id: string;
  readonly name: string;
}

@Injectable()
export class AcquisitionDetectorsRepository {
  constructor(private readonly prisma: PrismaService) {}

  async find(name: string): Promise<(OwnedDetector & { readonly kind: string }) | undefined> {
    const row = await this.prisma.detector.findUnique({
      where: { name },
      select: { id: true, name: true, kind: true },
    });
    return row ?? undefined;
  }

  /** The configuration of a mode (its newest version), or the active one. Throws with the way out when there is none. */
  async configuration(detector: OwnedDetector, mode: string | undefined): Promise<StoredConfiguration> {
    const { configurationVersion: active } = await this.prisma.detector.findUniqueOrThrow({
      where: { id: detector.id },
      select: { configurationVersion: { include: { configuration: true } } },
    });
    const row =
      mode === undefined || mode === active?.configuration.name
        ? active
        : await this.prisma.configurationVersion.findFirst({
            where: { configuration: { kind: 'detector', name: mode, detectorId: detector.id } },
            include: { configuration: true },
            orderBy: { version: 'desc' },
          });
    if (row === null) {
      throw new Error(
        mode === undefined
          ? `Detector ${detector.name} has no active configuration; choose one on the configurations page.`
          : `Detector ${detector.name} has no configuration named ${mode}.`,
      );
    }
    const parsed = detectorConfiguration.safeParse(row.content);
    if (!parsed.success) {
      const faults = parsed.error.issues
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ');
      throw new Error(
        `Configuration ${row.configuration.name} version ${row.version} cannot be used: ${faults}`,
      );
    }
    const { id, version, hash, configuration } = row;
    return { versionId: id, name: configuration.name, version, hash, content: parsed.data };
  }

  async goal(detectorId: string): Promise<Goal & { readonly version: number }> {
    const row = await this.prisma.detectorGoal.findUnique({ where: { detectorId } });
    if (row === null) return { state: 'STOP', paused: false, version: 0 };
    return { state: runState.parse(row.state), paused: row.paused, version: row.version };
  }

  /** Makes the goal what acquisition holds it for, unless somebody has asked for something newer. */
  async settleGoal(tx: DatabaseClient, detectorId: string, seenVersion: number, goal: Goal): Promise<void> {
    const { state, paused } = goal;
    await tx.detectorGoal.updateMany({
      where: { detectorId, version: { lte: seenVersion }, NOT: { state, paused } },
      data: { state, paused, by: 'acquisition', version: { increment: 1 }, since: new Date() },
    });
  }

  async saveActual(tx: DatabaseClient, detectorId: string, report: AcquisitionReport): Promise<void> {
    const fields = {
      state: report.state,
      phase: report.phase,
      health: report.health,
      message: report.message,
      runId: report.run?.id ?? null,
      status: report as unknown as Prisma.InputJsonValue,
      leaseToken: BigInt(report.leaseToken),
      reportedAt: new Date(report.at),
    };
    // Reports overtake each other on their two ways; an older one must not undo a newer.
    const { count } = await tx.detectorActual.updateMany({
      where: {
        detectorId,
        OR: [{ reportedAt: { lte: fields.reportedAt } }, { leaseToken: { lt: fields.leaseToken } }],
      },
      data: fields,
    });
    if (count === 0)
      await tx.detectorActual.createMany({ data: [{ detectorId, ...fields }], skipDuplicates: true });
  }

  async lastReport(detectorId: string): Promise<AcquisitionReport | undefined> {
    const row = await this.prisma.detectorActual.findUnique({
      where: { detectorId },
      select: { status: true },
    });
    return row === null ? undefined : (row.status as unknown as AcquisitionReport);
  }

  async addLog(
    tx: DatabaseClient,
    line: {
      readonly detectorId: string;
      readonly runId: string | null;
      readonly level: string;
      readonly text: string;
      readonly at: Date;
    },
  ): Promise<void> {
    const row = await tx.logEntry.create({ data: { ...line, origin: 'system', author: 'acquisition' } });
    await tx.$executeRaw`SELECT pg_notify('run_log', ${row.id.toString()})`;
  }

  async notifyChanged(tx: DatabaseClient, detectorId: string): Promise<void> {
    await tx.$executeRaw`SELECT pg_notify('detectors', ${detectorId})`;
  }
}
