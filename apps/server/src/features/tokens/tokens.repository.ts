import type { Grant } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { PrismaService } from '../../platform/database/prisma.service.js';

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly user: { readonly name: string };
  readonly grants: unknown;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
interface NewToken {
  readonly name: string;
  readonly userId: string;
  readonly grants: readonly Grant[];
  readonly secretHash: string;
  readonly expiresAt: Date;
}

const include = { user: { select: { name: true } } } as const;

@Injectable()
export class TokensRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  /** Newest first: ids grow with time. */
  list(userId: string | undefined, below: string | undefined, take: number): Promise<TokenRow[]> {
    return this.prisma.apiToken.findMany({
      where: {
        ...(userId === undefined ? {} : { userId }),
        ...(below === undefined ? {} : { id: { lt: below } }),
      },
      orderBy: { id: 'desc' },
      take,
      include,
    });
  }

  find(id: string): Promise<TokenRow | null> {
    return this.prisma.apiToken.findUnique({ where: { id }, include });
  }

  create({ grants, ...token }: NewToken): Promise<TokenRow> {
    return this.prisma.apiToken.create({
      data: { ...token, grants: grants.map((grant) => ({ ...grant })) },
      include,
    });
  }

  async revoke(id: string): Promise<void> {
    await this.prisma.$transaction(async (transaction) => {
      await transaction.apiToken.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      await this.notifications.notify('sessions', id, transaction);
    });
  }
}
