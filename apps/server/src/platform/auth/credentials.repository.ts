import { grant } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PrismaService } from '../database/prisma.service.js';
import type { Principal } from './principal.js';
import { sessionIdleMs, sessionLifetimeMs } from './session-cookie.js';

const owner = {
  include: { grants: { include: { detector: { select: { name: true } } } } },
} as const;
const touchEveryMs = 60_000;

export interface FoundSession {
  readonly principal: Principal;
  readonly csrfHash: string;
}

/** Looks sessions and API tokens up by the hash of their secret, and notes that they were used. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly prisma: PrismaService) {}

  async findSession(secretHash: string): Promise<FoundSession | null> {
    const session = await this.prisma.session.findUnique({
      where: { secretHash, endedAt: null, expiresAt: { gt: new Date() } },
      include: { user: owner },
    });
    if (session === null || session.user.disabled) return null;
    const expiresAt = await this.prolong(session);
    const principal = principalOf(session.user, 'session', session.id, expiresAt);
    return { principal, csrfHash: session.csrfHash };
  }

  async findToken(secretHash: string): Promise<Principal | null> {
    const token = await this.prisma.apiToken.findUnique({
      where: { secretHash, revokedAt: null, expiresAt: { gt: new Date() } },
      include: { user: owner },
    });
    if (token === null || token.user.disabled) return null;
    const now = Date.now();
    if (token.lastUsedAt === null || now - token.lastUsedAt.getTime() > touchEveryMs) {
      await this.prisma.apiToken.update({ where: { id: token.id }, data: { lastUsedAt: new Date(now) } });
    }
    const limits = z.array(grant).parse(token.grants);
    return { ...principalOf(token.user, 'token', token.id, token.expiresAt), limits };
  }

  /** None for somebody who is not there any more, or was disabled. */
  async grantsOf(name: string): Promise<Principal['grants']> {
    const user = await this.prisma.user.findUnique({ where: { name }, ...owner });
    if (user === null || user.disabled) return [];
    return user.grants.map(({ role, detector }) => ({ role, detector: detector?.name ?? null }));
  }

  /** Each use lets a session live on, up to its longest life; written at most once a minute. */
  private async prolong(session: {
    id: string;
    userId: string;
    createdAt: Date;
    expiresAt: Date;
  }): Promise<Date> {
    const end = Math.min(Date.now() + sessionIdleMs, session.createdAt.getTime() + sessionLifetimeMs);
    if (end - session.expiresAt.getTime() < touchEveryMs) return session.expiresAt;
    const expiresAt = new Date(end);
    await this.prisma.session.update({ where: { id: session.id }, data: { expiresAt } });
    await this.prisma.user.update({ where: { id: session.userId }, data: { lastSeenAt: new Date() } });
    return expiresAt;
  }
}

interface OwnerRow {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly grants: readonly {
    role: Principal['grants'][number]['role'];
    detector: { name: string } | null;
  }[];
}

function principalOf(
  user: OwnerRow,
  proof: Principal['proof'],
  credentialId: string,
  expiresAt: Date,
): Principal {
  return {
    userId: user.id,
    name: user.name,
    fullName: user.fullName,
    proof,
    credentialId,
    expiresAt,
    grants: user.grants.map(({ role, detector }) => ({ role, detector: detector?.name ?? null })),
    limits: null,
  };
}
