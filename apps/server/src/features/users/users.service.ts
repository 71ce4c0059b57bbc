import { AppError, type endpoints, type Grant, type InputOf, type User } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { hashPassword } from '../../platform/auth/password.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { decodeCursor, type Page, toPage } from '../../platform/http/cursor.js';
import { toUser } from './users.mapper.js';
import { type GrantRow, UsersRepository } from './users.repository.js';

type Auth = typeof endpoints.auth;

@Injectable()
export class UsersService {
  constructor(private readonly repository: UsersRepository) {}

  async list({ cursor, limit }: InputOf<Auth['listUsers']>['query']): Promise<Page<User>> {
    const after = cursor === undefined ? undefined : decodeCursor(z.string(), cursor);
    const rows = await this.repository.list(after, limit + 1);
    return toPage(rows, limit, toUser, (row) => row.name);
  }

  async create(body: InputOf<Auth['createUser']>['body']): Promise<User> {
    const { name, fullName, grants } = body;
    noteAudit({ target: `user ${name}`, after: { name, fullName, grants } });
    const rows = await this.grantRows(grants);
    if (await this.repository.nameIsTaken(name)) {
      throw new AppError('conflict.exists', `There is a user named ${name} already; choose another name.`);
    }
    const passwordHash = await hashPassword(body.password);
    return toUser(await this.repository.create({ name, fullName, passwordHash, grants: rows }));
  }

  async update(id: string, body: InputOf<Auth['updateUser']>['body']): Promise<User> {
    const before = await this.repository.find(id);
    if (before === null) throw new AppError('not-found', `There is no user ${id}.`);
    noteAudit({ target: `user ${before.name}`, before: toUser(before) });
    const changed = await this.repository.update(id, {
      fullName: body.fullName,
      disabled: body.disabled,
      grants: body.grants === undefined ? undefined : await this.grantRows(body.grants),
      passwordHash: body.password === undefined ? undefined : await hashPassword(body.password),
    });
    noteAudit({ after: { ...toUser(changed), password: body.password } });
    return toUser(changed);
  }

  private async grantRows(grants: readonly Grant[]): Promise<GrantRow[]> {
    const names = [...new Set(grants.flatMap(({ detector }) => (detector === null ? [] : [detector])))];
    const ids = await this.repository.detectorIds(names);
    const unknown = names.filter((name) => !ids.has(name));
    if (unknown.length > 0) {
      throw new AppError('input.invalid', `There is no detector ${unknown.join(', ')}.`, {
        issues: [{ path: 'body.grants', message: `unknown detector ${unknown.join(', ')}` }],
      });
    }
    const unique = new Map(grants.map((grant) => [`${grant.role} ${grant.detector ?? ''}`, grant]));
    return [...unique.values()].map(({ role, detector }) => ({
      role,
      detectorId: detector === null ? null : (ids.get(detector) ?? null),
    }));
  }
}
