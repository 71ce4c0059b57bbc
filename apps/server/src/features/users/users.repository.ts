import { AppError, type Role } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';

export interface GrantRow {
  readonly role: Role;
  readonly detectorId: string | null;
}
export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly grants: readonly { readonly role: Role; readonly detector: { readonly name: string } | null }[];
}
interface UserChange {
  readonly fullName: string | undefined;
  readonly disabled: boolean | undefined;
  readonly grants: readonly GrantRow[] | undefined;
  readonly passwordHash: string | undefined;
}

const include = {
  grants: { include: { detector: { select: { name: true } } }, orderBy: { role: 'desc' } },
} as const;
const administrator = {
  disabled: false,
  grants: { some: { role: 'administrator', detectorId: null } },
} as const;
/** Makes changes of who is administrator wait for each other. */
const administratorsLock = 0x61646d69;

@Injectable()
export class UsersRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  list(after: string | undefined, take: number): Promise<UserRow[]> {
    return this.prisma.user.findMany({
      where: after === undefined ? {} : { name: { gt: after } },
      orderBy: { name: 'asc' },
      take,
      include,
    });
  }

  find(id: string): Promise<UserRow | null> {
    return this.prisma.user.findUnique({ where: { id }, include });
  }

  async nameIsTaken(name: string): Promise<boolean> {
    const where = { name: { equals: name, mode: 'insensitive' } } as const;
    return (await this.prisma.user.findFirst({ where, select: { id: true } })) !== null;
  }

  async detectorIds(names: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.prisma.detector.findMany({ where: { name: { in: [...names] } } });
    return new Map(rows.map((row) => [row.name, row.id]));
  }

  create(user: {
    name: string;
    fullName: string;
    passwordHash: string;
    grants: readonly GrantRow[];
  }): Promise<UserRow> {
    const { grants, ...data } = user;
    return this.prisma.user.create({ data: { ...data, grants: { create: [...grants] } }, include });
  }

  /** Throws `conflict.state`, with nothing changed, when it would leave no administrator. Sessions follow the change. */
  async update(id: string, change: UserChange): Promise<UserRow> {
    const { grants, ...fields } = change;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    return this.prisma.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${administratorsLock})`;
      if (grants !== undefined) await transaction.grant.deleteMany({ where: { userId: id } });
      const user = await transaction.user.update({
        where: { id },
        data: { ...given, ...(grants === undefined ? {} : { grants: { create: [...grants] } }) },
        include,
      });
      if ((await transaction.user.count({ where: administrator })) === 0) throw lastAdministrator(user.name);
      await this.followSessions(id, change, transaction);
      return user;
    });
  }

  /** A new password or a disabled user ends every session; new grants make open sockets connect anew. */
  private async followSessions(id: string, change: UserChange, client: DatabaseClient): Promise<void> {
    if (change.disabled === true || change.passwordHash !== undefined) {
      await client.session.updateMany({
        where: { userId: id, endedAt: null },
        data: { endedAt: new Date() },
      });
    }
    await this.notifications.notify('sessions', id, client);
  }
}

function lastAdministrator(name: string): AppError {
  return new AppError(
    'conflict.state',
    `${name} is the last administrator; make somebody else administrator first.`,
  );
}
