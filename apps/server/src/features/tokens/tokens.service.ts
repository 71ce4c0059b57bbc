import {
  AppError,
  type endpoints,
  type Grant,
  grant,
  type InputOf,
  type ResponseOf,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { isAllowed, type Principal } from '../../platform/auth/principal.js';
import { apiTokenPrefix, hashSecret, newSecret } from '../../platform/auth/secrets.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { decodeCursor, toPage } from '../../platform/http/cursor.js';
import { type TokenRow, TokensRepository } from './tokens.repository.js';

type Auth = typeof endpoints.auth;
type Token = ResponseOf<Auth['createToken']>['token'];
const dayMs = 86_400_000;

@Injectable()
export class TokensService {
  constructor(private readonly repository: TokensRepository) {}

  async list(
    principal: Principal,
    { cursor, limit }: InputOf<Auth['listTokens']>['query'],
  ): Promise<ResponseOf<Auth['listTokens']>> {
    const below = cursor === undefined ? undefined : decodeCursor(z.uuid(), cursor);
    const owner = isAllowed(principal, 'administrator') ? undefined : principal.userId;
    const rows = await this.repository.list(owner, below, limit + 1);
    return toPage(rows, limit, toToken, (row) => row.id);
  }

  /** A token may do at most what its owner may, now and whenever it is used. */
  async create(
    principal: Principal,
    body: InputOf<Auth['createToken']>['body'],
  ): Promise<ResponseOf<Auth['createToken']>> {
    noteAudit({ target: `token ${body.name}`, after: body });
    if (principal.proof !== 'session') {
      throw new AppError(
        'auth.forbidden',
        'Only a person who logged in can make an API token; a token cannot make another.',
      );
    }
    for (const wanted of body.grants) refuseMore(principal, wanted);
    const secret = `${apiTokenPrefix}${newSecret()}`;
    const row = await this.repository.create({
      name: body.name,
      userId: principal.userId,
      grants: body.grants,
      secretHash: hashSecret(secret),
      expiresAt: new Date(Date.now() + body.days * dayMs),
    });
    return { token: toToken(row), secret };
  }

  async revoke(principal: Principal, id: string): Promise<undefined> {
    const row = await this.repository.find(id);
    const mayRevoke =
      row !== null && (row.userId === principal.userId || isAllowed(principal, 'administrator'));
    if (!mayRevoke) throw new AppError('not-found', `You have no API token ${id}.`);
    noteAudit({ target: `token ${row.name} of ${row.user.name}`, before: toToken(row), after: null });
    await this.repository.revoke(id);
    return undefined;
  }
}

function refuseMore(principal: Principal, { role, detector }: Grant): void {
  if (isAllowed(principal, role, detector)) return;
  const where = detector === null ? 'everywhere' : `for ${detector}`;
  throw new AppError('auth.forbidden', `You are not ${role} ${where} yourself, so your API token cannot be.`);
}

function toToken(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    owner: row.user.name,
    grants: z.array(grant).parse(row.grants),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
