import { type AuditDraft, findRequestContext } from './request-context.js';

/**
 * Tells the audit log what the call being answered changes: `before` and `after` are plain data without secrets.
 * Without a note the log keeps the path and the body. Outside of a request it does nothing.
 */
export function noteAudit(note: Partial<AuditDraft>): void {
  const context = findRequestContext();
  if (context !== undefined) Object.assign(context.audit, note);
}
