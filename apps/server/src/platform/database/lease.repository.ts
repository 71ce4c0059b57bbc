import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { type DatabaseClient, PrismaService } from './prisma.service.js';

/** Ownership of a named thing by one process instance. A later owner always has a larger token. */
export interface Lease {
  readonly name: string;
  readonly instanceId: string;
  readonly token: bigint;
}

export interface LeaseHolder {
  readonly instanceId: string;
  readonly host: string;
  readonly expiresAt: Date;
}

/** Leases in the database, measured with the database's clock alone. */
@Injectable()
export class LeaseRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Takes the lease when it is free, has run out, or is this instance's own already; undefined otherwise. */
  async acquire(name: string, instanceId: string, durationMs: number): Promise<Lease | undefined> {
    const rows = await this.prisma.$queryRaw<{ token: bigint }[]>`
      INSERT INTO lease AS held (name, instance_id, token, host, expires_at)
      VALUES (${name}, ${instanceId}, 1, ${hostname()}, clock_timestamp() + ${durationMs} * interval '1 millisecond')
      ON CONFLICT (name) DO UPDATE
        SET instance_id = excluded.instance_id, token = held.token + 1,
            host = excluded.host, expires_at = excluded.expires_at
        WHERE held.expires_at <= clock_timestamp() OR held.instance_id = excluded.instance_id
      RETURNING token`;
    const token = rows[0]?.token;
    return token === undefined ? undefined : { name, instanceId, token };
  }

  /** False when another instance has taken it since. One that ran out unnoticed by anybody is renewed. */
  async renew(lease: Lease, durationMs: number): Promise<boolean> {
    const changed = await this.prisma.$executeRaw`
      UPDATE lease SET expires_at = clock_timestamp() + ${durationMs} * interval '1 millisecond'
      WHERE name = ${lease.name} AND token = ${lease.token}`;
    return changed === 1;
  }

  /** The row stays, so that tokens go on growing. */
  async release(lease: Lease): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE lease SET expires_at = clock_timestamp() WHERE name = ${lease.name} AND token = ${lease.token}`;
  }

  /** Lets a lease run out whose owner is known to be dead; nothing happens when another has it by now. */
  async expire(name: string, instanceId: string): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE lease SET expires_at = clock_timestamp() WHERE name = ${name} AND instance_id = ${instanceId}`;
  }

  /** Locks the lease's row in the caller's transaction; false means that the write must not happen. */
  async isStillHeld(lease: Lease, transaction: DatabaseClient): Promise<boolean> {
    const rows = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM lease WHERE name = ${lease.name} AND token = ${lease.token} FOR SHARE`;
    return rows.length === 1;
  }

  async holder(name: string): Promise<LeaseHolder | undefined> {
    const row = await this.prisma.lease.findUnique({ where: { name } });
    return row === null
      ? undefined
      : { instanceId: row.instanceId, host: row.host, expiresAt: row.expiresAt };
  }
}
