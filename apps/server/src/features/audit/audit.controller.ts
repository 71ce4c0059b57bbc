import { type AuditEntry, endpoints, type InputOf } from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import type { Page } from '../../platform/http/cursor.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { AuditService } from './audit.service.js';

const { auth } = endpoints;

@Controller()
export class AuditController {
  constructor(private readonly service: AuditService) {}

  @Route(auth.listAudit)
  list(@Input() { query }: InputOf<typeof auth.listAudit>): Promise<Page<AuditEntry>> {
    return this.service.list(query);
  }
}
