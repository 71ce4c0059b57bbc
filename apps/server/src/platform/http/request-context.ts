import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from '@countroom/contracts';
import type { NextFunction, Request, Response } from 'express';
import type { Principal } from '../auth/principal.js';

/** What a service tells of the change it makes; kept in the audit log. */
export interface AuditDraft {
  /** Who, when that is not the person logged in: the name given at a log-in. */
  actor: string | undefined;
  target: string | undefined;
  before: unknown;
  after: unknown;
}

/** All that belongs to one request, wherever in the call chain it is asked for. */
export interface RequestContext {
  readonly traceId: string;
  readonly address: string;
  /** True when the person reached us by https, also through a trusted proxy. */
  readonly secure: boolean;
  readonly headers: IncomingHttpHeaders;
  readonly audit: AuditDraft;
  readonly setCookie: (cookie: string) => void;
  endpoint: Endpoint | undefined;
  principal: Principal | null;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function openRequestContext(request: Request, response: Response, next: NextFunction): void {
  const traceId = randomBytes(12).toString('hex');
  response.setHeader('x-trace-id', traceId);
  const context: RequestContext = {
    traceId,
    address: request.ip ?? '',
    secure: request.secure,
    headers: request.headers,
    setCookie: (cookie) => response.appendHeader('set-cookie', cookie),
    audit: { actor: undefined, target: undefined, before: undefined, after: undefined },
    endpoint: undefined,
    principal: null,
  };
  storage.run(context, () => next());
}

/** Context of the request being answered; undefined in background work. */
export function findRequestContext(): RequestContext | undefined {
  return storage.getStore();
}

export function requestContext(): RequestContext {
  const context = storage.getStore();
  if (context === undefined) throw new Error('asked for the request outside of one');
  return context;
}
