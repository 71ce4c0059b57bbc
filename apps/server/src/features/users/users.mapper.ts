import type { User } from '@countroom/contracts';
import type { UserRow } from './users.repository.js';

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    fullName: row.fullName,
    disabled: row.disabled,
    grants: row.grants.map(({ role, detector }) => ({ role, detector: detector?.name ?? null })),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}
