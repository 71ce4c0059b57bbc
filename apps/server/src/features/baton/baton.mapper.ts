import type { BatonStatus } from '@countroom/contracts';
import { type BatonRow, isFree } from './baton.rules.js';

export function toBatonStatus(row: BatonRow, askedBy: string | null, now = new Date()): BatonStatus {
  const { holderId, holderName, token } = row;
  if (holderId === null || isFree(row, now)) {
    return { holder: null, note: '', since: null, expiresAt: null, token: token.toString(), mine: false };
  }
  return {
    holder: { id: holderId, name: holderName ?? '' },
    note: row.note,
    since: row.since?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    token: token.toString(),
    mine: holderId === askedBy,
  };
}
