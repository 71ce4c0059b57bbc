import { Injectable } from '@nestjs/common';
import { type Lease, LeaseRepository } from '../../../platform/database/lease.repository.js';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';

/** Another process owns the detector now: nothing may be written in its name any more. */
export class LeaseLostError extends Error {
  constructor(lease: Lease) {
    super(`Another acquisition process has taken ${lease.name}; this one (${lease.instanceId}) must stop.`);
  }
}

/** Ten times what is usual, for a machine that is busy with data. */
const patience = { maxWait: 20_000, timeout: 50_000 };

/** Writes that happen only while the lease is held, all or none of each. */
@Injectable()
export class FencedWritesRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly leases: LeaseRepository,
  ) {}

  async write<T>(lease: Lease, work: (transaction: DatabaseClient) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(async (transaction) => {
      if (!(await this.leases.isStillHeld(lease, transaction))) throw new LeaseLostError(lease);
      return work(transaction);
    }, patience);
  }
}
