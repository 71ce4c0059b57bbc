import { Injectable } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { PrismaService } from '../../platform/database/prisma.service.js';

export interface LoginUser {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
}

interface NewSession {
  readonly userId: string;
  readonly address: string;
  readonly secretHash: string;
  readonly csrfHash: string;
  readonly expiresAt: Date;
}

/** Any number that no other lock uses: makes set-ups wait for each other. */
const setupLock = 0x73657475;
const administrator = {
  disabled: false,
  grants: { some: { role: 'administrator', detectorId: null } },
} as const;

@Injectable()
export class AuthRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  findByName(name: string): Promise<LoginUser | null> {
    return this.prisma.user.findUnique({
      where: { name },
      select: { id: true, name: true, passwordHash: true, disabled: true },
    });
  }

  async hasAdministrator(): Promise<boolean> {
    return (await this.prisma.user.findFirst({ where: administrator, select: { id: true } })) !== null;
  }

  async addSession(session: NewSession): Promise<void> {
    await this.prisma.session.create({ data: session });
    await this.prisma.session.deleteMany({
      where: { userId: session.userId, OR: [{ expiresAt: { lt: new Date() } }, { endedAt: { not: null } }] },
    });
  }

  async endSession(id: string): Promise<void> {
    await this.prisma.$transaction(async (transaction) => {
      await transaction.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } });
      await this.notifications.notify('sessions', id, transaction);
    });
  }

  async storeHash(userId: string, passwordHash: string): Promise<void> {
    await this.prisma.user.update({ where: { id: userId }, data: { passwordHash } });
  }

  /** Ends every other session of the person: a stolen one must not outlive a new password. */
  async setPassword(userId: string, passwordHash: string, keepSession: string): Promise<void> {
    await this.prisma.$transaction(async (transaction) => {
      await transaction.user.update({ where: { id: userId }, data: { passwordHash } });
      const others = await transaction.session.updateManyAndReturn({
        where: { userId, endedAt: null, id: { not: keepSession } },
        data: { endedAt: new Date() },
        select: { id: true },
      });
      for (const { id } of others) await this.notifications.notify('sessions', id, transaction);
    });
  }

  /** Replaces tokens given out before. */
  async addSetupToken(secretHash: string, expiresAt: Date): Promise<void> {
    await this.prisma.$transaction([
      this.prisma.setupToken.deleteMany({ where: { usedAt: null } }),
      this.prisma.setupToken.create({ data: { secretHash, expiresAt } }),
    ]);
  }

  /** Uses the token up and creates the administrator, or does neither: null when the token does not hold. */
  async createAdministrator(
    secretHash: string,
    user: { name: string; passwordHash: string },
  ): Promise<string | null> {
    return this.prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${setupLock})`;
      if ((await transaction.user.findFirst({ where: administrator })) !== null) return null;
      const { count } = await transaction.setupToken.updateMany({
        where: { secretHash, usedAt: null, expiresAt: { gt: new Date() } },
        data: { usedAt: new Date() },
      });
      if (count === 0) return null;
      const { id } = await transaction.user.create({
        data: { ...user, grants: { create: { role: 'administrator' } } },
      });
      return id;
    });
  }

  /** Counts an attempt for each subject before it is made, so that many at once cannot slip through. */
  async addAttempts(
    subjects: readonly string[],
    since: Date,
  ): Promise<{ ids: bigint[]; counts: Map<string, number> }> {
    const rows = await this.prisma.loginAttempt.createManyAndReturn({
      data: subjects.map((subject) => ({ subject })),
      select: { id: true },
    });
    const grouped = await this.prisma.loginAttempt.groupBy({
      by: ['subject'],
      where: { subject: { in: [...subjects] }, at: { gt: since } },
      _count: true,
    });
    return {
      ids: rows.map((row) => row.id),
      counts: new Map(grouped.map((group) => [group.subject, group._count])),
    };
  }

  async removeAttempts(ids: readonly bigint[]): Promise<void> {
    await this.prisma.loginAttempt.deleteMany({ where: { id: { in: [...ids] } } });
  }

  async removeAttemptsOf(subject: string): Promise<void> {
    await this.prisma.loginAttempt.deleteMany({ where: { subject } });
  }

  async removeAttemptsBefore(moment: Date): Promise<void> {
    await this.prisma.loginAttempt.deleteMany({ where: { at: { lt: moment } } });
  }
}
