import { AppError, apiPrefix, type Endpoint } from '@countroom/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { asAppError } from '../http/problem.mapper.js';
import { requestContext } from '../http/request-context.js';
import { AuditRepository } from './audit.repository.js';
import { plainWithoutSecrets } from './audit-value.js';

type Outcome = 'done' | 'refused' | 'failed';

/** Writes the audit line of the request being answered. */
@Injectable()
export class AuditRecorder {
  private readonly log = new Logger('audit');

  constructor(private readonly repository: AuditRepository) {}

  done(path: string, body: unknown): Promise<void> {
    return this.record('done', path, body);
  }

  /** A refusal or a failure. What nobody known asked for is not kept: it would let strangers fill the disk. */
  async failed(error: unknown, path: string, body?: unknown): Promise<void> {
    const { principal, audit } = requestContext();
    const reason = asAppError(error);
    if (principal === null && audit.actor === undefined) return;
    if (reason?.code === 'auth.too-many-attempts') return;
    const outcome = reason === undefined || isOurFault(reason) ? 'failed' : 'refused';
    await this.record(outcome, path, body);
  }

  private async record(outcome: Outcome, path: string, body: unknown): Promise<void> {
    const { endpoint, principal, audit, address, traceId } = requestContext();
    if (!isAudited(endpoint)) return;
    const entry = {
      actor: audit.actor ?? principal?.name ?? 'nobody',
      action: endpoint.id,
      target: (audit.target ?? path.replace(apiPrefix, '')).slice(0, 500),
      before: plainWithoutSecrets(audit.before),
      after: plainWithoutSecrets(audit.after ?? body),
      outcome,
      address,
      traceId,
    };
    try {
      await this.repository.add(entry);
    } catch (error) {
      // The call has had its effect; the line is kept in the log instead.
      this.log.error('an audit entry could not be stored', { entry, reason: String(error) });
    }
  }
}

export function isAudited(endpoint: Endpoint | undefined): endpoint is Endpoint {
  return endpoint !== undefined && endpoint.method !== 'GET' && endpoint.readOnly !== true;
}

function isOurFault({ code }: AppError): boolean {
  return code === 'internal' || code.endsWith('.unavailable') || code.endsWith('.failed')
    ? code !== 'auth.failed'
    : false;
}
