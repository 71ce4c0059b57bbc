import { type AuditEntry, auditEntry, type endpoints, type InputOf, int64Text } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { AuditRepository, type AuditRow } from '../../platform/auth/audit.repository.js';
import { decodeCursor, type Page, toPage } from '../../platform/http/cursor.js';

@Injectable()
export class AuditService {
  constructor(private readonly repository: AuditRepository) {}

  async list(query: InputOf<typeof endpoints.auth.listAudit>['query']): Promise<Page<AuditEntry>> {
    const { cursor, limit, actor, action, target } = query;
    const below = cursor === undefined ? undefined : BigInt(decodeCursor(int64Text, cursor));
    const rows = await this.repository.list({ actor, action, target, below, take: limit + 1 });
    return toPage(rows, limit, toEntry, (row) => row.id.toString());
  }
}

function toEntry(row: AuditRow): AuditEntry {
  return auditEntry.parse({ ...row, id: row.id.toString(), at: row.at.toISOString() });
}
